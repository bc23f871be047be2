import type { z } from 'zod';
import { annotatorSchema } from './annotator.ts';
import { classSchema } from './class.ts';
import { imageSchema } from './image.ts';
import { labelSchema } from './label.ts';
import { sourceSchema } from './source.ts';
import { verdictSchema } from './verdict.ts';

/** Every kind of record that the journal changes, with its schema. The store has one table per kind. */
export const recordSchemas = {
  annotator: annotatorSchema,
  source: sourceSchema,
  class: classSchema,
  image: imageSchema,
  label: labelSchema,
  verdict: verdictSchema,
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type RecordOf<K extends RecordKind> = z.infer<(typeof recordSchemas)[K]>;

/** The kinds in an order in which they can be written: what is referred to comes first. */
export const recordKinds = Object.keys(recordSchemas) as readonly RecordKind[];
