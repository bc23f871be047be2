import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { float, floats, int, ints, string } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import type { Attribute, Dimension, Model } from '#graph/model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { float32Tensor, int64Vector, type Tensor } from '#graph/tensor.ts';
import { relativeDifference, runOnNoise } from '../support/run-model.ts';

/** A node in the form of an older operator set. */
interface OldForm {
  readonly opset: number;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly stored?: readonly Tensor[];
  readonly outputs?: number;
  readonly dims?: readonly Dimension[];
}

/** The node between two Relus; what it makes is described by nothing, as it is to the runtime. */
function oldModel(
  opType: string,
  { opset, attributes = {}, stored = [], outputs = 1, dims = ['batch', 4, 6, 5] }: OldForm,
): Model {
  const builder = new ModelBuilder('old', opset);
  const x = builder.node('Neg', [builder.input('x', 'float32', dims)]);
  const inputs = [x, ...stored.map((tensor) => builder.constant(tensor))];
  builder.output('y', builder.node('Relu', [x]), { type: 'float32', dims });
  const { graph, ...model } = builder.build();
  const names = Array.from({ length: outputs }, (_, i) => `y${i}`);
  const [neg, relu] = graph.nodes;
  const node = {
    ...must(relu, 'a node'),
    opType,
    inputs,
    outputs: names,
    attributes: new Map(Object.entries(attributes)),
  };
  const described = names.map((name) => ({
    name,
    type: { kind: 'tensor', type: 'float32', dims: null } as const,
  }));
  return { ...model, graph: { ...graph, nodes: [must(neg, 'a node'), node], outputs: described } };
}

const nearest = { mode: string('nearest') };
const linear = { mode: string('linear') };
const noNumbers = float32Tensor([0], []);
const scales = (...values: readonly number[]): Tensor => float32Tensor([4], [1, 1, ...values]);
const channel = (...values: readonly number[]): Tensor => float32Tensor([4], values);

test.each<[string, string, OldForm]>([
  ['Softmax of a matrix', 'Softmax', { opset: 11, dims: ['batch', 7] }],
  ['Softmax over three axes', 'Softmax', { opset: 11 }],
  ['LogSoftmax over two axes', 'LogSoftmax', { opset: 12, attributes: { axis: int(-2) } }],
  ['Upsample 7', 'Upsample', { opset: 7, attributes: { ...nearest, scales: floats([1, 1, 2, 3]) } }],
  ['Upsample 9', 'Upsample', { opset: 9, attributes: nearest, stored: [scales(1.5, 2)] }],
  ['Upsample 9, linear', 'Upsample', { opset: 9, attributes: linear, stored: [scales(2, 2)] }],
  ['Resize 10', 'Resize', { opset: 10, attributes: nearest, stored: [scales(1.6, 2)] }],
  ['Resize 10, linear to less', 'Resize', { opset: 10, attributes: linear, stored: [scales(0.5, 0.8)] }],
  [
    'Resize 11 by sizes',
    'Resize',
    { opset: 11, attributes: linear, stored: [noNumbers, noNumbers, int64Vector(2, 4, 9, 7)] },
  ],
  ['Resize 11 by scales', 'Resize', { opset: 11, attributes: nearest, stored: [noNumbers, scales(0.5, 2)] }],
  ['Pad 2', 'Pad', { opset: 10, attributes: { pads: ints([0, 0, 1, 2, 0, 0, 0, 1]), value: float(0.5) } }],
  [
    'Pad 2, reflected',
    'Pad',
    { opset: 10, attributes: { pads: ints([0, 0, 1, 2, 0, 0, 0, 1]), mode: string('reflect') } },
  ],
  ['Clip 6', 'Clip', { opset: 10, attributes: { min: float(-0.5) } }],
  [
    'Slice 1',
    'Slice',
    { opset: 9, attributes: { starts: ints([1, 0]), ends: ints([-1, 2n ** 63n - 1n]), axes: ints([2, 1]) } },
  ],
  ['Split 2', 'Split', { opset: 11, attributes: { axis: int(1), split: ints([1, 3]) }, outputs: 2 }],
  ['Split 2 into equal parts', 'Split', { opset: 11, attributes: { axis: int(1) }, outputs: 4 }],
  ['Split 13 into equal parts', 'Split', { opset: 13, attributes: { axis: int(2) }, outputs: 3 }],
  ['Squeeze 1', 'Squeeze', { opset: 11, attributes: { axes: ints([1]) }, dims: ['batch', 1, 3] }],
  ['Unsqueeze 1', 'Unsqueeze', { opset: 11, attributes: { axes: ints([0, 2]) } }],
  ['ReduceSum 11', 'ReduceSum', { opset: 11, attributes: { axes: ints([1, -1]), keepdims: int(0) } }],
  ['ReduceMax of all', 'ReduceMax', { opset: 13 }],
  ['ReduceL2 13', 'ReduceL2', { opset: 13, attributes: { axes: ints([2]) } }],
  ['Dropout 7', 'Dropout', { opset: 9, attributes: { ratio: float(0.3) } }],
  [
    'BatchNormalization 9',
    'BatchNormalization',
    {
      opset: 9,
      stored: [channel(1, 2, 3, 4), channel(0, 1, 0, 1), channel(0.1, 0.2, 0.3, 0.4), channel(1, 2, 1, 2)],
    },
  ],
  [
    'AveragePool 10',
    'AveragePool',
    {
      opset: 10,
      attributes: {
        kernel_shape: ints([3, 2]),
        strides: ints([2, 2]),
        pads: ints([1, 0, 1, 0]),
        ceil_mode: int(1),
      },
    },
  ],
  ['Flatten 9', 'Flatten', { opset: 9, attributes: { axis: int(2) } }],
])('%s gives the same in its new form', async (_, opType, form) => {
  const original = oldModel(opType, form);
  const simpler = simplify(original, {}, opType);
  if (!simpler.ok) throw new ProblemError(simpler.error);
  const open = { batch: 2 };
  const [expected, found] = [await runOnNoise(original, open), await runOnNoise(simpler.value, open)];
  for (const [name, output] of Object.entries(expected)) {
    expect(relativeDifference(output, must(found[name], name)), name).toBeLessThan(1e-6);
  }
});
