import type { Matrix } from './algebra.ts';
import type { Examples } from './softmax-objective.ts';

/** Predictions of units by a model that had not learned from them. */
export interface Validation {
  /** What logits were divided by. */
  readonly temperature: number;
  /** Calibrated out-of-fold probabilities, units × classes. */
  readonly probabilities: Matrix<Float64Array>;
  /** Mean −ln p(given) of `probabilities`. */
  readonly logLoss: number;
  /** 1 where another fold had an example of the unit's class; 0 where no model could have known it. */
  readonly isJudged: Uint8Array;
}

/** How units are dealt into folds. */
export interface Folds {
  /** The fold of every row. */
  readonly fold: Int32Array;
  readonly folds: number;
}

/** For every fold 1 by row outside of it: what the model that is to predict it may learn from. */
export function masksOf({ fold, folds }: Folds): readonly Uint8Array[] {
  return Array.from({ length: folds }, (_, left) => Uint8Array.from(fold, (own) => (own === left ? 0 : 1)));
}

/**
 * For every row the logits of the model that did not see it; −Infinity for classes that this model had no example of.
 * @param all logits of the models of all folds side by side: rows × (folds · classes)
 * @param active for every fold 1 by class that its model had an example of
 */
export function ownLogits(
  all: Matrix,
  active: readonly Uint8Array[],
  { fold, classCount }: { readonly fold: Int32Array; readonly classCount: number },
): Matrix<Float64Array> {
  const data = new Float64Array(fold.length * classCount).fill(-Infinity);
  for (const [row, own] of fold.entries()) {
    const from = row * all.cols + own * classCount;
    for (let k = 0; k < classCount; k++) {
      if (active[own]?.[k] === 1) data[row * classCount + k] = all.data[from + k] as number;
    }
  }
  return { data, rows: fold.length, cols: classCount };
}

/**
 * Gives a class that a row's model had no example of, though others had, the chance that a new unit is of a new class by
 * the rule of succession; a class that nobody has keeps none.
 */
export function withUnheard(
  { data, rows, cols }: Matrix<Float64Array>,
  labels: Int32Array,
): Matrix<Float64Array> {
  const known = new Set(labels);
  const logits = Float64Array.from(data);
  for (let start = 0; start < rows * cols; start += cols) {
    const own = data.subarray(start, start + cols);
    const top = own.reduce((most, value) => Math.max(most, value), -Infinity);
    const sum = own.reduce((total, value) => total + Math.exp(value - top), 0);
    const unheard = top + Math.log(sum / rows);
    for (const k of known) if (own[k] === -Infinity) logits[start + k] = unheard;
  }
  return { data: logits, rows, cols };
}

/** Which rows have another of their class outside of their fold. */
export function judgedRows({ labels, classCount }: Examples, { fold, folds }: Folds): Uint8Array {
  const elsewhere = new Int32Array(classCount);
  const inside = new Int32Array(classCount * folds);
  for (const [row, label] of labels.entries()) {
    const cell = label * folds + (fold[row] as number);
    elsewhere[label] = (elsewhere[label] as number) + 1;
    inside[cell] = (inside[cell] as number) + 1;
  }
  return Uint8Array.from(labels, (label, row) =>
    (elsewhere[label] as number) > (inside[label * folds + (fold[row] as number)] as number) ? 1 : 0,
  );
}
