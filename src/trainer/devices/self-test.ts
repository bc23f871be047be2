import type { Clock } from '#base/clock.ts';
import type { DeviceId } from '#contract/training.ts';
import type { Parameter } from '#graph/training/parameter-vector.ts';
import { openOnnxRunner } from '../tune/step-runner.ts';
import { openRunner, operatorsOf } from './open-runner.ts';
import { makeProbe, type Probe } from './probe.ts';

const testSize = { side: 16, channels: 16, batch: 2 };
/** The larger one shows what a fast device can do, and would keep a slow one busy for minutes. */
export const speedSizes = [
  { side: 32, channels: 32, batch: 2 },
  { side: 32, channels: 32, batch: 32 },
];
/** A device with a slower step of one size is not asked for the next one. */
const slowMs = 200;
const measureMs = 1000;

/**
 * How far the gradients of a device are from the processor's, computed by other operators: the largest difference in a
 * parameter tensor relative to the largest number in it, of the worst tensor. Throws a ProblemError.
 */
export async function gradientErrorOf(device: DeviceId): Promise<number> {
  const { graph, feeds } = makeProbe(testSize, operatorsOf(device));
  const runner = await openRunner(device, graph);
  const found = (await runner.run(feeds)).gradient.data as Float32Array;
  await runner.close();
  // The other way to compute it: what holds for every provider, on the one that has been used the most.
  const reference = await openOnnxRunner(makeProbe(testSize, 'any').graph.step);
  const expected = (await reference.run(feeds)).gradient.data as Float32Array;
  await reference.close();
  return largestError(graph.parameters, expected, found);
}

/** Numbers that are not finite count as infinitely far away. */
export function largestError(
  parameters: readonly Parameter[],
  expected: Float32Array,
  found: Float32Array,
): number {
  const errors = parameters.map(({ offset, count }) => {
    let [difference, largest] = [0, 1e-12];
    for (let i = offset; i < offset + count; i++) {
      const [right, given] = [expected[i] ?? NaN, found[i] ?? NaN];
      difference = Math.max(difference, Number.isFinite(given) ? Math.abs(right - given) : Infinity);
      largest = Math.max(largest, Math.abs(right));
    }
    return difference / largest;
  });
  return Math.max(...errors);
}

/** Floating-point operations a second of a training step, in billions; takes about two seconds. */
export async function gflopsOf(device: DeviceId, clock: Clock): Promise<number> {
  let gflops = 0;
  for (const size of speedSizes) {
    const probe = makeProbe(size, operatorsOf(device));
    const stepMs = await stepMsOf(device, probe, clock);
    gflops = Math.max(gflops, probe.operations / stepMs / 1e6);
    if (stepMs > slowMs) break;
  }
  return gflops;
}

async function stepMsOf(device: DeviceId, { graph, feeds }: Probe, clock: Clock): Promise<number> {
  const runner = await openRunner(device, graph);
  // Programs are compiled in the first step.
  await runner.run(feeds);
  const startedAt = clock();
  let [steps, elapsedMs] = [0, 0];
  while (elapsedMs < measureMs) {
    await runner.run(feeds);
    steps++;
    elapsedMs = clock() - startedAt;
  }
  await runner.close();
  return elapsedMs / steps;
}
