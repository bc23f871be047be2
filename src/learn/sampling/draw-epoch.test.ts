import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { drawEpoch, epochLength } from './draw-epoch.ts';
import { countClasses, epochWeights, hardWeights, type ClassSampling } from './epoch-weights.ts';

// 40, 10 and 4 units of three classes, and 2 of none, mixed.
const labels = Int32Array.from({ length: 56 }, (_, unit) =>
  unit % 14 === 0 ? (unit < 28 ? -1 : 2) : unit % 14 === 1 ? 2 : unit % 5 === 0 ? 1 : 0,
);
const counts = countClasses(labels);
const [large, middle, small] = [counts.get(0)!, counts.get(1)!, counts.get(2)!];

function sizes(epoch: Int32Array): number[] {
  const drawn = countClasses(epoch.map((unit) => labels[unit]!));
  return [0, 1, 2].map((label) => drawn.get(label) ?? 0);
}

test.each<[ClassSampling, number[]]>([
  ['natural', [large, middle, small]],
  ['over', [large, large, large]],
  ['under', [small, small, small]],
])('%s sampling holds as many of each class', (sampling, expected) => {
  const weights = epochWeights(sampling, labels);
  for (let seed = 0; seed < 20; seed++) {
    const epoch = drawEpoch(labels, weights, seededRandom(seed));
    expect(sizes(epoch)).toEqual(expected);
    expect(epoch.length).toBe(epochLength(weights));
    // Those without a class are there once.
    expect([...epoch].filter((unit) => labels[unit] === -1).sort((a, b) => a - b)).toEqual([0, 14]);
  }
});

test('balanced sampling holds every class as often, in as many units as there are', () => {
  const weights = epochWeights('balanced', labels);
  const epoch = drawEpoch(labels, weights, seededRandom(1));
  expect(epoch.length).toBe(labels.length);
  for (const size of sizes(epoch)) expect(Math.abs(size - (large + middle + small) / 3)).toBeLessThan(1);
});

test('a unit is drawn as often as its weight says, within one, and exactly in the long run', () => {
  // They sum to 64.
  const weights = Float64Array.from(labels, (_, unit) => (unit % 7) * 0.375 + (unit % 7 === 0 ? 0.125 : 0));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(64);
  const sums = new Float64Array(labels.length);
  const epochs = 4000;
  for (let seed = 0; seed < epochs; seed++) {
    const times = new Float64Array(labels.length);
    for (const unit of drawEpoch(labels, weights, seededRandom(seed))) times[unit] = times[unit]! + 1;
    expect(weights.every((weight, unit) => Math.abs(times[unit]! - weight) < 1)).toBe(true);
    for (const unit of labels.keys()) sums[unit] = sums[unit]! + times[unit]! / epochs;
  }
  for (const [unit, weight] of weights.entries()) expect(Math.abs(sums[unit]! - weight)).toBeLessThan(0.05);
});

test('an epoch repeats under its seed, another one is another draw', () => {
  const weights = epochWeights('under', labels);
  const draw = (seed: number): number[] => [...drawEpoch(labels, weights, seededRandom(seed))];
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
});

test('what was got wrong comes more often, what was right still comes', () => {
  const weights = hardWeights([0, 1, 3, Number.NaN]);
  expect([...weights]).toEqual([0.5, 0.5 + 0.375, 0.5 + 1.125, 1]);
  expect(epochLength(weights)).toBe(4);
  expect([...hardWeights([0, 0])]).toEqual([1, 1]);
});
