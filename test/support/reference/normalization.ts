import { must } from '../../../src/base/assert.ts';
import type { Call, Operator, Operators } from './call.ts';
import { countOf, read, readBroadcast, valueAt, withPosition, type Value } from './value.ts';

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

function variance(numbers: readonly number[]): number {
  const centre = mean(numbers);
  return mean(numbers.map((x) => (x - centre) ** 2));
}

/** A function of an element and the row along the axis that it stands in. */
function alongAxis(apply: (x: number, row: readonly number[], call: Call) => number): Operator {
  return (call) => {
    const value = call.input(0);
    const axis = call.axis(-1, value.dims.length);
    const positions = Array.from({ length: value.dims[axis] ?? 0 }, (_, i) => i);
    return [
      valueAt(value.type, value.dims, (index) =>
        apply(
          read(value, index),
          positions.map((position) => read(value, withPosition(index, axis, position))),
          call,
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

/** Each row of so many neighbours: (x − mean) / √(variance + ε). */
function normalRows(data: Float64Array, length: number, epsilon: number): Float64Array {
  const normal = data.slice();
  for (let start = 0; start < data.length; start += length) {
    const row = [...data.subarray(start, start + length)];
    const [centre, deviation] = [mean(row), Math.sqrt(variance(row) + epsilon)];
    normal.set(
      row.map((x) => (x - centre) / deviation),
      start,
    );
  }
  return normal;
}

/** Every channel (or group of channels) of every image by itself; scale and bias for each of them. */
function normalizationBy(countOfRows: (call: Call, channels: number) => number): Operator {
  return (call) => {
    const { type, dims, data } = call.input(0);
    const [batch = 0, channels = 0] = dims;
    const rows = countOfRows(call, channels);
    const normal = normalRows(data, data.length / batch / rows, call.float('epsilon', 1e-5));
    let at = 0;
    return [
      valueAt(type, dims, ([, channel = 0]) => {
        const row = Math.floor((channel * rows) / channels);
        return (normal[at++] ?? NaN) * (call.input(1).data[row] ?? NaN) + (call.input(2).data[row] ?? NaN);
      }),
    ];
  };
}

function lpNorm(x: number, row: readonly number[], call: Call): number {
  const p = call.int('p', 2);
  return x / row.reduce((sum, y) => sum + Math.abs(y) ** p, 0) ** (1 / p);
}

/** x / (bias + alpha / size · Σ of squares over `size` neighbouring channels)^beta. */
const localResponse: Operator = (call) => {
  const x = call.input(0);
  const [size, channels] = [call.int('size', 1), x.dims[1] ?? 0];
  const [before, after] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  return [
    valueAt(x.type, x.dims, (index) => {
      const channel = index[1] ?? 0;
      let squares = 0;
      for (let at = Math.max(0, channel - before); at <= Math.min(channels - 1, channel + after); at++) {
        squares += read(x, withPosition(index, 1, at)) ** 2;
      }
      const base = call.float('bias', 1) + (call.float('alpha', 1e-4) / size) * squares;
      return read(x, index) / base ** call.float('beta', 0.75);
    }),
  ];
};

export const normalizations: Operators = {
  InstanceNormalization: normalizationBy((_, channels) => channels),
  GroupNormalization: normalizationBy((call) => call.int('num_groups', 1)),
  LpNormalization: alongAxis(lpNorm),
  LRN: localResponse,
  Softmax: alongAxis((x, row) => Math.exp(x - logSumExp(row))),
  LogSoftmax: alongAxis((x, row) => x - logSumExp(row)),
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
};
