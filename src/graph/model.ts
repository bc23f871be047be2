import type { DataType } from './data-type.ts';
import type { Tensor } from './tensor.ts';

// ONNX models as immutable values. Names of values tie nodes together, as in the format itself: every name is
// produced once (by a node, an input or an initializer), and nodes stand in an order in which they can run.

/** Fields of the file that this representation has no word for, byte for byte, written back as they were. */
export type Rest = readonly Uint8Array[];

/** A size, the name of a size that is known only when running, or null: anything. */
export type Dimension = number | string | null;

export interface TensorType {
  readonly kind: 'tensor';
  readonly type: DataType;
  /** Null: even the rank is unknown. */
  readonly dims: readonly Dimension[] | null;
}

/** A sequence, map, optional or sparse tensor, or no type at all. */
export interface OtherType {
  readonly kind: 'other';
  readonly rest: Rest;
}

export interface ValueInfo {
  readonly name: string;
  readonly type: TensorType | OtherType;
}

/** What a node's named setting can hold. Integers are exact 64-bit. */
export interface AttributeValues {
  float: number;
  int: bigint;
  string: string;
  tensor: Tensor;
  graph: Graph;
  floats: readonly number[];
  ints: readonly bigint[];
  strings: readonly string[];
  tensors: readonly Tensor[];
  graphs: readonly Graph[];
}

export type AttributeKind = keyof AttributeValues;

/** An attribute of one kind. */
export type Tagged<Kind extends AttributeKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly value: AttributeValues[K] };
}[Kind];

/** A sparse tensor or a type: kept, not understood. */
export interface OtherAttribute {
  readonly kind: 'other';
  readonly code: number;
  readonly rest: Rest;
}

export type Attribute = Tagged<AttributeKind> | OtherAttribute;

export interface Node {
  readonly name: string;
  readonly opType: string;
  /** Empty for the ONNX standard operators. */
  readonly domain: string;
  /** Empty string: an optional input that is left away. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly rest: Rest;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** What is known about values in between; never needed. */
  readonly values: readonly ValueInfo[];
  readonly rest: Rest;
}

export interface Model {
  readonly irVersion: number;
  /** Version of each operator set by its domain; the standard operators are in domain ''. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly producer: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly graph: Graph;
  readonly rest: Rest;
}

/** Inputs that a caller must feed: older files list the initializers among the inputs, too. */
export function feeds(graph: Graph): readonly ValueInfo[] {
  return graph.inputs.filter((input) => !graph.initializers.has(input.name));
}

/** The type of a tensor value; null for other kinds of values. */
export function tensorType(value: ValueInfo): TensorType | null {
  return value.type.kind === 'tensor' ? value.type : null;
}

/** Version of the standard operators that a model uses. */
export function opsetOf(model: Model): number {
  return model.opsets.get('') ?? 1;
}
