import { z } from 'zod';
import { journalEntrySchema } from '#core/journal.ts';
import { committedSchema } from './labels.ts';
import { procedure } from './problem.ts';

/** What was done, with the values for its sentence. */
const doneActionSchema = journalEntrySchema.pick({ action: true, detail: true });

/** A line of the time line: an action, as the last row of its batch, without the changes. */
export const historyEntrySchema = journalEntrySchema
  .pick({
    seq: true,
    id: true,
    time: true,
    annotator: true,
    session: true,
    action: true,
    detail: true,
    batch: true,
  })
  .extend({
    /** Changes of all rows of the batch. */
    changes: z.number().int(),
    undone: z.boolean(),
    /** What an undo took back or a redo did again; null for every other action. */
    targetAction: doneActionSchema.nullable(),
  });
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const historyProcedures = {
  /** Newest first, from before the given row. */
  list: procedure
    .input(z.object({ before: z.number().int().nullable(), limit: z.number().int().min(1).max(500) }))
    .output(z.array(historyEntrySchema)),
  /** What undo and redo would do, or null. */
  state: procedure.output(
    z.object({ undo: historyEntrySchema.nullable(), redo: historyEntrySchema.nullable() }),
  ),
  undo: procedure.output(committedSchema),
  redo: procedure.output(committedSchema),
  /** Takes back everything after the given row, in one undoable action. */
  restore: procedure.input(z.object({ seq: z.number().int() })).output(committedSchema),
};
