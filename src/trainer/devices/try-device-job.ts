import type { Clock } from '#base/clock.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { DeviceId } from '#contract/training.ts';
import type { JobContext, JobOf } from '../job-context.ts';
import { tensorFlowName } from '../tensorflow/open-tensorflow.ts';
import { adapterName, processorName } from './adapter-name.ts';
import { gflopsOf, gradientErrorOf } from './self-test.ts';

/** As far as sums in another order go, with room. */
const toleratedError = 1e-3;

/** Trains a few steps on a device: whether its gradients are right, then how fast it is. Throws a ProblemError. */
export async function tryDeviceJob(
  { device }: JobOf<'try-device'>,
  context: Pick<JobContext, 'send'>,
  { clock }: { readonly clock: Clock },
): Promise<void> {
  const gradientError = await gradientErrorOf(device);
  if (!(gradientError <= toleratedError)) throw wrongGradients(device, gradientError);
  const gflops = await gflopsOf(device, clock);
  context.send({ type: 'device', trial: { name: await nameOf(device), gflops, gradientError } });
}

function wrongGradients(device: DeviceId, error: number): ProblemError {
  const share = Number.isFinite(error) ? `${(100 * error).toPrecision(2)} %` : 'everything';
  const reason = `Its gradients are wrong by ${share}, so that it would learn wrongly; update its driver.`;
  return new ProblemError(problem('unsupported', device, reason));
}

async function nameOf(device: DeviceId): Promise<string> {
  switch (device) {
    case 'cpu':
      return processorName();
    case 'webgpu':
      return adapterName();
    case 'tensorflow':
      return tensorFlowName();
  }
}
