import type { Regime, RunPart } from '#contract/training.ts';
import type { Point, Series } from '../../ui/charts/series-plot.tsx';

/** What the end of a line is called. */
export interface SeriesWords {
  readonly current: (part: RunPart, last: Point) => string;
  readonly regime: (regime: Regime) => string;
}

/** Each point is the mean of those up to this share of the part before it: steps scatter, their trend is what tells. */
const meanOver = 0.05;

function lossesOf({ losses, steps }: RunPart): Point[] {
  let from = 0;
  return losses.map(({ step }, at) => {
    while ((losses[from]?.step ?? step) < step - meanOver * steps) from++;
    const near = losses.slice(from, at + 1);
    return { x: step, y: near.reduce((sum, { loss }) => sum + loss, 0) / near.length };
  });
}

const accuraciesOf = ({ epochs }: RunPart): Point[] =>
  epochs.map(({ epoch, accuracy }) => ({ x: epoch, y: accuracy }));

/** The loss of each part by step; the last part stands out. */
export function lossSeries(parts: readonly RunPart[], words: SeriesWords): readonly Series[] {
  return seriesOf(parts, lossesOf, words);
}

/** The accuracy of each part by epoch, on what it held back. */
export function accuracySeries(parts: readonly RunPart[], words: SeriesWords): readonly Series[] {
  return seriesOf(parts, accuraciesOf, words);
}

/** The current part is named with its value; of every regime before it, its last part says what it was. */
function seriesOf(
  parts: readonly RunPart[],
  pointsOf: (part: RunPart) => Point[],
  words: SeriesWords,
): readonly Series[] {
  const current = parts.at(-1);
  return parts.map((part, at) => {
    const points = pointsOf(part);
    const last = points.at(-1);
    const isLastOfItsRegime = parts[at + 1]?.regime !== part.regime;
    const id = `${part.regime}-${part.fold ?? 'all'}`;
    if (part === current && last !== undefined) {
      return { id, points, isCurrent: true, label: words.current(part, last) };
    }
    const label = isLastOfItsRegime && part !== current ? words.regime(part.regime) : undefined;
    return { id, points, isCurrent: part === current, label };
  });
}

/** The largest loss that is drawn; 0 while there is none. */
export function largestLoss(parts: readonly RunPart[]): number {
  return Math.max(0, ...parts.flatMap(({ losses }) => losses.map(({ loss }) => loss)));
}
