import { attributeOf } from '../attribute.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, InputGradients, Step } from './rule.ts';

/** Values less their mean, divided by their deviation. */
interface Normal {
  readonly unit: string;
  /** 1 / √(variance + ε). */
  readonly inverse: string;
  /** Over which mean and variance are taken. */
  readonly axes: readonly number[];
}

/** y = x̂ · scale + bias, x̂ being normalised over the last axes (Ba et al. 2016, Layer Normalization). */
export const layerNormalization: GradientRule = (step, ops) => {
  const { length: rank } = ops.dims(step.x(0));
  const first = step.axis(step.int('axis', -1), rank);
  const normal = normalised(
    step,
    ops,
    Array.from({ length: rank - first }, (_, i) => first + i),
  );
  const { unit } = normal;
  return [
    step.needs(0) ? throughNormal(ops, ops.mul(step.dy, step.x(1)), normal) : null,
    step.needs(1) ? ops.sumTo(ops.mul(step.dy, unit), ops.dims(step.x(1))) : null,
    step.needs(2) ? ops.sumTo(step.dy, ops.dims(step.x(2))) : null,
  ];
};

/** Per channel, with stored statistics or, in training mode, with those of the batch. */
export const batchNormalization: GradientRule = (step, ops) =>
  step.int('training_mode', 0) === 1 ? withBatchStatistics(step, ops) : withStoredStatistics(step, ops);

/** Ioffe & Szegedy 2015, Batch Normalization. Nothing comes back through the running statistics. */
function withBatchStatistics(step: Step, ops: Ops): InputGradients {
  return throughChannels(step, ops, allButChannels(step, ops));
}

/** Per channel of each image (Ulyanov et al. 2016, Instance Normalization). */
export const instanceNormalization: GradientRule = (step, ops) => {
  const [, , ...spatial] = ops.dims(step.x(0)).keys();
  return throughChannels(step, ops, spatial);
};

/** Normalised over these axes, then scaled and shifted per channel. */
function throughChannels(step: Step, ops: Ops, axes: readonly number[]): InputGradients {
  const normal = normalised(step, ops, axes);
  const slope = ops.mul(step.dy, perChannel(step, ops, step.x(1)));
  const others = allButChannels(step, ops);
  return [
    step.needs(0) ? throughNormal(ops, slope, normal) : null,
    step.needs(1) ? ops.sum(ops.mul(step.dy, normal.unit), others) : null,
    step.needs(2) ? ops.sum(step.dy, others) : null,
  ];
}

/** y = (x − mean) / √(variance + ε) · scale + bias, of which mean and variance are constants. */
function withStoredStatistics(step: Step, ops: Ops): InputGradients {
  if (step.needs(3) || step.needs(4)) step.fail('its stored statistics are no parameters');
  const inverse = ops.div(1, ops.node('Sqrt', [ops.add(step.x(4), epsilonOf(step))]));
  const slope = (): string => perChannel(step, ops, ops.mul(step.x(1), inverse));
  const centred = (): string => ops.sub(step.x(0), perChannel(step, ops, step.x(3)));
  const axes = allButChannels(step, ops);
  return [
    step.needs(0) ? ops.mul(step.dy, slope()) : null,
    step.needs(1) ? ops.mul(ops.sum(ops.mul(step.dy, centred()), axes), inverse) : null,
    step.needs(2) ? ops.sum(step.dy, axes) : null,
  ];
}

function normalised(step: Step, ops: Ops, axes: readonly number[]): Normal {
  const x = step.x(0);
  const centred = ops.sub(x, ops.mean(x, axes));
  const variance = ops.mean(ops.mul(centred, centred), axes);
  const inverse = ops.div(1, ops.node('Sqrt', [ops.add(variance, epsilonOf(step))]));
  return { unit: ops.mul(centred, inverse), inverse, axes };
}

/** dx = (g − mean g − x̂ · mean(g · x̂)) / deviation, where g is the gradient of x̂. */
function throughNormal(ops: Ops, slope: string, { unit, inverse, axes }: Normal): string {
  const centred = ops.sub(slope, ops.mean(slope, axes));
  const alongUnit = ops.mul(unit, ops.mean(ops.mul(slope, unit), axes));
  return ops.mul(ops.sub(centred, alongUnit), inverse);
}

function allButChannels(step: Step, ops: Ops): readonly number[] {
  return [...ops.dims(step.x(0)).keys()].filter((axis) => axis !== 1);
}

/** [C] as [C, 1, …], which broadcasts over an image. */
function perChannel(step: Step, ops: Ops, vector: string): string {
  const [, channels = 1, ...sizes] = ops.dims(step.x(0));
  return ops.reshape(vector, [channels, ...sizes.map(() => 1)]);
}

function epsilonOf(step: Step): number {
  return attributeOf(step.node, 'epsilon', 'float') ?? 1e-5;
}
