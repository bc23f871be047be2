import { z } from 'zod';
import { estimateSchema } from './estimate.ts';
import { jobStepSchema } from './job.ts';
import { problemSchema } from './problem.ts';

// What the engine and the trainer process say to each other, over the IPC channel of `child_process.fork` with
// advanced serialisation (typed arrays travel as they are). A trainer process does one job and ends. Matrices live
// in files that both can read: raw little-endian float32, row after row.

const floats = z.instanceof(Float32Array);
const integers = z.instanceof(Int32Array);
const bytes = z.instanceof(Uint8Array);

/** Side of a backbone's square input, in pixels. */
export const inputSideSchema = z.number().int().min(8).max(1024);

/** How the pixels that a backbone wants are made: square RGB, 8 bits a channel, scaled to `size` × `size`. */
export const backboneSpecSchema = z.object({
  id: z.string(),
  /** Absolute path of the ONNX file. */
  file: z.string(),
  size: inputSideSchema,
  dim: z.number().int().min(1),
});
export type BackboneSpec = z.infer<typeof backboneSpecSchema>;

/** Opens an ONNX file, finds its embedding, runs it once and writes the cut backbone. */
export const inspectJobSchema = z.object({
  kind: z.literal('inspect'),
  file: z.string(),
  /** Side of the input; null takes what the file's metadata or its input shape says. */
  size: inputSideSchema.nullable(),
  /** Where to write the backbone that ends at the embedding, its preprocessing in its metadata. */
  output: z.string(),
});

/** Fits the built-in backbone to a sample of the project's images, then writes it. Pixels come as messages. */
export const fitJobSchema = z.object({
  kind: z.literal('fit'),
  size: inputSideSchema,
  /** How many images will be sent. */
  count: z.number().int().min(1),
  seed: z.number().int(),
  output: z.string(),
});

/** Embeds images in the order their pixels are sent. Rows come back as messages. */
export const embedJobSchema = z.object({
  kind: z.literal('embed'),
  backbone: backboneSpecSchema,
  count: z.number().int().min(1),
});

/** Trains a head, predicts everything out of fold, and audits the labels. */
export const headJobSchema = z.object({
  kind: z.literal('head'),
  /** File of embeddings, `rows` × `dim`. */
  matrix: z.string(),
  dim: z.number().int(),
  /** Row of the matrix for each unit. */
  rows: integers,
  /** Class of each unit by position, −1 = unlabelled. */
  labels: integers,
  classCount: z.number().int().min(2),
  /** Units with the same number stay in one fold (patient, series, near-duplicates). */
  groups: integers,
  seed: z.number().int(),
  folds: z.number().int().min(2),
  /** Units that the previous model predicted out of fold, to compare on: their class then and its prediction; −1 = none. */
  previousLabels: integers.nullable(),
  previousPredicted: integers.nullable(),
  /** Where to write the head as ONNX: `embedding` [N, dim] → `probabilities` [N, classes]. */
  output: z.string(),
  /** Put into the ONNX metadata: class names, ids, backbone, licence. */
  metadata: z.record(z.string(), z.string()),
});
export type HeadJob = z.infer<typeof headJobSchema>;

/** Applies a head to rows of a matrix. */
export const applyJobSchema = z.object({
  kind: z.literal('apply'),
  head: z.string(),
  matrix: z.string(),
  dim: z.number().int(),
  rows: integers,
});

/** How a network is trained. */
export const tuneSettingsSchema = z.object({
  epochs: z.number().int().min(1),
  /** Images in a step. */
  batch: z.number().int().min(1),
  /** Highest learning rate (AdamW), that of the backbone's last layer. */
  rate: z.number().positive(),
  /** The head's rate as a multiple of it. */
  headRate: z.number().positive(),
  /** A layer's rate as a share of the next one's. */
  layerDecay: z.number().positive().max(1),
  weightDecay: z.number().min(0),
  /** Share of the steps in which the rate rises. */
  warmUp: z.number().min(0).max(1),
  /** Share of every label that is spread over all classes. */
  labelSmoothing: z.number().min(0).max(1),
  /** Layers of the backbone that are trained, counted from its end; null = all. */
  layers: z.number().int().min(1).nullable(),
  seed: z.number().int(),
});
export type TuneSettings = z.infer<typeof tuneSettingsSchema>;

