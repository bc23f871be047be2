import { expect, test } from 'vitest';
import { problem } from '#base/problem.ts';
import { err, ok } from '#base/result.ts';
import type { DeviceId } from '#contract/training.ts';
import { Devices, type TryDevice } from './devices.ts';

const never = new AbortController().signal;

/** Devices with these speeds; one without cannot be used for the reason given. */
function machine(speeds: Partial<Record<DeviceId, number>>, code: 'crashed' | 'unsupported' = 'unsupported') {
  const tried: DeviceId[] = [];
  const trial: TryDevice = async ({ device }) => {
    tried.push(device);
    const gflops = speeds[device];
    if (gflops === undefined) return err(problem(code, device, 'Install the driver.'));
    return Promise.resolve(ok({ name: `A ${device}`, gflops, gradientError: 1e-6 }));
  };
  return { devices: new Devices(trial), tried };
}

test('each is tried once, and those that cannot be used say why', async () => {
  const { devices, tried } = machine({ cpu: 40 });
  const [cpu, webgpu] = await devices.list();
  expect(cpu).toEqual({ id: 'cpu', name: 'A cpu', reason: null, gflops: 40, gradientError: 1e-6 });
  const unusable = { gflops: null, gradientError: null };
  expect(webgpu).toEqual({ id: 'webgpu', name: 'WebGPU', reason: 'Install the driver.', ...unusable });
  await devices.list();
  await devices.best(never);
  expect(tried).toEqual(['cpu', 'webgpu', 'tensorflow']);
});

test('the fastest is the best', async () => {
  expect(await machine({ cpu: 40, webgpu: 900 }).devices.best(never)).toBe('webgpu');
  expect(await machine({ cpu: 40, webgpu: 0.2 }).devices.best(never)).toBe('cpu');
  expect(await machine({ cpu: 40 }).devices.best(never)).toBe('cpu');
});

test('a device that was chosen must be usable', async () => {
  const { devices, tried } = machine({ cpu: 40, webgpu: 900 });
  expect(await devices.choose('cpu', never)).toBe('cpu');
  expect(tried).toEqual([]);
  expect(await devices.choose('webgpu', never)).toBe('webgpu');
  expect(await devices.choose(null, never)).toBe('webgpu');
  await expect(devices.choose('tensorflow', never)).rejects.toThrow('Install the driver.');
});

test('a driver that takes its process down is not trusted', async () => {
  const [, webgpu] = await machine({ cpu: 40 }, 'crashed').devices.list();
  expect(webgpu?.reason).toBe('It failed while it was tried; update its driver.');
});

test('a training that is cancelled does not wait for the devices', async () => {
  const devices = new Devices(
    (_, { signal }) =>
      new Promise((resolve) => {
        const stop = (): void => resolve(err(problem('cancelled', 'try-device', 'It was cancelled.')));
        if (signal?.aborted) stop();
        signal?.addEventListener('abort', stop);
      }),
  );
  const cancelled = new AbortController();
  const best = devices.best(cancelled.signal);
  cancelled.abort();
  await expect(best).rejects.toThrow('cancelled');
  const ended = devices.list();
  await devices.close();
  expect((await ended).map(({ reason }) => reason)).toEqual(
    Array(3).fill(expect.stringContaining('did not answer')),
  );
});
