import { must } from '../../src/base/assert.ts';
import { seededRandom } from '../../src/base/random.ts';
import { ModelBuilder } from '../../src/graph/builder.ts';
import { differentiate } from '../../src/graph/differentiate.ts';
import { Ops } from '../../src/graph/gradients/ops.ts';
import { checkGradients } from './gradient-check.ts';
import { addInputs } from './operator-cases/all.ts';
import { evaluate, programOf, type Feeds } from './reference/evaluate.ts';
import { real, type Value } from './reference/value.ts';

/** A loss on values that are fed by name. */
export type AddLoss = (ops: Ops) => string;

const opset = 18;

/** Numbers of a loss in double precision. */
export interface LossNumbers {
  /** Of each unit, or the only one. */
  readonly loss: readonly number[];
  /** Of its mean, for each of `of`: row after row. */
  readonly gradients: readonly (readonly number[])[];
}

/** A loss and the gradients of its mean by the reference. */
export function lossNumbers(add: AddLoss, feeds: Feeds, of: readonly string[] = ['logits']): LossNumbers {
  const builder = new ModelBuilder('loss', opset);
  addInputs(builder, feeds);
  const ops = new Ops(builder);
  const units = add(ops);
  const axes = [...ops.dims(units).keys()];
  const mean = ops.reshape(ops.mean(units, axes), []);
  const gradients = differentiate(builder, { loss: mean, of });
  if (!gradients.ok) throw new Error(gradients.error.reason);
  const values = evaluate(programOf(builder), feeds);
  const numbers = (name: string): readonly number[] => [...must(values.get(name), name).data];
  return { loss: numbers(units), gradients: gradients.value.map(numbers) };
}

/** Throws unless gradients are right by difference quotients and in onnxruntime, as `checkGradients` says. */
export async function checkLoss(
  add: AddLoss,
  feeds: Feeds,
  of: readonly string[] = ['logits'],
): Promise<void> {
  await checkGradients({ build: (builder) => [add(new Ops(builder))], feeds, of: () => of, opset });
}

/** Seeded normal numbers. */
export function noise(dims: readonly [number, number], seed: number, scale = 1): Value {
  const random = seededRandom(seed);
  return real(
    dims,
    Float64Array.from({ length: dims[0] * dims[1] }, () => scale * random.normal()),
  );
}

/** Rows of numbers. */
export function rows(...values: readonly (readonly number[])[]): Value {
  return real([values.length, values[0]?.length ?? 0], values.flat());
}

/** One-hot rows; a share of each may be spread over all classes. */
export function oneHot(labels: readonly number[], classCount: number, smoothing = 0): Value {
  const each = labels.map((label) =>
    Array.from({ length: classCount }, (_, k) => smoothing / classCount + (k === label ? 1 - smoothing : 0)),
  );
  return rows(...each);
}
