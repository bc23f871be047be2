import { z } from 'zod';
import { annotatorIdSchema, classIdSchema, imageIdSchema, sourceIdSchema, unitIdSchema } from '#core/ids.ts';
import { imageSchema, splitSchema } from '#core/records/image.ts';
import { labelSchema } from '#core/records/label.ts';
import { verdictSchema } from '#core/records/verdict.ts';
import { startedSchema } from './job.ts';
import { procedure } from './problem.ts';
import { suspectSchema } from './review.ts';

/** Which images to show: every given condition must hold, an empty list means any. */
export const imageFilterSchema = z.object({
  classes: z.array(classIdSchema).default([]),
  predicted: z.array(classIdSchema).default([]),
  annotators: z.array(annotatorIdSchema).default([]),
  sources: z.array(sourceIdSchema).default([]),
  splits: z.array(splitSchema).default([]),
  labelled: z.boolean().nullable().default(null),
  /** At least so probably wrong (`wrong` of a suspect), and not decided about. */
  suspicion: z.number().min(0).max(1).nullable().default(null),
  /** Given and predicted class differ. */
  disagreeing: z.boolean().default(false),
  /** Part of the path, case ignored. */
  text: z.string().default(''),
});
export type ImageFilter = z.infer<typeof imageFilterSchema>;

export const sortKeys = [
  'path',
  'added',
  'labelled',
  'class',
  'predicted',
  'suspicion',
  'uncertainty',
] as const;
export const imageSortSchema = z.object({
  by: z.enum(sortKeys).default('path'),
  descending: z.boolean().default(false),
});
export type ImageSort = z.infer<typeof imageSortSchema>;

export const predictionSchema = z.object({
  class: classIdSchema,
  /** Calibrated probability of that class. */
  confidence: z.number(),
  /** The most likely classes with their probabilities, most likely first, at most five. */
  top: z.array(z.object({ class: classIdSchema, probability: z.number() })),
});

/** What a tile, the image view and the inspector show of one image. */
export const imageDetailSchema = imageSchema.extend({
  unit: unitIdSchema,
  /** The current label. */
  given: labelSchema.nullable(),
  /** Everybody's labels, newest first. */
  labels: z.array(labelSchema),
  prediction: predictionSchema.nullable(),
  suspect: suspectSchema.nullable(),
  verdict: verdictSchema.nullable(),
});
export type ImageDetail = z.infer<typeof imageDetailSchema>;

/** Where labels come from when images are added. */
export const labelOriginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** The first sub-folder is the class. */
  z.object({ kind: z.literal('folders') }),
  /** `path,label[,annotator,time,group,split]`, paths relative to the folder. */
  z.object({ kind: z.literal('csv'), file: z.string().min(1) }),
]);
export type LabelOrigin = z.infer<typeof labelOriginSchema>;

export const imageProcedures = {
  /** Ids in order, with width ÷ height for the layout; the same positions in both. */
  list: procedure
    .input(z.object({ filter: imageFilterSchema, sort: imageSortSchema }))
    .output(z.object({ ids: z.array(imageIdSchema), aspects: z.array(z.number()), seq: z.number().int() })),
  details: procedure
    .input(z.object({ ids: z.array(imageIdSchema).max(1000) }))
    .output(z.array(imageDetailSchema)),
  /** The most similar images, all or with one current label; cosine similarity of embeddings, most similar first. */
  neighbours: procedure
    .input(
      z.object({
        id: imageIdSchema,
        class: classIdSchema.nullable(),
        count: z.number().int().min(1).max(50),
      }),
    )
    .output(z.array(z.object({ id: imageIdSchema, similarity: z.number(), hash: z.string() }))),
  /** Adds a folder's images in the background. Files that were added before are left as they are. */
  add: procedure
    .input(
      z.object({
        folder: z.string().min(1),
        labels: labelOriginSchema,
        /** Who gave the labels, where the CSV does not say. */
        annotator: z.string().min(1).max(100).nullable(),
      }),
    )
    .output(startedSchema),
  /** Counts per value, to fill the filter bar. */
  facets: procedure.output(
    z.object({
      classes: z.record(z.string(), z.number()),
      predicted: z.record(z.string(), z.number()),
      annotators: z.record(z.string(), z.number()),
      sources: z.record(z.string(), z.number()),
      splits: z.record(z.string(), z.number()),
      unlabelled: z.number().int(),
    }),
  ),
};
