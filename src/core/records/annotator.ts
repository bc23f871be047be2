import { z } from 'zod';
import { annotatorIdSchema } from '../ids.ts';

/** Somebody who gives labels. */
export const annotatorSchema = z.object({
  id: annotatorIdSchema,
  name: z.string().min(1).max(100),
});
export type Annotator = z.infer<typeof annotatorSchema>;
