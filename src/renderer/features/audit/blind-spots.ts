import type { ModelInfo } from '#contract/model.ts';
import type { ClassId } from '#core/ids.ts';

/** With fewer labels, a class cannot be told from a few odd images. */
export const leastForAudit = 10;
/** A class that is recognised less often gets its own labels doubted. */
const leastRecall = 0.2;

/** The classes about whose labels an audit says little. */
export interface BlindSpots {
  readonly rare: readonly ClassId[];
  /** Enough labels, but hardly ever recognised; certain even at the upper end of the interval. */
  readonly unrecognised: readonly ClassId[];
}

/** What the audit of a model cannot judge, from what was measured when it was made. */
export function blindSpots({ perClass }: Pick<ModelInfo, 'perClass'>): BlindSpots {
  const used = perClass.filter(({ support }) => support > 0);
  const rare = used.filter(({ support }) => support < leastForAudit);
  const unrecognised = used.filter(
    ({ support, recall }) => support >= leastForAudit && recall !== null && recall.high < leastRecall,
  );
  return { rare: rare.map((item) => item.class), unrecognised: unrecognised.map((item) => item.class) };
}
