import { z } from 'zod';
import { changeSchema } from './changes.ts';
import { annotatorIdSchema } from './ids.ts';

/** What a person did, for the history list. Each name has a sentence in the catalogues. */
export const actionNames = [
  'project.create',
  'annotator.create',
  'images.add',
  'images.describe',
  'source.relocate',
  'class.create',
  'class.update',
  'class.merge',
  'class.remove',
  'label.set',
  'label.clear',
  'label.import',
  'suspect.decide',
  'history.restore',
  'undo',
  'redo',
] as const;
const actionNameSchema = z.enum(actionNames);
export type ActionName = z.infer<typeof actionNameSchema>;

/**
 * One user action. The journal is append-only and is the truth; the tables can be rebuilt from it.
 * Rows of one action that is too large for one row (an import) share a `batch` and are undone together.
 */
export const journalEntrySchema = z.object({
  /** Position in this project's journal, from 1. */
  seq: z.number().int().min(1),
  /** `annotator:counter`, unique across exchanged projects. */
  id: z.string(),
  /** Milliseconds since 1970-01-01 UTC. */
  time: z.number().int(),
  annotator: annotatorIdSchema,
  session: z.string(),
  action: actionNameSchema,
  /** Values for the history sentence, for example `{ class: 'monocyte', count: 12 }`. */
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  batch: z.string(),
  /** The batch that this entry takes back (undo) or does again (redo). */
  target: z.string().nullable(),
  changes: z.array(changeSchema),
  /** SHA-256 of the row before, in hexadecimal; 64 zeros for the first. */
  previousHash: z.string(),
  hash: z.string(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;
