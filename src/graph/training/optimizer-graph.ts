import { int } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { Ops } from '../gradients/ops.ts';
import type { Model } from '../model.ts';

export type OptimizerSpec =
  | { readonly kind: 'sgd'; readonly momentum: number }
  | { readonly kind: 'adamw'; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

export interface OptimizerGraphSpec {
  readonly optimizer: OptimizerSpec;
  /** Numbers in the vectors: all parameters, or a stretch of them. */
  readonly size: number;
  /** Share of itself that the running average of the parameters keeps in each step. */
  readonly averageDecay: number;
}

/** Names of the vectors that an optimiser keeps between steps, beside `parameters` and `average`. */
export function slotsOf({ kind }: OptimizerSpec): readonly string[] {
  return kind === 'adamw' ? ['mean', 'square'] : ['velocity'];
}

/**
 * One step of an optimiser as a model. All vectors are [size]:
 * `gradient`, `parameters`, `average`, the slots, `rates` (learning rate of each number, relative) and `decays` (weight
 * decay of each number, relative to its learning rate: decoupled, Loshchilov & Hutter 2019), and the scalars `rate`,
 * `scale` (what the gradient is multiplied by) and, for AdamW, `bias1` = 1 − beta1ᵗ and `bias2` = 1 − beta2ᵗ.
 * → `next parameters`, `next average`, `next` of each slot.
 */
export function optimizerGraph({ optimizer, size, averageDecay }: OptimizerGraphSpec): Model {
  const builder = new ModelBuilder('optimizer', 18);
  const ops = new Ops(builder);
  const vector = (name: string): string => builder.input(name, 'float32', [size]);
  const scalar = (name: string): string => builder.input(name, 'float32', []);
  const [parameters, average] = [vector('parameters'), vector('average')];
  const gradient = ops.mul(vector('gradient'), scalar('scale'));
  const step = ops.mul(vector('rates'), scalar('rate'));
  const decay = ops.mul(vector('decays'), parameters);
  const slots = slotsOf(optimizer).map(vector);
  const update =
    optimizer.kind === 'adamw'
      ? adam(ops, { ...optimizer, gradient, slots, bias1: scalar('bias1'), bias2: scalar('bias2') })
      : momentum(ops, { ...optimizer, gradient, slots });
  const next = ops.sub(parameters, ops.mul(step, ops.add(update.direction, decay)));
  const averaged = ops.add(ops.mul(average, averageDecay), ops.mul(next, 1 - averageDecay));
  const outputs = { 'next parameters': next, 'next average': averaged, ...update.next };
  for (const [name, value] of Object.entries(outputs)) {
    builder.output(name, value, { type: 'float32', dims: [size] });
  }
  return builder.build();
}

/** The length of a vector as a model: `gradient` [size] → the scalar `norm`. */
export function normGraph(size: number): Model {
  const builder = new ModelBuilder('norm', 18);
  const gradient = builder.input('gradient', 'float32', [size]);
  const norm = builder.node('ReduceL2', [gradient], { keepdims: int(0) });
  return builder.output('norm', norm, { type: 'float32', dims: [] }).build();
}

/** What a gradient is multiplied by so that it is no longer than `longest` (Pascanu et al. 2013). */
export function clipScale(norm: number, longest: number): number {
  return norm > longest ? longest / norm : 1;
}

interface Update {
  readonly direction: string;
  /** What the slots become, by the names of the outputs. */
  readonly next: Readonly<Record<string, string>>;
}

interface Parts {
  readonly gradient: string;
  readonly slots: readonly string[];
}

/** v ← momentum · v + g. */
function momentum(ops: Ops, { gradient, slots, momentum: kept }: Parts & { momentum: number }): Update {
  const [velocity = ''] = slots;
  const next = ops.add(ops.mul(velocity, kept), gradient);
  return { direction: next, next: { 'next velocity': next } };
}

/**
 * Adam (Kingma & Ba 2015): the mean of the gradients over the root of the mean of their squares, bias removed. The
 * biases are taken out of scalars, not of vectors.
 */
function adam(
  ops: Ops,
  parts: Parts & { beta1: number; beta2: number; epsilon: number; bias1: string; bias2: string },
): Update {
  const { gradient, beta1, beta2 } = parts;
  const [mean = '', square = ''] = parts.slots;
  const nextMean = ops.add(ops.mul(mean, beta1), ops.mul(gradient, 1 - beta1));
  const squared = ops.mul(ops.mul(gradient, gradient), 1 - beta2);
  const nextSquare = ops.add(ops.mul(square, beta2), squared);
  const bias = ops.node('Sqrt', [parts.bias2]);
  const root = ops.add(ops.node('Sqrt', [nextSquare]), ops.mul(bias, parts.epsilon));
  const direction = ops.mul(ops.div(nextMean, root), ops.div(bias, parts.bias1));
  return { direction, next: { 'next mean': nextMean, 'next square': nextSquare } };
}
