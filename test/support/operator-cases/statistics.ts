import { float, int, ints } from '../../../src/graph/attribute.ts';
import { integers } from '../reference/value.ts';
import type { CaseMaker, CaseMakers, Picker } from './case.ts';

/** Over some axes, named as the operator set wants it: as an attribute up to 17, as an input from 18 on. */
function reduce(opType: string, isPositive = false): CaseMaker {
  return (pick) => {
    const dims = pick.dims([1, 4], 3);
    const axes = pick.someAxes(dims.length).map((axis) => pick.signed(axis, dims.length));
    const kind = pick.of(['all', 'attribute', 'input']);
    const x = isPositive ? pick.between(dims, 0.3, 3) : pick.apart(dims);
    const isInput = kind === 'input' || (kind === 'attribute' && opType === 'ReduceSum');
    return {
      opType,
      inputs: isInput ? [x, integers(...axes)] : [x],
      attributes: {
        keepdims: int(pick.int(0, 1)),
        ...(kind === 'attribute' && !isInput ? { axes: ints(axes) } : {}),
      },
      opset: isInput ? 18 : 17,
    };
  };
}

function reduceNothing(opType: string): CaseMaker {
  return (pick) => ({
    opType,
    inputs: [pick.normal([2, 3])],
    attributes: { noop_with_empty_axes: int(1) },
    opset: 18,
  });
}

function arg(opType: string): CaseMaker {
  return (pick) => {
    const dims = pick.dims([1, 3]);
    const axis = int(pick.int(-dims.length, dims.length - 1));
    return { opType, inputs: [pick.apart(dims)], attributes: { axis, keepdims: int(pick.int(0, 1)) } };
  };
}

function alongAxis(opType: string): CaseMaker {
  return (pick) => {
    const dims = pick.dims([1, 4]);
    const axis = int(pick.int(-dims.length, dims.length - 1));
    return { opType, inputs: [pick.normal(dims)], attributes: pick.bool() ? { axis } : {} };
  };
}

const layerNormalization: CaseMaker = (pick) => {
  const dims = [...pick.dims([1, 2]), pick.int(2, 4), pick.int(2, 4)];
  const axis = pick.of([-1, -2, dims.length - 1, 1]);
  const inner = dims.slice(axis);
  return {
    opType: 'LayerNormalization',
    inputs: [pick.apart(dims, 0.5), pick.normal(inner), ...(pick.bool() ? [pick.normal(inner)] : [])],
    attributes: { axis: int(axis), ...(pick.bool() ? { epsilon: float(0.1) } : {}) },
    outputs: pick.of([1, 3]),
    differentiable: 1,
  };
};

function batchNormalization(isTraining: boolean): CaseMaker {
  return (pick) => {
    const channels = pick.int(1, 3);
    const vector = [channels];
    const dims = [pick.int(2, 3), channels, ...pick.dims([0, 2], 3)];
    return {
      opType: 'BatchNormalization',
      inputs: [
        pick.apart(dims, 0.5),
        pick.normal(vector),
        pick.normal(vector),
        pick.normal(vector),
        pick.between(vector, 0.5, 2),
      ],
      attributes: {
        epsilon: float(0.01),
        ...(isTraining ? { training_mode: int(1), momentum: float(0.8) } : {}),
      },
      stored: isTraining ? [] : [3, 4],
      outputs: isTraining ? 3 : 1,
      differentiable: 1,
    };
  };
}

const instanceNormalization: CaseMaker = (pick) => {
  const channels = pick.int(1, 3);
  return {
    opType: 'InstanceNormalization',
    inputs: [
      pick.apart([pick.int(1, 2), channels, ...pick.ints(pick.int(1, 2), 2, 3)], 0.5),
      pick.normal([channels]),
      pick.normal([channels]),
    ],
    attributes: pick.bool() ? { epsilon: float(0.1) } : {},
  };
};

const groupNormalization: CaseMaker = (pick) => {
  const groups = pick.int(1, 3);
  return {
    opType: 'GroupNormalization',
    inputs: [pick.apart([2, groups * 2, 2, 3], 0.5), pick.normal([groups]), pick.normal([groups])],
    attributes: { num_groups: int(groups) },
    opset: 18,
  };
};

