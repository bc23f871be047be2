import { expect, test } from 'vitest';
import { ModelBuilder } from './builder.ts';
import { chain } from './chain.ts';
import type { Model } from './model.ts';
import { float32Tensor, readFloat32 } from './tensor.ts';

const type = { type: 'float32', dims: ['N'] } as const;

/** input → Mul by `factor` → output, the factor always named `factor`. */
function times(factor: number, names: { input: string; output: string }): Model {
  const builder = new ModelBuilder('times');
  const x = builder.input(names.input, 'float32', ['N']);
  const product = builder.node('Mul', [x, builder.constant(float32Tensor([], [factor]), 'factor')]);
  return builder
    .output(names.output, product, type)
    .metadata({ last: `${factor}` })
    .build();
}

/** Multiplies along the chain by hand. */
function evaluate({ graph }: Model, input: number): number {
  const values = new Map([[graph.inputs[0]?.name ?? '', input]]);
  for (const [name, tensor] of graph.initializers) values.set(name, readFloat32(tensor)[0] ?? NaN);
  for (const { inputs, outputs } of graph.nodes) {
    values.set(
      outputs[0] ?? '',
      inputs.reduce((product, name) => product * (values.get(name) ?? NaN), 1),
    );
  }
  return values.get(graph.outputs[0]?.name ?? '') ?? NaN;
}

test('the first feeds the second; equal names are kept apart', () => {
  const both = chain(times(2, { input: 'x', output: 'y' }), times(3, { input: 'x', output: 'y' }));
  expect(both.graph.inputs.map(({ name }) => name)).toEqual(['x']);
  expect(both.graph.outputs.map(({ name }) => name)).toEqual(['y']);
  expect(evaluate(both, 5)).toBe(30);
  expect(both.metadata.get('last')).toBe('3');
});

test('chains of chains keep one name per value and per node', () => {
  const step = (factor: number): Model => {
    const model = times(factor, { input: 'x', output: 'y' });
    const nodes = model.graph.nodes.map((node) => ({ ...node, name: node.opType }));
    return { ...model, graph: { ...model.graph, nodes } };
  };
  const long = chain(chain(step(2), step(3)), chain(step(5), step(7)));
  expect(evaluate(long, 1)).toBe(210);
  const names = long.graph.nodes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('models of different operator sets are refused', () => {
  const newer = { ...times(2, { input: 'x', output: 'y' }), opsets: new Map([['', 21]]) };
  expect(() => chain(times(2, { input: 'x', output: 'y' }), newer)).toThrow('21');
});