/** Trains a backbone and a head on images, or goes on where a run in the same folder was stopped. */
export const tuneJobSchema = z.object({
  kind: z.literal('tune'),
  /** Folder of the run. Its file `pixels` holds the images, side by side as the backbone wants them. */
  folder: z.string(),
  backbone: backboneSpecSchema,
  classCount: z.number().int().min(2),
  /** Class of each image by its position in the file, −1 = unlabelled. */
  labels: integers,
  /** Positions of the images that are trained on, and of those that measure; both labelled. */
  train: integers,
  held: integers,
  /** What the head begins as: classes × dim, and classes. */
  coefficients: floats,
  intercepts: floats,
  settings: tuneSettingsSchema,
  /** Where to write the backbone, and the head as in a head job. */
  output: z.string(),
  headOutput: z.string(),
  metadata: z.record(z.string(), z.string()),
});

export const trainerJobSchema = z.discriminatedUnion('kind', [
  inspectJobSchema,
  fitJobSchema,
  embedJobSchema,
  headJobSchema,
  applyJobSchema,
  tuneJobSchema,
]);
export type TrainerJob = z.infer<typeof trainerJobSchema>;

/** From the engine. `pixels` are `count` images of size × size × 3 bytes, row-major RGB. */
export const toTrainerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job: trainerJobSchema }),
  z.object({ type: z.literal('pixels'), count: z.number().int(), pixels: bytes }),
]);
export type ToTrainer = z.infer<typeof toTrainerSchema>;

/** What the head job found, for units in the order of the job; classes by position. */
export const headResultSchema = z.object({
  l2: z.number(),
  temperature: z.number(),
  folds: z.number().int(),
  seconds: z.number(),
  /** Calibrated probabilities, units × classes: out of fold where labelled, by the final head elsewhere. */
  probabilities: floats,
  accuracy: estimateSchema,
  balancedAccuracy: estimateSchema,
  logLoss: z.number(),
  calibrationError: z.number(),
  /** Per class: null where undefined. */
  precision: z.array(estimateSchema.nullable()),
  recall: z.array(estimateSchema.nullable()),
  support: integers,
  /** classes × classes, given by predicted. */
  confusion: integers,
  estimatedErrors: estimateSchema,
  gain: estimateSchema.nullable(),
  audit: z.object({
    /** The labelled units, as positions in the job, most suspect first. */
    order: integers,
    /** For each of `order`: 0–1, low = suspect. */
    score: floats,
    /** For each of `order`: the most likely other class. */
    suggested: integers,
    /** For each of `order`: estimated probability that the label is wrong. */
    wrong: floats,
    selfConfidence: floats,
    normalizedMargin: floats,
    knn: floats,
    /** For each of `order`: nearest labelled units looked at, and how many carry the given and suggested class. */
    neighbours: z.number().int(),
    neighboursGiven: integers,
    neighboursSuggested: integers,
    /** classes × classes: estimated joint distribution of given and true class (confident learning). */
    joint: floats,
  }),
});
export type HeadResult = z.infer<typeof headResultSchema>;

/** How a training goes, told several times a second. */
export const tuneProgressSchema = z.object({
  /** Steps taken, of how many. */
  step: z.number().int(),
  steps: z.number().int(),
  /** Mean over the steps since it was last told. */
  loss: z.number(),
  rate: z.number(),
  imagesPerSecond: z.number(),
  /** Bytes that the process holds. */
  memory: z.number(),
});
export type TuneProgress = z.infer<typeof tuneProgressSchema>;

/** What a training found. */
export const tuneResultSchema = z.object({
  seconds: z.number(),
  temperature: z.number(),
  /** Calibrated probabilities of all images by their position: images × classes. */
  probabilities: floats,
});
export type TuneResult = z.infer<typeof tuneResultSchema>;

/** From the trainer. */
export const fromTrainerSchema = z.discriminatedUnion('type', [
  /** Ready for this many more batches of pixels. */
  z.object({ type: z.literal('want'), batches: z.number().int() }),
  z.object({ type: z.literal('progress'), step: jobStepSchema, done: z.number(), total: z.number() }),
  z.object({ type: z.literal('rows'), count: z.number().int(), rows: floats }),
  z.object({ type: z.literal('backbone'), size: z.number().int().min(1), dim: z.number().int().min(1) }),
  z.object({ type: z.literal('head'), result: headResultSchema }),
  z.object({ type: z.literal('applied'), probabilities: floats }),
  z.object({ type: z.literal('training'), progress: tuneProgressSchema }),
  /** After each epoch, counted from 1: how the held images are predicted. */
  z.object({
    type: z.literal('epoch'),
    epoch: z.number().int(),
    accuracy: z.number(),
    logLoss: z.number(),
  }),
  z.object({ type: z.literal('tuned'), result: tuneResultSchema }),
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
]);
export type FromTrainer = z.infer<typeof fromTrainerSchema>;
