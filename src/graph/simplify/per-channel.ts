import { must } from '#base/assert.ts';
import { attributeOf } from '../attribute.ts';
import type { Node } from '../model.ts';
import { inputOf } from './nodes.ts';
import { readNumbers, type Numbers } from './numbers.ts';
import type { Rewriter } from './rewriter.ts';

/** An operator that takes channel c of its input to `factor[c] · x + shift[c]`. A length of 1 means all channels. */
export interface PerChannel {
  readonly input: string;
  readonly factor: Float64Array;
  readonly shift: Float64Array;
}

/** Reads a BatchNormalization that doesn't train, or arithmetic with stored numbers per channel; null for others. */
export function perChannel(node: Node, graph: Rewriter): PerChannel | null {
  if (node.domain !== '') return null;
  if (node.opType === 'BatchNormalization') return normalization(node, graph);
  return scaleOrShift(node, graph);
}

/** γ · (x − μ) / √(σ² + ε) + β in doubles (Ioffe & Szegedy 2015). */
function normalization(node: Node, graph: Rewriter): PerChannel | null {
  const isTraining = attributeOf(node, 'training_mode', 'int') === 1n;
  const [input = '', ...parameters] = node.inputs;
  const [gamma, beta, mean, variance] = parameters.map((name) => storedNumbers(graph, name)?.values);
  if (isTraining || !gamma || !beta || !mean || !variance) return null;
  const epsilon = attributeOf(node, 'epsilon', 'float') ?? 1e-5;
  const factor = gamma.map((scale, c) => scale / Math.sqrt(at(variance, c) + epsilon));
  const shift = beta.map((offset, c) => offset - at(mean, c) * at(factor, c));
  return { input, factor, shift };
}

const zero = Float64Array.of(0);
const one = Float64Array.of(1);

/** What arithmetic with these numbers on the right does. */
const arithmetic: Readonly<
  Record<string, ((values: Float64Array) => Omit<PerChannel, 'input'>) | undefined>
> = {
  Mul: (values) => ({ factor: values, shift: zero }),
  Div: (values) => ({ factor: values.map((value) => 1 / value), shift: zero }),
  Add: (values) => ({ factor: one, shift: values }),
  Sub: (values) => ({ factor: one, shift: values.map((value) => -value) }),
};

function scaleOrShift(node: Node, graph: Rewriter): PerChannel | null {
  const { opType } = node;
  const [first, second] = [inputOf(node, 0), inputOf(node, 1)];
  const isSwapped = (opType === 'Mul' || opType === 'Add') && graph.stored(first) !== undefined;
  const [input, constant] = isSwapped ? [second, first] : [first, second];
  const read = arithmetic[opType];
  const values = read === undefined ? null : channelValues(graph, { constant, input });
  return read === undefined || values === null ? null : { input, ...read(values) };
}

/** A stored tensor that differs along the channels (axis 1) only, against the value it is broadcast to. */
function channelValues(graph: Rewriter, names: { constant: string; input: string }): Float64Array | null {
  const numbers = storedNumbers(graph, names.constant);
  const rank = graph.facts(names.input)?.dims.length;
  if (numbers === null || rank === undefined || numbers.dims.length > rank) return null;
  const channelAxis = numbers.dims.length - rank + 1;
  const isPerChannel = numbers.dims.every((dim, axis) => dim === 1 || axis === channelAxis);
  return isPerChannel ? numbers.values : null;
}

/** Stored float32 numbers. */
export function storedNumbers(graph: Rewriter, name: string): Numbers | null {
  const tensor = graph.stored(name);
  return tensor?.type === 'float32' ? readNumbers(tensor) : null;
}

/** The number of a channel. */
export function at(values: Float64Array, channel: number): number {
  return must(values[values.length === 1 ? 0 : channel], 'a number for each channel');
}
