import type { ClassId } from '#core/ids.ts';
import type { MatrixClass } from '../../ui/charts/class-matrix.tsx';
import { mostConfused } from '../../ui/charts/most-confused.ts';

/** What the queue holds of one class pair. */
export interface Pair {
  readonly given: ClassId;
  readonly suggested: ClassId;
  readonly waiting: number;
  readonly wrong: number;
}

/** Class pairs as a square table over the classes that take part in one. */
export interface PairTable {
  readonly classes: readonly MatrixClass[];
  /** Expected wrong labels, given × suggested. */
  readonly wrong: readonly (readonly number[])[];
  /** Suspects, given × suggested. */
  readonly waiting: readonly (readonly number[])[];
  /** Classes that take part but did not fit. */
  readonly left: number;
}

/** Lays class pairs out as a table, classes in their order; those that nobody confuses are left out. */
export function pairTable(pairs: readonly Pair[], classes: readonly MatrixClass[]): PairTable {
  const involved = classes.filter(({ id }) =>
    pairs.some(({ given, suggested }) => given === id || suggested === id),
  );
  const cell = (given: ClassId, suggested: ClassId): Pair | undefined =>
    pairs.find((pair) => pair.given === given && pair.suggested === suggested);
  const all = involved.map((row) => involved.map((column) => cell(row.id, column.id)?.wrong ?? 0));
  const shown = mostConfused(all)
    .map((at) => involved[at])
    .filter((item) => item !== undefined);
  const over = (value: (pair: Pair) => number) =>
    shown.map((row) =>
      shown.map((column) => {
        const pair = cell(row.id, column.id);
        return pair === undefined ? 0 : value(pair);
      }),
    );
  return {
    classes: shown,
    wrong: over((pair) => pair.wrong),
    waiting: over((pair) => pair.waiting),
    left: involved.length - shown.length,
  };
}