const lpNormalization: CaseMaker = (pick) => {
  const dims = pick.dims([1, 3]);
  return {
    opType: 'LpNormalization',
    inputs: [pick.apart(dims)],
    attributes: { axis: int(pick.int(-dims.length, dims.length - 1)), p: int(pick.int(1, 2)) },
  };
};

const localResponse: CaseMaker = (pick) => ({
  opType: 'LRN',
  inputs: [pick.normal([2, pick.int(1, 5), 2, 2])],
  attributes: { size: int(pick.of([1, 3, 5])), alpha: float(0.5), beta: float(0.5), bias: float(2) },
});

const matMul: CaseMaker = (pick) => {
  const [rows, inner, columns] = [pick.int(1, 3), pick.int(1, 4), pick.int(1, 3)];
  const batch = pick.dims([0, 2], 3);
  const a = pick.of<readonly number[]>([
    [inner],
    [rows, inner],
    [...batch, rows, inner],
    [...pick.narrower(batch), rows, inner],
  ]);
  const b = pick.of<readonly number[]>([
    [inner],
    [inner, columns],
    [...batch, inner, columns],
    [...pick.narrower(batch), inner, columns],
  ]);
  return { opType: 'MatMul', inputs: [pick.normal(a), pick.normal(b)] };
};

const gemm: CaseMaker = (pick) => {
  const [rows, inner, columns] = [pick.int(1, 3), pick.int(1, 4), pick.int(1, 3)];
  const [isATurned, isBTurned] = [pick.bool(), pick.bool()];
  const c = pick.of<readonly number[] | null>([
    null,
    [],
    [columns],
    [1, columns],
    [rows, 1],
    [rows, columns],
  ]);
  return {
    opType: 'Gemm',
    inputs: [
      pick.normal(isATurned ? [inner, rows] : [rows, inner]),
      pick.normal(isBTurned ? [columns, inner] : [inner, columns]),
      ...(c === null ? [] : [pick.normal(c)]),
    ],
    attributes: {
      transA: int(isATurned ? 1 : 0),
      transB: int(isBTurned ? 1 : 0),
      ...(pick.bool() ? { alpha: float(0.5), beta: float(2) } : {}),
    },
  };
};

const cumSum: CaseMaker = (pick: Picker) => {
  const dims = pick.dims([1, 3]);
  const axis = integers(pick.int(-dims.length, dims.length - 1));
  return {
    opType: 'CumSum',
    inputs: [pick.normal(dims), { ...axis, dims: [] }],
    attributes: { exclusive: int(pick.int(0, 1)), reverse: int(pick.int(0, 1)) },
  };
};

export const statisticsCases: CaseMakers = {
  ReduceSum: reduce('ReduceSum'),
  ReduceSumOfNothing: reduceNothing('ReduceSum'),
  ReduceMean: reduce('ReduceMean'),
  ReduceMeanOfNothing: reduceNothing('ReduceMean'),
  ReduceMax: reduce('ReduceMax'),
  ReduceMin: reduce('ReduceMin'),
  ReduceL1: reduce('ReduceL1'),
  ReduceLogSum: reduce('ReduceLogSum', true),
  ReduceLogSumExp: reduce('ReduceLogSumExp'),
  ReduceL2: reduce('ReduceL2'),
  ReduceSumSquare: reduce('ReduceSumSquare'),
  ReduceProd: reduce('ReduceProd'),
  ArgMax: arg('ArgMax'),
  ArgMin: arg('ArgMin'),
  CumSum: cumSum,
  Softmax: alongAxis('Softmax'),
  LogSoftmax: alongAxis('LogSoftmax'),
  LayerNormalization: layerNormalization,
  FrozenBatchNormalization: batchNormalization(false),
  BatchNormalization: batchNormalization(true),
  InstanceNormalization: instanceNormalization,
  GroupNormalization: groupNormalization,
  LpNormalization: lpNormalization,
  LRN: localResponse,
  MatMul: matMul,
  Gemm: gemm,
};
