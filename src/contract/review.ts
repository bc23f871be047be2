import { z } from 'zod';
import { classIdSchema, imageIdSchema, unitIdSchema } from '#core/ids.ts';
import { decisionSchema } from '#core/records/verdict.ts';
import { estimateSchema } from './estimate.ts';
import { committedSchema } from './labels.ts';
import { procedure } from './problem.ts';

/** One finding behind a suspicion; the window puts it into words from the catalogues. */
export const reasonSchema = z.discriminatedUnion('kind', [
  /** A model that never saw this label gives the given class this probability. */
  z.object({ kind: z.literal('self-confidence'), given: z.number(), suggested: z.number() }),
  /** Of the nearest labelled images, so many carry the given and the suggested class. */
  z.object({
    kind: z.literal('neighbours'),
    count: z.number().int(),
    given: z.number().int(),
    suggested: z.number().int(),
  }),
  /** How far the given class is behind the best other one: (p(given) − max other + 1) / 2. */
  z.object({ kind: z.literal('margin'), value: z.number() }),
  /** How often labels of the given class turn out as the suggested one, as the noise matrix estimates. */
  z.object({ kind: z.literal('class-pair'), share: z.number() }),
]);
export type Reason = z.infer<typeof reasonSchema>;

/** A labelled unit is a suspect when its label is at least this likely to be wrong: wherever suspects are told apart. */
export const suspectFrom = 0.5;

/** How the audit sees one labelled unit. */
export const suspectSchema = z.object({
  unit: unitIdSchema,
  given: classIdSchema,
  /** The most likely other class. */
  suggested: classIdSchema,
  /** 0–1, low = suspect. */
  score: z.number().min(0).max(1),
  /** 1 = most suspect. */
  rank: z.number().int().min(1),
  /** Estimated probability that the label is wrong. */
  wrong: z.number().min(0).max(1),
  reasons: z.array(reasonSchema),
});
export type Suspect = z.infer<typeof suspectSchema>;

/** A labelled unit in the terminal's words. */
export const rankedUnitSchema = z.object({
  /** Path relative to its root. */
  image: z.string(),
  /** Null for a whole image. */
  object: z.string().nullable(),
  given: z.string(),
  suggested: z.string(),
  score: z.number(),
  rank: z.number().int(),
  reasons: z.array(reasonSchema),
});
export type RankedUnit = z.infer<typeof rankedUnitSchema>;

/** What a person decided about one suspect; `class` is null unless the decision is `changed`. */
export const decideSchema = z.object({
  unit: unitIdSchema,
  decision: decisionSchema,
  class: classIdSchema.nullable(),
});
export type Decide = z.infer<typeof decideSchema>;

export const reviewProcedures = {
  /** The queue: suspects nobody decided about, or whose evidence changed since, most suspect first. */
  queue: procedure
    .input(
      z.object({
        limit: z.number().int().min(1).max(1000),
        /** Only suspects of this class pair, from a cell of the matrix. */
        given: classIdSchema.nullable(),
        suggested: classIdSchema.nullable(),
      }),
    )
    .output(
      z.object({
        items: z.array(suspectSchema.extend({ image: imageIdSchema })),
        /** All that wait in the queue. */
        waiting: z.number().int(),
        reviewed: z.number().int(),
        fixed: z.number().int(),
        /** Of the next 20 in the queue, how many should be wrong. */
        expectedInNext20: z.number(),
      }),
    ),
  /** Which labels should be which: per class pair, what the queue holds; most wrong first. */
  pairs: procedure.output(
    z.array(
      z.object({
        given: classIdSchema,
        suggested: classIdSchema,
        /** Suspects of this pair in the queue. */
        waiting: z.number().int(),
        /** How many of them should be wrong: the sum of `wrong`. */
        wrong: z.number(),
      }),
    ),
  ),
  /** Every labelled unit as the last audit ranked it, most suspect first, with names in place of ids. */
  ranking: procedure.output(
    z.object({
      units: z.array(rankedUnitSchema),
      estimatedErrors: estimateSchema,
      seconds: z.number(),
    }),
  ),
  /** Records a decision; `accepted` gives the suggested class, `changed` the class named. */
  decide: procedure.input(decideSchema).output(committedSchema),
  /** Records the decisions about a whole grid of suspects as one undoable action. */
  decideAll: procedure
    .input(z.object({ decisions: z.array(decideSchema).min(1).max(1000) }))
    .output(committedSchema),
};
