import { must } from '../../../src/base/assert.ts';
import type { Operator, Operators } from './call.ts';
import { countOf, read, readBroadcast, valueAt, withPosition, type Value } from './value.ts';

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

function variance(numbers: readonly number[]): number {
  const centre = mean(numbers);
  return mean(numbers.map((x) => (x - centre) ** 2));
}

/** A function of an element and the row along the axis that it stands in. */
function alongAxis(apply: (x: number, row: readonly number[]) => number): Operator {
  return (call) => {
    const value = call.input(0);
    const axis = call.axis(-1, value.dims.length);
    const positions = Array.from({ length: value.dims[axis] ?? 0 }, (_, i) => i);
    return [
      valueAt(value.type, value.dims, (index) =>
        apply(
          read(value, index),
          positions.map((position) => read(value, withPosition(index, axis, position))),
        ),
      ),
    ];
  };
}

function logSumExp(row: readonly number[]): number {
  const top = Math.max(...row);
  return top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0));
}

/** Over all axes from `axis` on: (x − mean) / √(variance + ε) · scale + bias; then mean and inverse deviation. */
const layerNormalization: Operator = (call) => {
  const [x, scale, bias] = [call.input(0), call.input(1), call.optional(2)];
  const axis = call.axis(-1, x.dims.length);
  const length = countOf(x.dims.slice(axis));
  const rows = Array.from({ length: x.data.length / length }, (_, row) => [
    ...x.data.subarray(row * length, (row + 1) * length),
  ]);
  const means = rows.map(mean);
  const inverses = rows.map((row) => 1 / Math.sqrt(variance(row) + call.float('epsilon', 1e-5)));
  let at = 0;
  const y = valueAt(x.type, x.dims, (index) => {
    const row = Math.floor(at / length);
    const normal = (must(x.data[at++], 'an element') - (means[row] ?? NaN)) * (inverses[row] ?? NaN);
    return normal * readBroadcast(scale, index) + (bias === null ? 0 : readBroadcast(bias, index));
  });
  const dims = x.dims.map((size, i) => (i < axis ? size : 1));
  return [y, ...[means, inverses].map((data) => ({ type: x.type, dims, data: Float64Array.from(data) }))];
};

/** Per channel, with given statistics or, in training mode, with those of the batch (which then enter the given ones). */
const batchNormalization: Operator = (call) => {
  const [x, scale, bias] = [call.input(0), call.input(1), call.input(2)];
  const given = [call.input(3), call.input(4)];
  const isTraining = call.int('training_mode', 0) === 1;
  const used = isTraining ? [channelwise(x, mean), channelwise(x, variance)] : given;
  const [centres, variances] = used.map(({ data }) => data);
  const epsilon = call.float('epsilon', 1e-5);
  const y = valueAt(x.type, x.dims, (index) => {
    const channel = index[1] ?? 0;
    const deviation = Math.sqrt((variances?.[channel] ?? NaN) + epsilon);
    const normal = (read(x, index) - (centres?.[channel] ?? NaN)) / deviation;
    return normal * (scale.data[channel] ?? NaN) + (bias.data[channel] ?? NaN);
  });
  const momentum = call.float('momentum', 0.9);
  const running = given.map((old, which) => ({
    ...old,
    data: old.data.map((x, channel) => x * momentum + (used[which]?.data[channel] ?? NaN) * (1 - momentum)),
  }));
  return isTraining ? [y, ...running] : [y];
};

function channelwise({ dims, data }: Value, statistic: (numbers: readonly number[]) => number): Value {
  const [, channels = 0, ...sizes] = dims;
  const area = countOf(sizes);
  const statistics = Array.from({ length: channels }, (_, channel) =>
    statistic([...data].filter((_x, at) => Math.floor(at / area) % channels === channel)),
  );
  return { type: 'float32', dims: [channels], data: Float64Array.from(statistics) };
}

export const normalizations: Operators = {
  Softmax: alongAxis((x, row) => Math.exp(x - logSumExp(row))),
  LogSoftmax: alongAxis((x, row) => x - logSumExp(row)),
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
};
