import { ModelBuilder } from '../builder.ts';
import { Ops } from '../gradients/ops.ts';
import type { Model } from '../model.ts';

export type OptimizerSpec =
  | { readonly kind: 'sgd'; readonly momentum: number }
  | { readonly kind: 'adamw'; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

export interface OptimizerGraphSpec {
  readonly optimizer: OptimizerSpec;
  /** Numbers in the parameter vector. */
  readonly size: number;
  /** How many gradients are added up: one from each part of the batch. */
  readonly parts: number;
  /** Longest gradient; a longer one is shortened to it (Pascanu et al. 2013). */
  readonly clipNorm: number;
  /** Share of itself that the running average of the parameters keeps in each step. */
  readonly averageDecay: number;
}

/** Names of the vectors that an optimiser keeps between steps, beside `parameters` and `average`. */
export function slotsOf({ kind }: OptimizerSpec): readonly string[] {
  return kind === 'adamw' ? ['mean', 'square'] : ['velocity'];
}

/**
 * One step of an optimiser as a model. All vectors are [size]:
 * `gradient 0` …, `parameters`, `average`, the slots, `rates` (learning rate of each number, relative) and `decays`
 * (weight decay of each number, relative to its learning rate: decoupled, Loshchilov & Hutter 2019), and the scalars
 * `rate` and, for AdamW, `bias1` = 1 − beta1ᵗ and `bias2` = 1 − beta2ᵗ.
 * → `next parameters`, `next average`, `next` of each slot, and the scalar `norm` of the gradient before clipping.
 */
export function optimizerGraph(spec: OptimizerGraphSpec): Model {
  const builder = new ModelBuilder('optimizer', 18);
  const ops = new Ops(builder);
  const vector = (name: string): string => builder.input(name, 'float32', [spec.size]);
  const scalar = (name: string): string => builder.input(name, 'float32', []);
  const parts = Array.from({ length: spec.parts }, (_, part) => vector(`gradient ${part}`));
  const [parameters, average] = [vector('parameters'), vector('average')];
  const step = ops.mul(vector('rates'), scalar('rate'));
  const decay = ops.mul(vector('decays'), parameters);
  const slots = slotsOf(spec.optimizer).map(vector);
  const { gradient, norm } = clipped(ops, parts, spec.clipNorm);
  const update =
    spec.optimizer.kind === 'adamw'
      ? adam(ops, { ...spec.optimizer, gradient, slots, bias1: scalar('bias1'), bias2: scalar('bias2') })
      : momentum(ops, { ...spec.optimizer, gradient, slots });
  const next = ops.sub(parameters, ops.mul(step, ops.add(update.direction, decay)));
  const kept = ops.mul(average, spec.averageDecay);
  const averaged = ops.add(kept, ops.mul(next, 1 - spec.averageDecay));
  const outputs = { 'next parameters': next, 'next average': averaged, ...update.next };
  for (const [name, value] of Object.entries(outputs)) {
    builder.output(name, value, { type: 'float32', dims: [spec.size] });
  }
  return builder.output('norm', norm, { type: 'float32', dims: [] }).build();
}

/** The sum of the parts, no longer than the norm allows. */
function clipped(ops: Ops, parts: readonly string[], clipNorm: number): { gradient: string; norm: string } {
  const sum = parts.reduce((total, part) => ops.add(total, part));
  const norm = ops.node('Sqrt', [ops.sum(ops.mul(sum, sum), [0])]);
  const factor = ops.node('Min', [ops.scalar(1), ops.div(clipNorm, ops.add(norm, 1e-12))]);
  return { gradient: ops.mul(sum, factor), norm };
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

/** Adam (Kingma & Ba 2015): the mean of the gradients over the root of the mean of their squares, bias removed. */
function adam(
  ops: Ops,
  parts: Parts & { beta1: number; beta2: number; epsilon: number; bias1: string; bias2: string },
): Update {
  const { gradient, beta1, beta2 } = parts;
  const [mean = '', square = ''] = parts.slots;
  const nextMean = ops.add(ops.mul(mean, beta1), ops.mul(gradient, 1 - beta1));
  const squared = ops.mul(ops.mul(gradient, gradient), 1 - beta2);
  const nextSquare = ops.add(ops.mul(square, beta2), squared);
  const root = ops.node('Sqrt', [ops.div(nextSquare, parts.bias2)]);
  const direction = ops.div(ops.div(nextMean, parts.bias1), ops.add(root, parts.epsilon));
  return { direction, next: { 'next mean': nextMean, 'next square': nextSquare } };
}
