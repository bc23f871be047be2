import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { plainAlgebra } from '../plain-algebra.ts';
import { headSamples, type HeadSamples, type HeadSampling } from './head-samples.ts';
import { smote } from './smote.ts';

const { features, truth } = syntheticUnits({
  rows: 120,
  cols: 3,
  classCount: 3,
  noise: 0,
  seed: 4,
  spread: 2,
});
// Class 0 has half of the units, class 2 a few.
const labels = truth.map((label, row) => (row % 2 === 0 ? 0 : row % 17 === 0 ? 2 : label % 2));
const examples = { features, labels, classCount: 3 };
const masks = [0, 1, 2].map((left) => Uint8Array.from(labels, (_, row) => (row % 3 === left ? 0 : 1)));

function sample(sampling: HeadSampling): Promise<HeadSamples> {
  return headSamples(plainAlgebra(), examples, { sampling, masks, seed: 1 });
}

function classSizes({ examples: { labels: all } }: HeadSamples, weights: Float64Array): number[] {
  return [0, 1, 2].map((label) =>
    weights.reduce((sum, weight, row) => sum + (all[row] === label ? weight : 0), 0),
  );
}

test.each<HeadSampling>(['natural', 'balanced', 'over', 'under', 'hard', 'centroids', 'smote', 'ensemble'])(
  '%s: a head learns from nothing that is held back',
  async (sampling) => {
    const samples = await sample(sampling);
    expect(samples.weights).toHaveLength(3);
    for (const [head, members] of samples.weights.entries()) {
      expect(members).toHaveLength(sampling === 'ensemble' ? 10 : 1);
      for (const weights of members) {
        for (const row of labels.keys()) if (masks[head]![row] === 0) expect(weights[row]).toBe(0);
        expect(classSizes(samples, weights).every((size) => size > 0)).toBe(true);
      }
    }
  },
);

test('what is held back changes nothing for the head that is tested on it', async () => {
  const changed = { ...features, data: features.data.slice() };
  for (let row = 0; row < 120; row += 3) changed.data.fill(99, row * 3, row * 3 + 3);
  for (const sampling of ['hard', 'centroids'] as const) {
    const options = { sampling, masks: [masks[0]!], seed: 1 };
    const before = await headSamples(plainAlgebra(), examples, options);
    const after = await headSamples(plainAlgebra(), { ...examples, features: changed }, options);
    expect(after.weights).toEqual(before.weights);
  }
});

test.each<HeadSampling>(['over', 'smote', 'under', 'ensemble'])(
  '%s: classes count alike',
  async (sampling) => {
    const samples = await sample(sampling);
    for (const weights of samples.weights.flat()) {
      const [first, ...others] = classSizes(samples, weights);
      for (const size of others) expect(size).toBeCloseTo(first!, 9);
    }
  },
);

test('a synthetic unit counts only where both that it lies between may be learned from', async () => {
  const samples = await sample('smote');
  const { parents } = await smote(plainAlgebra(), examples, seededRandom(1));
  expect(parents.length / 2).toBeGreaterThan(20);
  for (const [head, [weights]] of samples.weights.entries()) {
    const counts = Array.from(weights!.subarray(labels.length), (weight) => weight > 0);
    const mask = masks[head]!;
    const expected = counts.map((_, at) => mask[parents[2 * at]!] === 1 && mask[parents[2 * at + 1]!] === 1);
    expect(counts).toEqual(expected);
    expect(new Set(counts)).toEqual(new Set([true, false]));
  }
});

test('the members of an ensemble see different units', async () => {
  const [members] = (await sample('ensemble')).weights;
  expect(members![0]).not.toEqual(members![1]);
});
