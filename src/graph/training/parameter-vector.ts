import { assert, must } from '#base/assert.ts';
import { ModelBuilder } from '../builder.ts';
import type { Model } from '../model.ts';
import { elementCount, float32Tensor, int64Vector, readFloat32 } from '../tensor.ts';

// All trained numbers of a model in one vector: an optimiser is then a handful of operators, a checkpoint a few arrays.

/** Where a stored tensor lies in the vector. */
export interface Parameter {
  readonly name: string;
  readonly dims: readonly number[];
  /** Position of its first number. */
  readonly offset: number;
  readonly count: number;
}

/** The parameters of a model, one after another in the order given. */
export function layOut(model: Model, names: readonly string[]): readonly Parameter[] {
  let offset = 0;
  return names.map((name) => {
    const { type, dims } = must(model.graph.initializers.get(name), `the model stores ${name}`);
    assert(type === 'float32', `${name} is float32, not ${type}`);
    const parameter = { name, dims, offset, count: elementCount(dims) };
    offset += parameter.count;
    return parameter;
  });
}

/** Numbers in the vector. */
export function sizeOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { count }) => sum + count, 0);
}

/** The stored numbers as a vector. */
export function gatherParameters(model: Model, parameters: readonly Parameter[]): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(sizeOf(parameters));
  for (const { name, offset } of parameters) {
    vector.set(readFloat32(must(model.graph.initializers.get(name), `the model stores ${name}`)), offset);
  }
  return vector;
}

/** The model with the numbers of a vector stored in it. */
export function storeParameters(model: Model, parameters: readonly Parameter[], vector: Float32Array): Model {
  const initializers = new Map(model.graph.initializers);
  for (const { name, dims, offset, count } of parameters) {
    initializers.set(name, float32Tensor(dims, vector.slice(offset, offset + count)));
  }
  return { ...model, graph: { ...model.graph, initializers } };
}

/** The model with a vector as its input `name` in place of the stored numbers, whose names stay. */
export function readFromVector(model: Model, parameters: readonly Parameter[], name: string): Model {
  const { graph } = model;
  const parts = new ModelBuilder('parameters', 18);
  parts.input(name, 'float32', [sizeOf(parameters)]);
  for (const parameter of parameters) addPart(parts, name, parameter);
  const added = parts.build().graph;
  const isTrained = new Set(parameters.map((parameter) => parameter.name));
  const kept = [...graph.initializers].filter(([stored]) => !isTrained.has(stored));
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...added.nodes, ...graph.nodes],
      initializers: new Map([...added.initializers, ...kept]),
      inputs: [...graph.inputs.filter((input) => !isTrained.has(input.name)), ...added.inputs],
    },
  };
}

function addPart(builder: ModelBuilder, vector: string, { name, dims, offset, count }: Parameter): void {
  const bounds = [offset, offset + count].map((end) => builder.constant(int64Vector(end), `${name} ${end}`));
  const axis = builder.constant(int64Vector(0), `${name} axis`);
  const part = builder.node('Slice', [vector, ...bounds, axis]);
  const shape = builder.constant(int64Vector(...dims), `${name} shape`);
  builder.output(name, builder.node('Reshape', [part, shape]), { type: 'float32', dims });
}
