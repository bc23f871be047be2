import { z } from 'zod';
import { classIdSchema, imageIdSchema } from '#core/ids.ts';
import { estimateSchema } from './estimate.ts';
import { startedSchema } from './job.ts';
import { procedure } from './problem.ts';
import { inputSideSchema } from './trainer.ts';
import {
  candidateSchema,
  defaultChoices,
  deviceIdSchema,
  regimeSchema,
  runPartSchema,
  runSchema,
  trainingChoicesSchema,
  trainingPlanSchema,
  trainingRequestSchema,
} from './training.ts';

export const classMetricsSchema = z.object({
  class: classIdSchema,
  /** Units with this given label. */
  support: z.number().int(),
  /** Null where nothing was predicted, or nothing is there. */
  precision: estimateSchema.nullable(),
  recall: estimateSchema.nullable(),
});

/** What the corrections since the model before have bought, on the units both models judged out of fold. */
export const roundSchema = z.object({
  previous: z.string(),
  /** Labels that differ between the two. */
  corrected: z.number().int(),
  /** Accuracy of the previous model against the labels of its time, and against today's. */
  before: z.number(),
  beforeOnNewLabels: z.number(),
  after: z.number(),
  /** Paired difference after − beforeOnNewLabels, with its 95 % bootstrap interval. */
  gain: estimateSchema,
});

