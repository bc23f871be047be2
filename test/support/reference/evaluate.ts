import { must } from '../../../src/base/assert.ts';
import type { ModelBuilder } from '../../../src/graph/builder.ts';
import type { Model, Node } from '../../../src/graph/model.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { Call, type Operators } from './call.ts';
import { convolutions } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { layouts } from './layout.ts';
import { linear } from './linear.ts';
import { normalizations } from './normalization.ts';
import { poolings } from './pooling.ts';
import { reductions } from './reduction.ts';
import { resizes } from './resize.ts';
import { selections } from './selection.ts';
import { storedValue } from './stored-value.ts';
import type { Value } from './value.ts';

const operators: Operators = {
  ...elementwise,
  ...reductions,
  ...linear,
  ...convolutions,
  ...poolings,
  ...layouts,
  ...selections,
  ...normalizations,
  ...resizes,
};

/** Names of the operators that the reference knows. */
export const referenceOperators: ReadonlySet<string> = new Set(Object.keys(operators));

export type Feeds = Readonly<Record<string, Value>>;

/** What is evaluated: nodes in an order in which they can run, and stored numbers by name. */
export interface Program {
  readonly nodes: readonly Node[];
  stored(name: string): Tensor | undefined;
}

export function programOf(source: Model | ModelBuilder): Program {
  if ('graph' in source) {
    const { nodes, initializers } = source.graph;
    return { nodes, stored: (name) => initializers.get(name) };
  }
  return { nodes: [...source.nodes], stored: (name) => source.stored(name) };
}

/**
 * All values of a graph by the definitions of its operators (ONNX operator set 17 to 20), in double precision: the
 * oracle for what runtimes and gradient rules do. A value that is fed wins over what is stored or computed.
 */
export function evaluate({ nodes, stored }: Program, feeds: Feeds): ReadonlyMap<string, Value> {
  const values = new Map(Object.entries(feeds));
  const valueOf = (name: string): Value => {
    const value = values.get(name) ?? storedValue(must(stored(name), `the value ${name}`));
    values.set(name, value);
    return value;
  };
  for (const node of nodes) {
    if (node.outputs.every((name) => name === '' || values.has(name))) continue;
    const inputs = node.inputs.map((name) => (name === '' ? null : valueOf(name)));
    const operator = must(operators[node.opType], `the reference knows ${node.opType}`);
    const outputs = operator(new Call(node, inputs));
    node.outputs.forEach((name, position) => {
      const output = outputs[position];
      if (name !== '' && output !== undefined && !values.has(name)) values.set(name, output);
    });
  }
  return values;
}
