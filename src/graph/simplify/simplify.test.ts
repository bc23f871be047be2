import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { int } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import type { Model } from '../model.ts';
import { float32Tensor, int64Vector } from '../tensor.ts';
import { simplify } from './simplify.ts';

/** x [batch, 2, 2, side] reshaped to rows, by a shape that is computed, between two operators that stay. */
function rows(): Model {
  const builder = new ModelBuilder('rows', 13);
  const x = builder.node('Relu', [builder.input('x', 'float32', ['batch', 2, 2, 'side'])]);
  const batch = builder.node('Slice', [
    builder.node('Shape', [x]),
    ...[0, 1].map((at) => builder.constant(int64Vector(at))),
  ]);
  const target = builder.node('Concat', [batch, builder.constant(int64Vector(-1))], { axis: int(0) });
  const flat = builder.node('Identity', [builder.node('Reshape', [x, target])]);
  return builder
    .output('y', builder.node('Exp', [flat]), { type: 'float32', dims: ['batch', 'width'] })
    .build();
}

const opTypes = ({ graph }: Model): readonly string[] => graph.nodes.map(({ opType }) => opType);

test('passes run until nothing changes, and given sizes are filled in', () => {
  const found = simplify(rows(), { batch: 3 }, 'rows.onnx');
  const model = must(found.ok ? found.value : null, 'a model');
  expect(opTypes(model)).toEqual(['Relu', 'Reshape', 'Exp']);
  expect(model.graph.inputs).toEqual([
    { name: 'x', type: { kind: 'tensor', type: 'float32', dims: [3, 2, 2, 'side'] } },
  ]);
  expect(model.graph.outputs).toEqual([
    { name: 'y', type: { kind: 'tensor', type: 'float32', dims: [3, 'width'] } },
  ]);
  expect(model.opsets.get('')).toBe(18);
});

test('stored numbers are no inputs', () => {
  const { graph, ...rest } = rows();
  const stored = [...graph.initializers.keys()].map((name) => ({
    name,
    type: { kind: 'other', rest: [] } as const,
  }));
  const found = simplify(
    { ...rest, graph: { ...graph, inputs: [...graph.inputs, ...stored] } },
    {},
    'rows.onnx',
  );
  expect(found.ok && found.value.graph.inputs.map(({ name }) => name)).toEqual(['x']);
});

test('metadata and unknown fields stay', () => {
  const model = { ...rows(), metadata: new Map([['made', 'by a test']]), rest: [Uint8Array.of(1)] };
  const found = simplify(model, {}, 'rows.onnx');
  expect(found.ok && [found.value.metadata, found.value.rest]).toEqual([model.metadata, model.rest]);
});

test('a model that can not be followed is a problem of its file', () => {
  const builder = new ModelBuilder('wrong', 18);
  const x = builder.input('x', 'float32', ['batch', 3]);
  const product = builder.node('MatMul', [x, builder.constant(float32Tensor([3, 1], [1, 2, 3]))]);
  const model = builder.output('y', product, { type: 'float32', dims: ['batch', 1] }).build();
  const wrong = new Map([...model.graph.initializers].map(([name]) => [name, float32Tensor([2, 1], [1, 2])]));
  const found = simplify({ ...model, graph: { ...model.graph, initializers: wrong } }, {}, 'wrong.onnx');
  expect(found.ok || found.error).toEqual({
    code: 'unsupported',
    subject: 'wrong.onnx',
    reason: "Its MatMul can't be followed: 3 columns meet 2 rows.",
  });
});
