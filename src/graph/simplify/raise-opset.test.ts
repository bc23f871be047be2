import { describe, expect, test } from 'vitest';
import { float, floats, int, ints, string } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { opsetOf, type Attribute, type Model, type Node } from '../model.ts';
import { float32Tensor, int64Vector, readFloat32, readIntegers, type Tensor } from '../tensor.ts';
import { raiseOpset } from './raise-opset.ts';

type Attributes = Readonly<Record<string, Attribute>>;

interface OldForm {
  readonly opset: number;
  readonly opType: string;
  readonly attributes?: Attributes;
  readonly stored?: readonly Tensor[];
  readonly outputs?: number;
}

function oldModel({ opset, opType, attributes = {}, stored = [], outputs = 1 }: OldForm): Model {
  // Nodes are put in unseen: the builder follows today's forms only.
  const builder = new ModelBuilder('old', opset);
  const x = builder.input('x', 'float32', ['N', 4, 6, 6]);
  const inputs = [x, ...stored.map((tensor) => builder.constant(tensor))];
  const relu = builder.node('Relu', [x]);
  const model = builder.output('y', relu, { type: 'float32', dims: ['N', 4, 6, 6] }).build();
  const node: Node = {
    ...model.graph.nodes[0]!,
    opType,
    inputs,
    outputs: ['y', 'second', 'third'].slice(0, outputs),
    attributes: new Map(Object.entries(attributes)),
  };
  return { ...model, graph: { ...model.graph, nodes: [node] } };
}

/** A node with the numbers of its stored inputs, and the names of the attributes left. */
function described(model: Model): unknown {
  return model.graph.nodes.map((node) => [
    node.opType,
    node.inputs.map((name) => numbers(model.graph.initializers.get(name)) ?? name),
    [...node.attributes.keys()],
  ]);
}

function numbers(tensor: Tensor | undefined): readonly number[] | undefined {
  if (tensor === undefined) return undefined;
  return tensor.type === 'float32' ? [...readFloat32(tensor)] : readIntegers(tensor).map(Number);
}

describe('attributes become inputs', () => {
  test.each<[string, OldForm, unknown]>([
    [
      'ReduceMean',
      { opset: 17, opType: 'ReduceMean', attributes: { axes: ints([2, 3]), keepdims: int(0) } },
      [['x', [2, 3]], ['keepdims']],
    ],
    ['ReduceSum', { opset: 11, opType: 'ReduceSum', attributes: { axes: ints([1]) } }, [['x', [1]], []]],
    ['Squeeze', { opset: 11, opType: 'Squeeze', attributes: { axes: ints([2]) } }, [['x', [2]], []]],
    ['Unsqueeze', { opset: 12, opType: 'Unsqueeze', attributes: { axes: ints([0]) } }, [['x', [0]], []]],
    [
      'Slice',
      { opset: 9, opType: 'Slice', attributes: { starts: ints([1]), ends: ints([3]), axes: ints([1]) } },
      [['x', [1], [3], [1]], []],
    ],
    [
      'Slice without axes',
      { opset: 9, opType: 'Slice', attributes: { starts: ints([0]), ends: ints([1]) } },
      [['x', [0], [1]], []],
    ],
    [
      'Pad',
      {
        opset: 10,
        opType: 'Pad',
        attributes: { pads: ints([0, 0, 1, 1, 0, 0, 1, 1]), value: float(0.5), mode: string('constant') },
      },
      [['x', [0, 0, 1, 1, 0, 0, 1, 1], [0.5]], ['mode']],
    ],
    [
      'Clip',
      { opset: 10, opType: 'Clip', attributes: { min: float(0), max: float(6) } },
      [['x', [0], [6]], []],
    ],
    ['Clip from above', { opset: 10, opType: 'Clip', attributes: { max: float(6) } }, [['x', '', [6]], []]],
    ['Dropout', { opset: 9, opType: 'Dropout', attributes: { ratio: float(0.5) } }, [['x', [0.5]], []]],
    [
      'Split',
      { opset: 11, opType: 'Split', attributes: { split: ints([1, 3]), axis: int(1) }, outputs: 2 },
      [['x', [1, 3]], ['axis']],
    ],
    [
      'Split into equal parts',
      { opset: 13, opType: 'Split', attributes: { axis: int(1) }, outputs: 2 },
      [['x'], ['axis', 'num_outputs']],
    ],
    ['TopK', { opset: 9, opType: 'TopK', attributes: { k: int(2) }, outputs: 2 }, [['x', [2]], []]],
    [
      'a far end',
      { opset: 9, opType: 'Slice', attributes: { starts: ints([1]), ends: ints([2n ** 63n - 1n]) } },
      [['x', [1], [2 ** 63]], []],
    ],
  ])('%s', (_, form, expected) => {
    const raised = raiseOpset(oldModel(form));
    expect(described(raised)).toEqual([[form.opType, ...(expected as unknown[])]]);
    expect(opsetOf(raised)).toBe(18);
  });
});

