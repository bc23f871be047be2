import { problem, ProblemError, type Problem } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import type { Device } from '#contract/model.ts';
import type { DeviceTrial } from '#contract/trainer.ts';
import { deviceIds, type DeviceId } from '#contract/training.ts';
import { tryDevice, type TrainerOptions } from './trainer-host.ts';

const limitMinutes = 2;

/** What each is called before it has said its own name. */
const names: Readonly<Record<DeviceId, string>> = {
  cpu: 'Processor',
  webgpu: 'WebGPU',
  tensorflow: 'TensorFlow.js',
};

export type TryDevice = (
  job: { readonly device: DeviceId },
  options: TrainerOptions,
) => Promise<Result<DeviceTrial>>;

/** The devices of this machine that networks can be trained on: tried once, in processes of their own. */
export class Devices {
  readonly #try: TryDevice;
  readonly #closing = new AbortController();
  #tried: Promise<Device[]> | null = null;

  constructor(trial: TryDevice = tryDevice) {
    this.#try = trial;
  }

  /** All of them; the first call takes some seconds. */
  list(): Promise<Device[]> {
    this.#tried ??= this.#tryAll();
    return this.#tried;
  }

  /**
   * The one that was chosen, or the fastest that can be used. Throws a ProblemError when the one that was chosen can't
   * be used, or when the signal comes first.
   */
  async choose(chosen: DeviceId | null, signal: AbortSignal): Promise<DeviceId> {
    if (chosen === null) return this.best(signal);
    if (chosen === 'cpu') return chosen;
    const devices = await unlessAborted(this.list(), signal);
    const reason = devices.find(({ id }) => id === chosen)?.reason ?? null;
    if (reason !== null) throw new ProblemError(problem('unsupported', chosen, reason));
    return chosen;
  }

  /** The fastest that can be used. Throws a ProblemError when the signal comes first. */
  async best(signal: AbortSignal): Promise<DeviceId> {
    const devices = await unlessAborted(this.list(), signal);
    const usable = devices.filter(({ reason }) => reason === null);
    const [first] = usable.toSorted((a, b) => (b.gflops ?? 0) - (a.gflops ?? 0));
    return first?.id ?? 'cpu';
  }

  /** Ends what is being tried. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#tried;
  }

  /** One after another, for they would slow each other down. */
  async #tryAll(): Promise<Device[]> {
    const devices: Device[] = [];
    for (const id of deviceIds) devices.push(await this.#tryOne(id));
    return devices;
  }

  async #tryOne(id: DeviceId): Promise<Device> {
    const limit = AbortSignal.timeout(limitMinutes * 60_000);
    const signal = AbortSignal.any([limit, this.#closing.signal]);
    const trial = await this.#try({ device: id }, { signal });
    if (trial.ok) return { id, reason: null, ...trial.value };
    return { id, name: names[id], reason: reasonOf(trial.error), gflops: null, gradientError: null };
  }
}

function reasonOf({ code, reason }: Problem): string {
  if (code === 'cancelled') return `It did not answer within ${limitMinutes} minutes; update its driver.`;
  if (code === 'crashed') return 'It failed while it was tried; update its driver.';
  return reason;
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new ProblemError(problem('cancelled', 'devices', 'It was cancelled.')));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
