import { ProblemError } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import type { DeviceId } from '#contract/training.ts';
import { blockDepthwise } from '#graph/blocked/block-depthwise.ts';
import type { Device } from '#graph/gradients/ops.ts';
import type { Model } from '#graph/model.ts';
import type { TrainingGraph } from '#graph/training/training-graph.ts';
import { channelBlock } from '../channel-block.ts';
import { openTensorFlow } from '../tensorflow/open-tensorflow.ts';
import { openTensorFlowRunner } from '../tensorflow/tensorflow-runner.ts';
import { openOnnxRunner, type StepRunner } from '../tune/step-runner.ts';

/** Which operators the gradients for a device may be made of. */
export function operatorsOf(device: DeviceId): Device {
  return device === 'cpu' ? 'cpu' : 'any';
}

/** Loads a training graph, made of the device's operators, on that device; throws a ProblemError. */
export async function openRunner(device: DeviceId, graph: TrainingGraph): Promise<StepRunner> {
  switch (device) {
    case 'cpu':
      return openOnnxRunner(await inBlocks(graph.step), 'cpu');
    case 'webgpu':
      return openOnnxRunner(graph.step, 'webgpu');
    case 'tensorflow':
      return openTensorFlowRunner(unwrap(await openTensorFlow()), graph);
  }
}

/** Depthwise convolutions in the layout that this machine's processor wants, where it has one. */
async function inBlocks(step: Model): Promise<Model> {
  const block = await channelBlock();
  if (block === null) return step;
  return unwrap(blockDepthwise(step, block));
}

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}
