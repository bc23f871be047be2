import { evaluate, type Program, type Values } from './evaluate.ts';
import type { TensorFlow, Value } from './tensor-flow.ts';

export interface Question {
  /** A scalar. */
  readonly loss: string;
  /** The values with respect to which it is differentiated. */
  readonly of: Values;
  /** The other inputs of the graph. */
  readonly given: Values;
}

export type Answer = {
  readonly loss: Value;
  /** Of the size of their values, in the order of `of`. */
  readonly gradients: readonly Value[];
};

/** A value of a graph and its gradients, by the automatic differentiation of TensorFlow.js. The caller disposes of them. */
export function lossAndGradients(tf: TensorFlow, program: Program, { loss, of, given }: Question): Answer {
  const all = new Map([...given, ...of]);
  const lossOf = (): Value => evaluate(tf, program, { wanted: loss, given: all });
  return tf.tidy(() => {
    // What `tf.grads` does, but values that the loss does not depend on are no failure: they have no gradient.
    const { value, grads } = tf.engine().gradients(lossOf, [...of.values()], undefined, true);
    const found: readonly (Value | null)[] = grads;
    return { loss: value, gradients: Array.from(of.values(), ({ shape }, i) => found[i] ?? tf.zeros(shape)) };
  });
}
