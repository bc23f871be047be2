import { must } from '../../src/base/assert.ts';
import type { Program } from '../../src/trainer/tensorflow/evaluate.ts';
import { lossAndGradients } from '../../src/trainer/tensorflow/loss-and-gradients.ts';
import {
  scoped,
  type TensorFlow,
  type Value as TensorFlowValue,
} from '../../src/trainer/tensorflow/tensor-flow.ts';
import { openTensorFlow } from '../../src/trainer/tensorflow/open-tensorflow.ts';
import { value } from './project.ts';
import type { Feeds } from './reference/evaluate.ts';
import type { Value } from './reference/value.ts';

/** TensorFlow.js without a device, opened as a training process would open the package that has one. */
export async function plainTensorFlow(): Promise<TensorFlow> {
  await import('./tensorflow-hooks.ts');
  return value(await openTensorFlow(() => import('./plain-tensorflow.ts')));
}

/** What is differentiated: a scalar of a graph, with respect to some of what is fed or stored. */
export interface Differentiated {
  readonly program: Program;
  readonly loss: string;
  readonly of: Feeds;
  readonly feeds: Feeds;
}

/** The loss and its gradients by the automatic differentiation of TensorFlow.js. */
export function tensorFlowGradients(
  tf: TensorFlow,
  { program, loss, of, feeds }: Differentiated,
): readonly ArrayLike<number>[] {
  const valuesOf = (values: Feeds): ReadonlyMap<string, TensorFlowValue> =>
    new Map(Object.entries(values).map(([name, value]) => [name, toTensorFlow(tf, value)]));
  return scoped(tf, () => {
    const answer = lossAndGradients(tf, program, { loss, of: valuesOf(of), given: valuesOf(feeds) });
    return [answer.loss, ...answer.gradients].map((value) => value.dataSync());
  });
}

function toTensorFlow(tf: TensorFlow, { type, dims, data }: Value): TensorFlowValue {
  const kind = type === 'bool' ? 'bool' : type === 'float32' ? 'float32' : 'int32';
  return tf.tensor([...data], [...dims], kind);
}

/** The largest difference between two lists of numbers, each relative to the largest number expected there. */
export function worstDifference(
  found: readonly ArrayLike<number>[],
  expected: readonly ArrayLike<number>[],
  least = 1e-2,
): number {
  const differences = expected.map((numbers, i) =>
    differenceOf(must(found[i], 'as many lists'), numbers, least),
  );
  return differences.reduce((worst, each) => (each <= worst ? worst : each), 0);
}

/** Numbers below the least are as good as 0. */
function differenceOf(found: ArrayLike<number>, expected: ArrayLike<number>, least: number): number {
  if (found.length !== expected.length) return Infinity;
  let [difference, scale] = [0, least];
  for (let at = 0; at < expected.length; at++) {
    const [a, b] = [expected[at] ?? NaN, found[at] ?? NaN];
    scale = Math.max(scale, Math.abs(a));
    difference = Math.abs(a - b) <= difference ? difference : Math.abs(a - b);
  }
  return difference / scale;
}
