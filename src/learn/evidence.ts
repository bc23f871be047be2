import type { Matrix } from './algebra.ts';
import { fitCautiousTemperature, softmaxRows } from './temperature.ts';

// Neighbours are right about as often as the head but far too sure of it: their logarithm counts half. Measured in
// docs/adr/0006-suspect-score.md.
const neighbourWeight = 0.5;

/**
 * What head and neighbours together say about every row: a product of experts, calibrated by one temperature.
 * @param head calibrated out-of-fold probabilities
 * @param vote smoothed votes of the neighbours
 */
export function combineEvidence(head: Matrix, vote: Matrix, labels: Int32Array): Matrix<Float64Array> {
  const data = Float64Array.from(
    head.data,
    (p, at) => Math.log(p) + neighbourWeight * Math.log(vote.data[at] as number),
  );
  const logits = { data, rows: head.rows, cols: head.cols };
  return softmaxRows(logits, fitCautiousTemperature(logits, labels));
}
