import { z } from 'zod';
import { procedure } from './problem.ts';

/** What is personal and not part of a project. */
export const preferencesSchema = z.object({
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  locale: z.enum(['en', 'ko']).default('en'),
  keymap: z.enum(['emend', 'cvat', 'labelme']).default('emend'),
  /** Height of a gallery row in pixels. */
  thumbnailSize: z.number().int().min(48).max(512).default(128),
  inspectorOpen: z.boolean().default(true),
  autoAdvance: z.boolean().default(true),
  /** Retrain the head after corrections, when the person rests. */
  backgroundTraining: z.boolean().default(true),
  annotator: z.string().min(1).max(100).default('me'),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const preferenceProcedures = {
  get: procedure.output(preferencesSchema),
  set: procedure.input(preferencesSchema.partial()).output(preferencesSchema),
};
