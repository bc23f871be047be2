import type { Ops } from '../gradients/ops.ts';
import { likeliestClass } from './likeliest-class.ts';
import type { LossValues } from './loss.ts';

/** How the units of a batch lie to each other, each [N, N]. */
export interface UnitPairs {
  /** Cosine of the angle between their embeddings. */
  readonly similarity: string;
  /** 1 for two units of one class, else 0; none is a pair with itself. */
  readonly alike: string;
  /** 1 for two units of different classes, else 0. */
  readonly unlike: string;
}

/** Units of weight 0 are in no pair. */
export function unitPairs(
  ops: Ops,
  { embedding, targets, weights }: Pick<LossValues, 'embedding' | 'targets' | 'weights'>,
): UnitPairs {
  const [count = 0] = ops.dims(embedding);
  const isPart = ops.reshape(ops.cast(ops.greater(weights, 0), 'float32'), [count, 1]);
  const classes = ops.mul(likeliestClass(ops, targets), isPart);
  const isSame = ops.gemm(classes, classes, { b: true });
  const directions = unitRows(ops, embedding);
  return {
    similarity: ops.gemm(directions, directions, { b: true }),
    alike: ops.mul(isSame, offDiagonal(ops, count)),
    unlike: ops.sub(ops.gemm(isPart, isPart, { b: true }), isSame),
  };
}

/** Rows of length 1; one of zeros stays one. */
function unitRows(ops: Ops, rows: string): string {
  const squares = ops.sum(ops.mul(rows, rows), [1], true);
  return ops.div(rows, ops.node('Sqrt', [ops.add(squares, 1e-8)]));
}

function offDiagonal(ops: Ops, count: number): string {
  const values = Float32Array.from({ length: count * count }, (_, at) => Number(at % (count + 1) !== 0));
  return ops.numbers([count, count], values);
}
