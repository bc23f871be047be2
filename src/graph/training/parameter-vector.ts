import { assert, must } from '#base/assert.ts';
import { ModelBuilder } from '../builder.ts';
import type { Model } from '../model.ts';
import { positionsOf, stridesOf, wholeAxis } from '../simplify/evaluate/view.ts';
import { elementCount, float32Tensor, int64Vector, readFloat32 } from '../tensor.ts';

// All trained numbers of a model in one vector: an optimiser is then a handful of operators, a checkpoint a few arrays.

/** Where a stored tensor lies in the vector. */
export interface Parameter {
  readonly name: string;
  /** Of the stored tensor. */
  readonly dims: readonly number[];
  /** The order in which its axes lie in the vector; null: as they are stored. */
  readonly order: readonly number[] | null;
  /** Position of its first number. */
  readonly offset: number;
  readonly count: number;
}

/**
 * The parameters of a model, one after another in the order given.
 * @param orderOf how the axes of a tensor lie in the vector; null: as they are stored
 */
export function layOut(
  model: Model,
  names: readonly string[],
  orderOf: (name: string) => readonly number[] | null = () => null,
): readonly Parameter[] {
  let offset = 0;
  return names.map((name) => {
    const { type, dims } = must(model.graph.initializers.get(name), `the model stores ${name}`);
    assert(type === 'float32', `${name} is float32, not ${type}`);
    const parameter = { name, dims, order: orderOf(name), offset, count: elementCount(dims) };
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
  for (const { name, dims, order, offset } of parameters) {
    const values = readFloat32(must(model.graph.initializers.get(name), `the model stores ${name}`));
    vector.set(order === null ? values : transposed(values, dims, order), offset);
  }
  return vector;
}

/** The model with the numbers of a vector stored in it. */
export function storeParameters(model: Model, parameters: readonly Parameter[], vector: Float32Array): Model {
  const initializers = new Map(model.graph.initializers);
  for (const { name, dims, order, offset, count } of parameters) {
    const values = vector.slice(offset, offset + count);
    const stored = order === null ? values : transposed(values, permuted(dims, order), inverse(order));
    initializers.set(name, float32Tensor(dims, stored));
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

function addPart(builder: ModelBuilder, vector: string, parameter: Parameter): void {
  const { name, dims, order, offset, count } = parameter;
  const lying = order === null ? dims : permuted(dims, order);
  const bounds = [offset, offset + count].map((end) => builder.constant(int64Vector(end), `${name} ${end}`));
  const axis = builder.constant(int64Vector(0), `${name} axis`);
  const part = builder.node('Slice', [vector, ...bounds, axis]);
  const shape = builder.constant(int64Vector(...lying), `${name} shape`);
  builder.output(name, builder.node('Reshape', [part, shape]), { type: 'float32', dims: lying });
}

function permuted(dims: readonly number[], order: readonly number[]): readonly number[] {
  return order.map((axis) => must(dims[axis], 'an axis'));
}

/** The order that undoes an order. */
function inverse(order: readonly number[]): readonly number[] {
  return order.map((_, axis) => order.indexOf(axis));
}

/** Values of a tensor with its axes in another order. */
function transposed(
  values: Float32Array,
  dims: readonly number[],
  order: readonly number[],
): Float32Array<ArrayBuffer> {
  const strides = stridesOf(dims);
  const offsets = order.map((axis) =>
    wholeAxis(must(dims[axis], 'an axis'), must(strides[axis], 'a stride')),
  );
  return Float32Array.from(positionsOf(offsets), (position) => must(values[position], 'a value'));
}
