import { expect, test } from 'vitest';
import { graph as graphAttribute } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { cut } from './cut.ts';
import type { Graph, Model } from './model.ts';
import { float32Tensor } from './tensor.ts';

const scalar = { type: 'float32', dims: [] } as const;

/** x → Relu → Mul by `used` → y, and z → Mul by `unused` → w. */
function twoBranches(): { model: Model; hidden: string } {
  const builder = new ModelBuilder('two');
  const hidden = builder.node('Relu', [builder.input('x', 'float32', [])]);
  const z = builder.input('z', 'float32', []);
  const used = builder.constant(float32Tensor([], [2]), 'used');
  const unused = builder.constant(float32Tensor([], [3]), 'unused');
  builder.output('y', builder.node('Mul', [hidden, used]), scalar);
  builder.output('w', builder.node('Mul', [z, unused]), scalar);
  return { model: builder.build(), hidden };
}

test('only what leads to the outputs stays', () => {
  const { graph } = cut(twoBranches().model, ['y']);
  expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Relu', 'Mul']);
  expect([...graph.initializers.keys()]).toEqual(['used']);
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x']);
  expect(graph.outputs.map(({ name }) => name)).toEqual(['y']);
});

test('a value in between can become the output', () => {
  const { model, hidden } = twoBranches();
  const { graph } = cut(model, [hidden]);
  expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Relu']);
  expect(graph.initializers.size).toBe(0);
  expect(graph.outputs).toEqual([{ name: hidden, type: { kind: 'other', rest: [] } }]);
});

test('values that a branch of If reads from outside stay', () => {
  const { model } = twoBranches();
  const inner: Graph = {
    ...model.graph,
    name: 'branch',
    inputs: [],
    outputs: [{ name: 'inner', type: { kind: 'tensor', ...scalar } }],
    initializers: new Map(),
    nodes: [
      {
        name: '',
        opType: 'Neg',
        domain: '',
        inputs: ['w'],
        outputs: ['inner'],
        attributes: new Map(),
        rest: [],
      },
    ],
  };
  const branches = new Map([['then_branch', graphAttribute(inner)]]);
  const choice = {
    ...{ name: '', opType: 'If', domain: '', rest: [] },
    ...{ inputs: ['y'], outputs: ['chosen'], attributes: branches },
  };
  const whole = { ...model, graph: { ...model.graph, nodes: [...model.graph.nodes, choice] } };
  const { graph } = cut(whole, ['chosen']);
  expect(graph.nodes).toHaveLength(4);
  expect([...graph.initializers.keys()]).toEqual(['used', 'unused']);
});

test('a value that is not there is refused', () => {
  expect(() => cut(twoBranches().model, ['nowhere'])).toThrow('nowhere');
});