describe('resampling', () => {
  const scales = [1, 1, 2, 2];
  const attributes = { scales: floats(scales), mode: string('nearest') };
  const corner = ['mode', 'coordinate_transformation_mode', 'nearest_mode'];

  test.each<[string, OldForm]>([
    ['Upsample 7', { opset: 7, opType: 'Upsample', attributes }],
    [
      'Upsample 9',
      {
        opset: 9,
        opType: 'Upsample',
        attributes: { mode: string('nearest') },
        stored: [float32Tensor([4], scales)],
      },
    ],
    [
      'Resize 10',
      {
        opset: 10,
        opType: 'Resize',
        attributes: { mode: string('nearest') },
        stored: [float32Tensor([4], scales)],
      },
    ],
  ])('%s', (_, form) => {
    expect(described(raiseOpset(oldModel(form)))).toEqual([['Resize', ['x', '', scales], corner]]);
  });

  test('empty tensors are left away', () => {
    const empty = float32Tensor([0], []);
    const form = { opset: 11, opType: 'Resize', stored: [empty, empty, int64Vector(1, 4, 9, 9)] };
    expect(described(raiseOpset(oldModel(form)))).toEqual([['Resize', ['x', '', '', [1, 4, 9, 9]], []]]);
  });
});

describe('softmax', () => {
  test('over the last axis stays one', () => {
    const found = raiseOpset(oldModel({ opset: 12, opType: 'Softmax', attributes: { axis: int(3) } }));
    expect(found.graph.nodes.map(({ opType, attributes }) => [opType, attributes.get('axis')])).toEqual([
      ['Softmax', int(-1)],
    ]);
  });

  test('over several axes runs on a matrix', () => {
    const found = raiseOpset(oldModel({ opset: 12, opType: 'LogSoftmax', attributes: { axis: int(1) } }));
    expect(found.graph.nodes.map(({ opType }) => opType)).toEqual([
      'Shape',
      'Flatten',
      'LogSoftmax',
      'Reshape',
    ]);
    expect(found.graph.nodes.at(-1)?.outputs).toEqual(['y']);
  });
});

test('outputs that only training fills go', () => {
  const stored = Array.from({ length: 4 }, () => float32Tensor([4], [1, 1, 1, 1]));
  const found = raiseOpset(oldModel({ opset: 9, opType: 'BatchNormalization', stored, outputs: 3 }));
  expect(found.graph.nodes[0]?.outputs).toEqual(['y']);
});

describe('refused, with the name of the operator', () => {
  const graph = {
    name: '',
    nodes: [],
    initializers: new Map(),
    inputs: [],
    outputs: [],
    values: [],
    rest: [],
  };
  test.each<[string, OldForm]>([
    [
      'a spatial BatchNormalization',
      { opset: 7, opType: 'BatchNormalization', attributes: { spatial: int(0) } },
    ],
    ['a branch', { opset: 11, opType: 'If', attributes: { then_branch: { kind: 'graph', value: graph } } }],
    ['a Resize to less', { opset: 10, opType: 'Resize', stored: [float32Tensor([4], [1, 1, 0.5, 0.5])] }],
    [
      'a Resize that is gone',
      {
        opset: 11,
        opType: 'Resize',
        attributes: { coordinate_transformation_mode: string('tf_half_pixel_for_nn') },
      },
    ],
  ])('%s', (_, form) => {
    expect(() => raiseOpset(oldModel(form))).toThrow(form.opType);
  });

  test('a model older than all of them', () => {
    expect(() => raiseOpset(oldModel({ opset: 6, opType: 'Relu' }))).toThrow('version 6');
  });
});

test('newer models stay', () => {
  const model = oldModel({ opset: 20, opType: 'Relu' });
  expect(raiseOpset(model)).toBe(model);
});
