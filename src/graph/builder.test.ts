import { expect, test } from 'vitest';
import { int } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { float32Tensor, readFloat32 } from './tensor.ts';

test('nodes, constants, outputs and metadata end up in the model', () => {
  const builder = new ModelBuilder('two');
  const x = builder.input('x', 'float32', ['N', 4]);
  const scale = builder.constant(float32Tensor([], [0.5]), 'scale');
  const half = builder.node('Mul', [x, scale]);
  const [left, right] = builder.nodeOf('Split', [half], { outputs: 2, attributes: { axis: int(1) } });
  const type = { type: 'float32', dims: ['N', 2] } as const;
  const model = builder
    .output('left', left ?? '', type)
    .output('right', right ?? '', type)
    .metadata({ made: 'by a test' })
    .build();

  expect(model.graph.nodes.map((node) => [node.opType, node.inputs, node.outputs])).toEqual([
    ['Mul', ['x', 'scale'], [half]],
    ['Split', [half], ['left', 'right']],
  ]);
  expect(model.graph.inputs).toEqual([
    { name: 'x', type: { kind: 'tensor', type: 'float32', dims: ['N', 4] } },
  ]);
  expect(model.graph.outputs.map(({ name }) => name)).toEqual(['left', 'right']);
  expect([...readFloat32(model.graph.initializers.get('scale')!)]).toEqual([0.5]);
  expect(model.metadata.get('made')).toBe('by a test');
});

test('an output that is an input, or twice the same value, gets a node of its own', () => {
  const builder = new ModelBuilder('same');
  const x = builder.input('x', 'float32', ['N']);
  const y = builder.node('Relu', [x]);
  for (const [name, value] of Object.entries({ a: x, b: y, c: y })) {
    builder.output(name, value, { type: 'float32', dims: ['N'] });
  }
  expect(builder.build().graph.nodes.map((node) => [node.opType, node.inputs[0], node.outputs[0]])).toEqual([
    ['Relu', 'x', 'b'],
    ['Identity', 'x', 'a'],
    ['Identity', 'b', 'c'],
  ]);
});

test('reading a value that nothing makes is refused at once', () => {
  const builder = new ModelBuilder('broken');
  expect(() => builder.node('Relu', ['nowhere'])).toThrow('nowhere');
  expect(() => builder.node('Optional', [''])).not.toThrow();
  builder.input('x', 'float32', []);
  expect(() => builder.input('x', 'float32', [])).toThrow('x');
});
