/** Rows from the highest score to the lowest, ties in one run, with counts so far: what both curves are made of. */
function* thresholds(
  scores: ArrayLike<number>,
  isPositive: ArrayLike<number | boolean>,
): Generator<{ positives: number; negatives: number }> {
  const order = Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  let positives = 0;
  let negatives = 0;
  for (let place = 0; place < order.length; place++) {
    const row = order[place] as number;
    if (isPositive[row]) positives++;
    else negatives++;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[row]) yield { positives, negatives };
  }
}

/** Area under the receiver operating characteristic: how often a positive scores above a negative, ties half. */
export function areaUnderRoc(scores: ArrayLike<number>, isPositive: ArrayLike<number | boolean>): number {
  let area = 0;
  let last = { positives: 0, negatives: 0 };
  for (const now of thresholds(scores, isPositive)) {
    area += (now.negatives - last.negatives) * 0.5 * (now.positives + last.positives);
    last = now;
  }
  return area / (last.positives * last.negatives);
}

/** Average precision: precision at every threshold, weighted by the recall it adds; high scores are positive. */
export function averagePrecision(scores: ArrayLike<number>, isPositive: ArrayLike<number | boolean>): number {
  let sum = 0;
  let before = 0;
  for (const { positives, negatives } of thresholds(scores, isPositive)) {
    sum += (positives - before) * (positives / (positives + negatives));
    before = positives;
  }
  return sum / before;
}
