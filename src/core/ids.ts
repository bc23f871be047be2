import { z } from 'zod';

const id = z.string().regex(/^[0-9a-z-]{1,64}$/);

/** Identifies a root folder that images were added from. */
export const sourceIdSchema = id.brand<'SourceId'>();
export type SourceId = z.infer<typeof sourceIdSchema>;

/** Identifies an image of the project. */
export const imageIdSchema = id.brand<'ImageId'>();
export type ImageId = z.infer<typeof imageIdSchema>;

/** Identifies a class; never changes and is never used again. */
export const classIdSchema = id.brand<'ClassId'>();
export type ClassId = z.infer<typeof classIdSchema>;

/** Identifies a person (or program) who gives labels. */
export const annotatorIdSchema = id.brand<'AnnotatorId'>();
export type AnnotatorId = z.infer<typeof annotatorIdSchema>;

/** What carries a label: a whole image, whose unit has the image's own id, or (later) one object on it. */
export const unitIdSchema = id.brand<'UnitId'>();
export type UnitId = z.infer<typeof unitIdSchema>;

/** The unit of a whole image. */
export function imageUnit(image: ImageId): UnitId {
  return image as string as UnitId;
}