/** A trained model with everything that was measured when it was made. */
export const modelInfoSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  regime: regimeSchema,
  /** What makes the embeddings that it reads: where a network was trained, the trained one. */
  backbone: z.string(),
  /** The backbone that the training began with. */
  base: z.string().nullable().default(null),
  /** Trained in the background, in place of the one before that was. */
  isAutomatic: z.boolean().default(false),
  /** The head that the training of a network began with: a model, too. */
  head: z.string().nullable().default(null),
  /** Journal row up to which labels were seen. */
  seq: z.number().int(),
  units: z.number().int(),
  /** Order of the rows and columns of everything below. */
  classes: z.array(classIdSchema),
  seconds: z.number(),
  /** The strength of the L2 penalty that cross-validation chose; null where a network was trained. */
  l2: z.number().nullable(),
  choices: trainingChoicesSchema.default(defaultChoices),
  /**
   * How much rare classes are given an advantage in what is predicted: the tau of logits − tau · ln prior (Menon et al.
   * 2021), chosen by cross-validated balanced accuracy. 0 = none.
   */
  adjustment: z.number().default(0),
  /** The regimes that were compared, the cheapest first; empty where none was. */
  candidates: z.array(candidateSchema).default([]),
  /** How the training went. */
  parts: z.array(runPartSchema).default([]),
  temperature: z.number(),
  /** On units that were not learned from. */
  crossValidated: z.object({
    /** Folds that were held back in turn. */
    folds: z.number().int(),
    /** Units in them; null = all that have a label. */
    units: z.number().int().nullable().default(null),
    /** Of predictions as people see them, with the adjustment; so are `perClass` and `confusion`. */
    accuracy: estimateSchema,
    balancedAccuracy: estimateSchema,
    /** Of the calibrated probabilities before the adjustment, which labels are judged by. */
    logLoss: z.number(),
    /** Expected calibration error, 15 bins, before the adjustment, too. */
    calibrationError: z.number(),
  }),
  perClass: z.array(classMetricsSchema),
  /** Units by given (row) and out-of-fold predicted class (column). */
  confusion: z.array(z.array(z.number().int())),
  estimatedErrors: estimateSchema,
  round: roundSchema.nullable(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const backboneInfoSchema = z.object({
  id: z.string(),
  /** Length of an embedding; 0 before the built-in one was fitted. */
  dim: z.number().int().min(0),
  /** Side of the square input, in pixels; 0 before the built-in one was fitted. */
  size: z.number().int().min(0),
  builtIn: z.boolean(),
  /** Images that have an embedding of it. */
  embedded: z.number().int(),
});
export type BackboneInfo = z.infer<typeof backboneInfoSchema>;

export const filePredictionSchema = z.object({
  /** Path relative to the folder asked for, or the file's name. */
  image: z.string(),
  class: z.string(),
  /** Calibrated probability by class name. */
  probabilities: z.record(z.string(), z.number()),
});
export type FilePrediction = z.infer<typeof filePredictionSchema>;

/** Two models on the units that both judged without having learned from their labels. */
export const comparisonSchema = z.object({
  first: z.string(),
  second: z.string(),
  units: z.number().int(),
  /** Accuracy of the second − that of the first against the labels as they are now, paired; null without common units. */
  difference: estimateSchema.nullable(),
  /** Units that only the second gets right, and that only the first does. */
  fixed: z.number().int(),
  broken: z.number().int(),
  perClass: z.array(
    z.object({
      class: classIdSchema,
      /** Common units with this label. */
      support: z.number().int(),
      /** Share of them that each gets right. */
      first: z.number(),
      second: z.number(),
    }),
  ),
  /** Images that are predicted differently, those first of which the second is surest; at most 200. */
  flips: z.array(
    z.object({
      image: imageIdSchema,
      given: classIdSchema,
      first: classIdSchema,
      second: classIdSchema,
      confidence: z.number(),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** A device that networks can be trained on, as it was found when it was tried. */
export const deviceSchema = z.object({
  id: deviceIdSchema,
  name: z.string(),
  /** Why it cannot be used and what to do; null where it can. */
  reason: z.string().nullable(),
  /** Floating-point operations a second of a training step, in billions; null where it cannot be used. */
  gflops: z.number().nullable(),
  /** Largest difference of a gradient to the reference, relative to the largest number in it; null as above. */
  gradientError: z.number().nullable(),
});
export type Device = z.infer<typeof deviceSchema>;

const modelChoice = z.object({ model: z.string() });

export const modelProcedures = {
  /** All models, newest first. */
  list: procedure.output(z.array(modelInfoSchema)),
  /** The model whose predictions are shown, or null before the first training. */
  current: procedure.output(modelInfoSchema.nullable()),
  /** What such a training would do now; `isDeep`: judging every label by networks. */
  plan: procedure
    .input(
      trainingRequestSchema.pick({ regime: true }).extend({
        isDeep: z.boolean(),
        /** See `averagingSchema`. */
        isOfFolds: z.boolean(),
      }),
    )
    .output(trainingPlanSchema),
  /** Embeds what is new, trains, predicts and audits. A run that was stopped is dropped. */
  train: procedure.input(trainingRequestSchema).output(startedSchema),
  /** Judges every label by networks that never saw it; the model stays. */
  auditDeep: procedure.input(trainingRequestSchema).output(startedSchema),
  /** The training of a network that goes on or was stopped; null where there is none. */
  run: procedure.output(runSchema.nullable()),
  /** Goes on with the training that was stopped. */
  resume: procedure.output(startedSchema),
  /** Drops the training that was stopped. */
  discardRun: procedure.output(z.object({})),
  /** Makes a model the one whose predictions are shown. */
  promote: procedure.input(modelChoice).output(startedSchema),
  /** Deletes a model that is not the current one. */
  remove: procedure.input(modelChoice).output(z.object({})),
  /** Two models on the labels that neither had learned from. */
  compare: procedure.input(z.object({ first: z.string(), second: z.string() })).output(comparisonSchema),
  /** Writes a model as one ONNX file that takes images: backbone, head, preprocessing, class names and ids. */
  export: procedure
    .input(modelChoice.extend({ file: z.string().min(1) }))
    .output(z.object({ file: z.string() })),
  /** The devices that networks can be trained on, tried when first asked for. */
  devices: procedure.output(z.array(deviceSchema)),
  /** Embeds what has no embedding yet. */
  embed: procedure.input(z.object({ backbone: z.string().nullable() })).output(startedSchema),
  /** Predicts an image file or every image in a folder that need not belong to the project. */
  predict: procedure
    .input(z.object({ path: z.string().min(1), model: z.string().nullable() }))
    .output(startedSchema),
  /** What a predict job found. */
  predictions: procedure.input(z.object({ job: z.string() })).output(z.array(filePredictionSchema)),
  backbones: procedure.output(z.array(backboneInfoSchema)),
  addBackbone: procedure
    .input(
      z.object({
        file: z.string().min(1),
        id: z.string().min(1).nullable(),
        size: inputSideSchema.nullable(),
      }),
    )
    .output(backboneInfoSchema),
};
