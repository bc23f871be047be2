import { z } from 'zod';
import { sourceIdSchema } from '../ids.ts';

/** A folder that images were added from. Only `root` changes when the folder moves; images keep relative paths. */
export const sourceSchema = z.object({
  id: sourceIdSchema,
  name: z.string().min(1),
  /**
   * Absolute path on the machine that works on the project, or `.` or `./…` (with `/`) where the folder lies inside
   * the project's own, which may move.
   */
  root: z.string().min(1),
  /** Milliseconds since 1970-01-01 UTC. */
  addedAt: z.number().int(),
});
export type Source = z.infer<typeof sourceSchema>;
