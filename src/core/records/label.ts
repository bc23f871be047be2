import { z } from 'zod';
import { annotatorIdSchema, classIdSchema, unitIdSchema, type AnnotatorId, type UnitId } from '../ids.ts';

/**
 * A class given to a unit by somebody. One per unit and annotator; what somebody said earlier is in the journal.
 * The unit's current label is the first in the order of `newestFirst`.
 */
export const labelSchema = z.object({
  /** `unit:annotator`, see `labelId`. */
  id: z.string(),
  unit: unitIdSchema,
  annotator: annotatorIdSchema,
  class: classIdSchema,
  /** Milliseconds since 1970-01-01 UTC. */
  time: z.number().int(),
  /** The run of work it was given in. */
  session: z.string(),
});
export type Label = z.infer<typeof labelSchema>;

/** The order that decides which label of a unit is current: newest first, then the greatest annotator id. */
export function newestFirst(
  a: Pick<Label, 'time' | 'annotator'>,
  b: Pick<Label, 'time' | 'annotator'>,
): number {
  if (a.time !== b.time) return b.time - a.time;
  return a.annotator === b.annotator ? 0 : a.annotator > b.annotator ? -1 : 1;
}

/** The id of the label that one annotator gives to one unit. */
export function labelId(unit: UnitId, annotator: AnnotatorId): string {
  return `${unit}:${annotator}`;
}
