import { z } from 'zod';
import { classIdSchema } from '../ids.ts';

/** A node of the taxonomy. */
export const classSchema = z.object({
  id: classIdSchema,
  name: z.string().min(1).max(200),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  /** The key that labels with this class, as `KeyboardEvent.key` names it. */
  hotkey: z.string().min(1).max(20).nullable(),
  /** Order among all classes, from 0. */
  position: z.number().int().min(0),
  parent: classIdSchema.nullable(),
});
export type Class = z.infer<typeof classSchema>;
