import { z } from 'zod';
import { annotatorIdSchema, classIdSchema, unitIdSchema, type AnnotatorId, type UnitId } from '../ids.ts';

/**
 * A class given to a unit by somebody. One per unit and annotator; what somebody said earlier is in the journal.
 * The unit's current label is the newest of its labels.
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

/** The id of the label that one annotator gives to one unit. */
export function labelId(unit: UnitId, annotator: AnnotatorId): string {
  return `${unit}:${annotator}`;
}
