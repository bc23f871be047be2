import { z } from 'zod';
import { imageIdSchema } from '#core/ids.ts';
import { problemSchema } from './problem.ts';
import { inputSideSchema } from './trainer.ts';
import { augmentationSchema } from './training.ts';

// What a shell needs besides the procedures: pictures, which never travel over them, and in Electron the messages
// between the main process and the engine process.

/** `thumbnail` for the gallery, `full` for looking closely. */
export const pictureSizeSchema = z.enum(['thumbnail', 'full']);
export type PictureSize = z.infer<typeof pictureSizeSchema>;

/** An encoded image as a window can show it; `type` is its media type. */
export const pictureSchema = z.object({
  bytes: z.instanceof(Uint8Array) as z.ZodType<Uint8Array>,
  type: z.string(),
});
export type Picture = Readonly<z.infer<typeof pictureSchema>>;

/** Which picture is wanted. */
export const pictureRequestSchema = z.object({ id: imageIdSchema, size: pictureSizeSchema });
export type PictureRequest = Readonly<z.infer<typeof pictureRequestSchema>>;

/** Which variant of an image is wanted: scaled to the side of a network's input, then varied as training varies it. */
export const variantRequestSchema = z.object({
  id: imageIdSchema,
  side: inputSideSchema,
  settings: augmentationSchema,
  seed: z.number().int(),
});
export type VariantRequest = Readonly<z.infer<typeof variantRequestSchema>>;

/** From Electron's main process to the engine process. `connect` carries one MessagePort: a window's line. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('open'), folder: z.string().min(1) }),
  pictureRequestSchema.extend({ type: z.literal('picture'), call: z.number().int() }),
  variantRequestSchema.extend({ type: z.literal('variant'), call: z.number().int() }),
  z.object({ type: z.literal('close') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** From the engine process to Electron's main process. `picture` and `no-picture` answer for variants, too. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('picture'), call: z.number().int(), picture: pictureSchema }),
  z.object({ type: z.literal('no-picture'), call: z.number().int(), problem: problemSchema }),
  /** Another project is open, or none: what to open again if the process dies. */
  z.object({ type: z.literal('project'), folder: z.string().nullable() }),
  /** Something that was asked without a window to tell it to (opening a project by argument). */
  z.object({ type: z.literal('problem'), problem: problemSchema }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
