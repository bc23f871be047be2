import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import { int, ints } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { dataTypeCode, type DataType } from '#graph/data-type.ts';
import { elementwiseEvaluators } from '#graph/simplify/evaluate/elementwise.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { float32Tensor, int64Vector } from '#graph/tensor.ts';
import { relativeDifference, runOnNoise } from '../support/run-model.ts';

/** Makes a value of stored numbers: a [2, 3, 4] and b [3, 1]. */
type Make = (builder: ModelBuilder, a: string, b: string) => string;

const vector = (builder: ModelBuilder, ...values: readonly number[]): string =>
  builder.constant(int64Vector(...values));
const cast = (builder: ModelBuilder, value: string, type: DataType): string =>
  builder.node('Cast', [value], { to: int(dataTypeCode(type)) });

const unary = new Set(['Neg', 'Abs', 'Sqrt', 'Exp', 'Log', 'Reciprocal', 'Floor', 'Ceil']);
const comparisons = new Set(['Equal', 'Greater', 'Less']);

function elementwise(opType: string): Make {
  if (unary.has(opType)) return (builder, a) => builder.node(opType, [a]);
  if (comparisons.has(opType))
    return (builder, a, b) => cast(builder, builder.node(opType, [a, b]), 'float32');
  return special[opType] ?? ((builder, a, b) => builder.node(opType, [a, b]));
}

/** Truths are made by comparing, and become numbers again. */
const special: Readonly<Record<string, Make>> = {
  Cast: (builder, a) => cast(builder, cast(builder, a, 'int32'), 'float32'),
  Where: (builder, a, b) => builder.node('Where', [builder.node('Less', [a, b]), a, b]),
  Not: (builder, a, b) => cast(builder, builder.node('Not', [builder.node('Less', [a, b])]), 'float32'),
  And: (builder, a, b) => cast(builder, builder.node('And', truths(builder, a, b)), 'float32'),
  Or: (builder, a, b) => cast(builder, builder.node('Or', truths(builder, a, b)), 'float32'),
};

function truths(builder: ModelBuilder, a: string, b: string): readonly string[] {
  const two = builder.constant(float32Tensor([], [2]));
  return [builder.node('Less', [a, b]), builder.node('Less', [b, two])];
}

const moves: readonly [string, Make][] = [
  ['Transpose', (builder, a) => builder.node('Transpose', [a], { perm: ints([1, 2, 0]) })],
  ['Concat', (builder, a) => builder.node('Concat', [a, a, a], { axis: int(1) })],
  [
    'Slice',
    (builder, a) => {
      const ranges = [
        [-1, 1],
        [-9, 4],
        [2, 1],
        [-2, 2],
      ].map((values) => vector(builder, ...values));
      return builder.node('Slice', [a, ...ranges]);
    },
  ],
  ['Gather', (builder, a) => builder.node('Gather', [a, vector(builder, 2, -3, 0)], { axis: int(1) })],
  ['Reshape', (builder, a) => builder.node('Reshape', [a, vector(builder, 4, -1)])],
  ['Unsqueeze', (builder, a) => builder.node('Unsqueeze', [a, vector(builder, 1, -1)])],
];
const arithmetic = Object.keys(elementwiseEvaluators).map((opType) => [opType, elementwise(opType)] as const);

test.each([...arithmetic, ...moves])('%s gives what onnxruntime gives', async (_, make) => {
  const random = seededRandom(3);
  // Halves above 0, so that some are equal and all have a logarithm.
  const halves = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => (1 + random.int(8)) / 2);
  const builder = new ModelBuilder('constants', 18);
  const x = builder.input('x', 'float32', ['batch']);
  const [a, b] = [
    builder.constant(float32Tensor([2, 3, 4], halves(24))),
    builder.constant(float32Tensor([3, 1], halves(3))),
  ];
  const value = make(builder, a, b);
  const scale = builder.node(
    'ReduceSum',
    [builder.node('Mul', [x, builder.constant(float32Tensor([], [0]))])],
    { keepdims: int(0) },
  );
  const original = builder
    .output('y', builder.node('Add', [value, scale]), { type: 'float32', dims: [] })
    .build();
  const simpler = simplify(original, {}, 'constants');
  if (!simpler.ok) throw new ProblemError(simpler.error);
  expect(simpler.value.graph.nodes.map(({ opType }) => opType)).toEqual(['Mul', 'ReduceSum', 'Add']);
  const [expected, found] = [await runOnNoise(original), await runOnNoise(simpler.value)];
  expect(relativeDifference(must(expected.y, 'y'), must(found.y, 'y'))).toBeLessThan(1e-6);
});
