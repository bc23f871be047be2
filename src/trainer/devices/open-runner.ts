import { ProblemError } from '#base/problem.ts';
import type { DeviceId } from '#contract/training.ts';
import { blockDepthwise } from '#graph/blocked/block-depthwise.ts';
import type { Device } from '#graph/gradients/ops.ts';
import type { Model } from '#graph/model.ts';
import type { TrainingGraph } from '#graph/training/training-graph.ts';
import { channelBlock } from '../channel-block.ts';
import { openOnnxRunner, type StepRunner } from '../tune/step-runner.ts';

/** Which operators the gradients for a device may be made of. */
export function operatorsOf(device: DeviceId): Device {
  return device === 'cpu' ? 'cpu' : 'any';
}

/** Loads a training graph, made of the device's operators, on that device; throws a ProblemError. */
export async function openRunner(device: DeviceId, { step }: TrainingGraph): Promise<StepRunner> {
  return device === 'cpu' ? openOnnxRunner(await inBlocks(step), 'cpu') : openOnnxRunner(step, 'webgpu');
}

/** Depthwise convolutions in the layout that this machine's processor wants, where it has one. */
async function inBlocks(step: Model): Promise<Model> {
  const block = await channelBlock();
  if (block === null) return step;
  const blocked = blockDepthwise(step, block);
  if (!blocked.ok) throw new ProblemError(blocked.error);
  return blocked.value;
}
