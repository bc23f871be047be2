import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import type { OptimizerSpec } from '#graph/training/optimizer-graph.ts';
import { Updater, type TrainingState } from './updater.ts';

// More than one stretch.
const size = 140_000;
const [clipNorm, averageDecay] = [300, 0.9];
const adamw: OptimizerSpec = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function numbers(seed: number): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  return Float32Array.from({ length: size }, () => random.normal());
}

/** A number of every vector, in 64 bits. */
type Numbers = Record<'parameters' | 'average' | 'mean' | 'square' | 'velocity', number>;

interface Given {
  readonly gradient: number;
  readonly rate: number;
  readonly decay: number;
  readonly time: number;
}

/** AdamW as published: Loshchilov & Hutter 2019, algorithm 2. */
function adamwOf(now: Numbers, { gradient, rate, decay, time }: Given): Numbers {
  const mean = 0.9 * now.mean + 0.1 * gradient;
  const square = 0.999 * now.square + 0.001 * gradient ** 2;
  const direction = mean / (1 - 0.9 ** time) / (Math.sqrt(square / (1 - 0.999 ** time)) + 1e-8);
  const parameters = now.parameters - rate * (direction + decay * now.parameters);
  return { ...now, parameters, mean, square, average: averaged(now.average, parameters) };
}

function sgdOf(now: Numbers, { gradient, rate, decay }: Given): Numbers {
  const velocity = 0.9 * now.velocity + gradient;
  const parameters = now.parameters - rate * (velocity + decay * now.parameters);
  return { ...now, parameters, velocity, average: averaged(now.average, parameters) };
}

function averaged(average: number, parameters: number): number {
  return averageDecay * average + (1 - averageDecay) * parameters;
}

test.each([
  ['adamw', adamw, adamwOf],
  ['sgd', { kind: 'sgd', momentum: 0.9 } as const, sgdOf],
])('%s does what is published to every number, and clips what is too long', async (_, optimizer, step) => {
  const [rates, decays] = [numbers(2).map(Math.abs), numbers(3).map(Math.abs)];
  const updater = await Updater.open({ optimizer, rates, decays, clipNorm, averageDecay });
  const begin = numbers(1);
  let state: TrainingState = updater.begin(begin.slice());
  const expected: Numbers[] = Array.from(begin, (value) => ({
    ...{ parameters: value, average: value, mean: 0, square: 0, velocity: 0 },
  }));
  for (let count = 0; count < 3; count++) {
    const gradient = numbers(4 + count);
    const length = lengthOf(gradient);
    const { next, norm } = await updater.apply(state, gradient, { rate: 0.01, count });
    expect(norm / length).toBeCloseTo(1, 5);
    expect(length).toBeGreaterThan(clipNorm);
    state = next;
    for (const [i, now] of expected.entries()) {
      expected[i] = step(now, {
        gradient: (must(gradient[i], 'a number') * clipNorm) / length,
        rate: 0.01 * must(rates[i], 'a rate'),
        ...{ decay: must(decays[i], 'a decay'), time: count + 1 },
      });
    }
  }
  await updater.close();
  for (const [name, values] of Object.entries(state)) {
    const furthest = values.reduce((most, value, i) => {
      const wanted = must(expected[i], 'a number')[name as keyof Numbers];
      return Math.max(most, Math.abs(value - wanted) / (1 + Math.abs(wanted)));
    }, 0);
    expect(furthest, name).toBeLessThan(1e-5);
  }
});

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}
