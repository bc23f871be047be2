import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { makeProbe } from './probe.ts';
import { gflopsOf, gradientErrorOf, largestError, speedSizes } from './self-test.ts';

test('the gradients of the processor agree with those by other operators', async () => {
  expect(await gradientErrorOf('cpu')).toBeLessThan(1e-5);
});

test('the worst tensor counts, relative to its own size', () => {
  const parameters = [
    { name: 'small', dims: [2], order: null, offset: 0, count: 2 },
    { name: 'large', dims: [2], order: null, offset: 2, count: 2 },
  ];
  const expected = Float32Array.of(0.01, -0.02, 100, 50);
  expect(largestError(parameters, expected, expected)).toBe(0);
  expect(largestError(parameters, expected, Float32Array.of(0.01, -0.015, 100, 51))).toBeCloseTo(0.25, 5);
  expect(largestError(parameters, expected, Float32Array.of(0.01, -0.02, 125, 50))).toBeCloseTo(0.25, 5);
  expect(largestError(parameters, expected, Float32Array.of(0.01, NaN, 100, 50))).toBe(Infinity);
});

test('speed: operations by the time of a step, of the larger size where steps are quick', async () => {
  for (const [stepMs, size] of [
    [600, speedSizes[0]],
    [100, speedSizes[1]],
  ] as const) {
    let now = 0;
    const gflops = await gflopsOf('cpu', () => (now += stepMs));
    expect(gflops).toBeCloseTo(makeProbe(must(size, 'a size'), 'cpu').operations / stepMs / 1e6, 6);
  }
});
