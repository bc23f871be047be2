import { must } from '#base/assert.ts';

/** A way of training and which of the units it predicted right, none of which it had learned from. */
export interface Contender<Regime extends string> {
  readonly regime: Regime;
  /** 1 or 0 by unit, the same units for all. */
  readonly right: Uint8Array;
}

export interface Compared<Regime extends string> {
  readonly regime: Regime;
  readonly accuracy: number;
  /** Mean of the paired differences to the one that was preferred so far, and its standard error; null for the first. */
  readonly gain: number | null;
  readonly standardError: number | null;
  readonly isChosen: boolean;
}

/**
 * Chooses among ways of training, the cheapest first: a dearer one is preferred only where its gain exceeds one standard
 * error, so that chance alone seldom makes a person wait.
 */
export function chooseRegime<Regime extends string>(
  contenders: readonly Contender<Regime>[],
): readonly Compared<Regime>[] {
  let preferred = must(contenders[0], 'there is a way to train');
  const compared = contenders.map((contender, at) => {
    const accuracy = mean(contender.right);
    if (at === 0) return { regime: contender.regime, accuracy, gain: null, standardError: null };
    const differences = Float64Array.from(
      contender.right,
      (right, unit) => right - (preferred.right[unit] ?? 0),
    );
    const gain = mean(differences);
    const standardError = standardErrorOf(differences, gain);
    if (gain > standardError) preferred = contender;
    return { regime: contender.regime, accuracy, gain, standardError };
  });
  return compared.map((each) => ({ ...each, isChosen: each.regime === preferred.regime }));
}

function mean(values: Uint8Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function standardErrorOf(values: Float64Array, around: number): number {
  let sum = 0;
  for (const value of values) sum += (value - around) ** 2;
  return Math.sqrt(sum / Math.max(1, values.length - 1) / Math.max(1, values.length));
}
