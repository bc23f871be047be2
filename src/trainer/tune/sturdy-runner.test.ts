import { expect, test } from 'vitest';
import { problem, ProblemError } from '#base/problem.ts';
import { makeProbe, type Probe } from '../devices/probe.ts';
import { largestError } from '../devices/self-test.ts';
import { OutOfMemoryError } from '../session.ts';
import { openOnnxRunner, type LossAndGradient, type StepRunner } from './step-runner.ts';
import { SturdyRunner, type Place, type SturdyOptions } from './sturdy-runner.ts';

const batch = 8;

function probeOf(units: number): Probe {
  return makeProbe({ side: 16, channels: 16, batch: units }, 'cpu');
}

const whole = probeOf(batch);

/** Runs on the processor, whatever the device is called; where `fail` throws, it fails. */
async function openFailing({ units }: Place, fail: () => void): Promise<StepRunner> {
  const runner = await openOnnxRunner(probeOf(units).graph.step);
  return {
    run: async (feeds) => {
      const found = await runner.run(feeds);
      fail();
      return found;
    },
    close: () => runner.close(),
  };
}

function sturdy(options: Pick<SturdyOptions, 'open'> & Partial<SturdyOptions>) {
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const place = { device: 'cpu', units: batch } as const;
  return { notes, runner: new SturdyRunner({ place, note, clock: () => performance.now(), ...options }) };
}

async function expected(): Promise<LossAndGradient> {
  const runner = await openOnnxRunner(whole.graph.step);
  const found = await runner.run(whole.feeds);
  await runner.close();
  return found;
}

function expectSame(found: LossAndGradient, right: LossAndGradient): void {
  expect(found.loss).toBeCloseTo(right.loss, 5);
  const [a, b] = [right.gradient.data as Float32Array, found.gradient.data as Float32Array];
  expect(largestError(whole.graph.parameters, a, b)).toBeLessThan(1e-4);
}

test.each([7, 4, 3, 1])('memory for %i images at once is enough for the same gradient', async (most) => {
  const tried: number[] = [];
  const { runner, notes } = sturdy({
    open: (place) => {
      tried.push(place.units);
      return openFailing(place, () => {
        if (place.units > most) throw new OutOfMemoryError('test');
      });
    },
  });
  const right = await expected();
  expectSame(await runner.run(whole.feeds), right);
  expectSame(await runner.run(whole.feeds), right);
  expect(tried).toEqual([8, 4, 2, 1].filter((units) => units * 2 > most));
  expect(notes).toEqual([expect.stringContaining(`${tried.at(-1)} at a time`)]);
  await runner.close();
});

test('a batch that does not fall into equal parts is filled up with nothing', async () => {
  const odd = probeOf(5);
  const { runner } = sturdy({
    place: { device: 'cpu', units: 5 },
    open: (place) => {
      if (place.units > 3) throw new OutOfMemoryError('test');
      return openOnnxRunner(probeOf(place.units).graph.step);
    },
  });
  const reference = await openOnnxRunner(odd.graph.step);
  expectSame(await runner.run(odd.feeds), await reference.run(odd.feeds));
  expect(runner.place.units).toBe(3);
});

test('no memory for a single image is a problem in words', async () => {
  const { runner, notes } = sturdy({
    open: () => Promise.reject(new OutOfMemoryError('test')),
  });
  await expect(runner.run(whole.feeds)).rejects.toMatchObject({
    problem: { code: 'crashed', reason: expect.stringContaining('single image') as string },
  });
  expect(notes).toEqual([]);
});

test('a device that is lost on the way hands over to the processor', async () => {
  let steps = 0;
  const { runner, notes } = sturdy({
    place: { device: 'webgpu', units: batch },
    open: (place) =>
      openFailing(place, () => {
        if (place.device === 'webgpu' && ++steps > 2)
          throw new ProblemError(problem('bad-input', 'training', 'The device was lost.'));
      }),
  });
  const right = await expected();
  for (let step = 0; step < 4; step++) expectSame(await runner.run(whole.feeds), right);
  expect(runner.place).toEqual({ device: 'cpu', units: batch });
  expect(notes).toEqual([expect.stringContaining('webgpu failed')]);
});

test('what the processor cannot do is thrown', async () => {
  const failure = new ProblemError(problem('unsupported', 'training', 'It cannot be done.'));
  const { runner } = sturdy({ open: () => Promise.reject(failure) });
  await expect(runner.run(whole.feeds)).rejects.toBe(failure);
});

test('a step that does not end is a problem, on every device', async () => {
  const { runner } = sturdy({
    place: { device: 'webgpu', units: batch },
    open: () => Promise.resolve({ run: () => new Promise<never>(() => {}), close: () => Promise.resolve() }),
    limit: () => 50,
  });
  await expect(runner.run(whole.feeds)).rejects.toThrow('did not end');
});
