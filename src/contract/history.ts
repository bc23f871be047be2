import { z } from 'zod';
import { journalEntrySchema } from '#core/journal.ts';
import { committedSchema } from './labels.ts';
import { procedure } from './problem.ts';

/** A line of the time line: a journal row without its changes. */
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
  .extend({ changes: z.number().int(), undone: z.boolean() });
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
