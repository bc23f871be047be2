import { z } from 'zod';
import { imageIdSchema, sourceIdSchema } from '../ids.ts';

/** The sets that images are split into; a group never spans two of them. */
export const splits = ['train', 'train-dev', 'dev', 'test'] as const;
export const splitSchema = z.enum(splits);
export type Split = z.infer<typeof splitSchema>;

/** An image, referenced where it lies: source root + relative path + content hash. */
export const imageSchema = z.object({
  id: imageIdSchema,
  source: sourceIdSchema,
  /** Path relative to the source's root, with forward slashes. */
  path: z.string().min(1),
  /** SHA-256 of the file's bytes, in hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(0),
  /** Size in pixels in display orientation (EXIF applied). */
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  /** EXIF orientation 1–8 of the file; coordinates never use it, exports may. */
  orientation: z.number().int().min(1).max(8),
  /** Decoder's name of the format: `jpeg`, `png`, `tiff` … */
  format: z.string().min(1),
  /** Patient, series, video …: never split across train, dev and test. */
  groupId: z.string().min(1).nullable(),
  split: splitSchema.nullable(),
  addedAt: z.number().int(),
});
export type Image = z.infer<typeof imageSchema>;
