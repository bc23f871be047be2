import { expect, test } from 'vitest';
import { graph as graphAttribute } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import type { Model } from '../model.ts';
import { float32Tensor } from '../tensor.ts';
import { standardNode } from './nodes.ts';
import { rewrite, withoutUnread, type Rule } from './rewriter.ts';

const vector = { type: 'float32', dims: ['N'] } as const;

/** image → Relu → Neg → y, with a stored number that only Neg's neighbour reads. */
function model(): Model {
  const builder = new ModelBuilder('small');
  const relu = builder.node('Relu', [builder.input('x', 'float32', ['N'])]);
  const scaled = builder.node('Mul', [relu, builder.constant(float32Tensor([], [2]), 'two')]);
  builder.node('Neg', [scaled]);
  return builder.output('y', builder.node('Exp', [relu]), vector).build();
}

const opTypes = ({ graph }: Model): readonly string[] => graph.nodes.map(({ opType }) => opType);
const bypass =
  (opType: string): Rule =>
  (node, graph) =>
    node.opType === opType && graph.replace(node.outputs[0]!, node.inputs[0]!) ? [] : null;

test('a rule that changes nothing gives back the same model', () => {
  const original = model();
  expect(rewrite(original, () => null)).toBe(original);
});

test('what nothing reads any more goes, stored numbers too; inputs stay', () => {
  const read = withoutUnread(model());
  expect(opTypes(read)).toEqual(['Relu', 'Exp']);
  expect([...read.graph.initializers.keys()]).toEqual([]);
  const constant = rewrite(model(), (node, graph) =>
    node.opType === 'Relu'
      ? [standardNode('Neg', [graph.store(float32Tensor([1], [1]), 'one')], { output: node.outputs[0]! })]
      : null,
  );
  expect(constant.graph.inputs.map(({ name }) => name)).toEqual(['x']);
});

test('a value that stands for an output takes its name', () => {
  const bypassed = rewrite(model(), bypass('Exp'));
  expect(bypassed.graph.nodes.map(({ opType, outputs }) => [opType, outputs])).toEqual([['Relu', ['y']]]);
});

test('an input is not also an output, and one value not two outputs', () => {
  const builder = new ModelBuilder('twice');
  const x = builder.input('x', 'float32', ['N']);
  const relu = builder.node('Relu', [x]);
  builder.output('a', builder.node('Identity', [x]), vector);
  builder.output('b', builder.node('Identity', [relu]), vector);
  builder.output('c', builder.node('Identity', [relu]), vector);
  const neg = builder.node('Neg', [x]);
  builder.output('d', neg, vector);
  builder.output('e', builder.node('Identity', [neg]), vector);
  const found = rewrite(builder.build(), bypass('Identity'));
  expect(found.graph.nodes.map(({ opType, inputs, outputs }) => [opType, inputs[0], outputs[0]])).toEqual([
    ['Relu', 'x', 'b'],
    ['Identity', 'x', 'a'],
    ['Identity', 'b', 'c'],
    ['Neg', 'x', 'd'],
    ['Identity', 'd', 'e'],
  ]);
});

test('graphs inside of nodes read the value that stands for another', () => {
  const outer = model();
  const inner = {
    ...outer.graph,
    nodes: [standardNode('Neg', ['relu'], { output: 'z' })],
    inputs: [],
    outputs: [{ ...outer.graph.outputs[0]!, name: 'z' }],
  };
  const nodes = [
    standardNode('Identity', ['x'], { output: 'relu' }),
    standardNode('If', ['x'], { output: 'y', attributes: { then_branch: graphAttribute(inner) } }),
  ];
  const found = rewrite({ ...outer, graph: { ...outer.graph, nodes } }, bypass('Identity'));
  const branch = found.graph.nodes[0]?.attributes.get('then_branch');
  expect(branch?.kind === 'graph' && branch.value.nodes[0]?.inputs).toEqual(['x']);
});
