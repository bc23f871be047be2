import { z } from 'zod';
import { estimateSchema } from './estimate.ts';
import { jobStepSchema } from './job.ts';
import { problemSchema } from './problem.ts';
import {
  alignmentSchema,
  augmentationSchema,
  candidateSchema,
  deviceIdSchema,
  epochMeasureSchema,
  headLossSchema,
  lossSchema,
  samplingSchema,
  tuneProgressSchema,
} from './training.ts';

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
  /** `auto`: class means, unless a head is better by a standard error out of fold. */
  regime: z.enum(['prototype', 'head', 'auto']),
  /** What the head makes small, and what it learns from; class means are of all labels. */
  loss: headLossSchema,
  sampling: samplingSchema,
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
  loss: lossSchema,
  sampling: samplingSchema,
  augmentation: augmentationSchema,
  device: deviceIdSchema,
  seed: z.number().int(),
});
export type TuneSettings = z.infer<typeof tuneSettingsSchema>;

/** See `alignmentSchema`. */
export const domainsSchema = alignmentSchema.extend({
  /** Domain of each image by its position in the file: 0 or 1, −1 = neither. */
  of: integers,
});

/** Trains a backbone and a head on images, or goes on where a run in the same folder was stopped. */
export const tuneJobSchema = z.object({
  kind: z.literal('tune'),
  /** Folder for what the training goes on from. */
  folder: z.string(),
  /** File of the images, side by side as the backbone wants them. */
  pixels: z.string(),
  backbone: backboneSpecSchema,
  classCount: z.number().int().min(2),
  /** Class of each image by its position in the file; −1 = unknown: it is seen for its domain only. */
  labels: integers,
  /**
   * The taxonomy, for losses that ask for it: the parent of each node by position, −1 at the top. The first nodes are
   * the classes, further ones only hold them together.
   */
  parents: integers.nullable(),
  domains: domainsSchema.nullable(),
  /** Positions of the images that are trained on, and of those that measure. */
  train: integers,
  held: integers,
  /** File of the head to begin with, as a head job writes it; null = zeros. */
  start: z.string().nullable(),
  settings: tuneSettingsSchema,
  /** Where to write the backbone and the head, as in a head job; null where the network is measured only. */
  output: z.object({ backbone: z.string(), head: z.string() }).nullable(),
  /** What the logits are divided by in the head that is written; null = what fits the held images. */
  temperature: z.number().positive().nullable(),
  metadata: z.record(z.string(), z.string()),
});

/** Judges labels by predictions that never saw them, as a head job does by its own. */
export const judgeJobSchema = z.object({
  kind: z.literal('judge'),
  /** File of embeddings for neighbours, `rows` × `dim`. */
  matrix: z.string(),
  dim: z.number().int(),
  /** Row of the matrix for each unit, its class and its group: only labelled ones. */
  rows: integers,
  labels: integers,
  groups: integers,
  classCount: z.number().int().min(2),
  /** units × classes, before the temperature. */
  logits: floats,
  seed: z.number().int(),
});

/** Trains a few steps on a device, in a process that a bad driver may take down. */
export const tryDeviceJobSchema = z.object({ kind: z.literal('try-device'), device: deviceIdSchema });

export const trainerJobSchema = z.discriminatedUnion('kind', [
  inspectJobSchema,
  fitJobSchema,
  embedJobSchema,
  headJobSchema,
  applyJobSchema,
  tuneJobSchema,
  judgeJobSchema,
  tryDeviceJobSchema,
]);
export type TrainerJob = z.infer<typeof trainerJobSchema>;

/** From the engine. `pixels` are `count` images of size × size × 3 bytes, row-major RGB. */
export const toTrainerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('job'), job: trainerJobSchema }),
  z.object({ type: z.literal('pixels'), count: z.number().int(), pixels: bytes }),
]);
export type ToTrainer = z.infer<typeof toTrainerSchema>;

/**
 * How labels are predicted by what never saw them, and which of them are doubted; classes by position. Where rare classes
 * are given an advantage (logit adjustment), people see predictions with it, and labels are doubted without it.
 */
export const judgementSchema = z.object({
  temperature: z.number(),
  seconds: z.number(),
  /** Strength tau of the logit adjustment: logits are moved by −tau · ln prior (Menon et al. 2021); 0 = none. */
  adjustment: z.number(),
  /** Probabilities as people see them, units × classes: calibrated, then adjusted. */
  probabilities: floats,
  /** How often the likeliest of `probabilities` is the label. So are precision, recall and confusion. */
  accuracy: estimateSchema,
  balancedAccuracy: estimateSchema,
  /** Of the calibrated probabilities before the adjustment: what it makes of them is for equally frequent classes. */
  logLoss: z.number(),
  calibrationError: z.number(),
  /** Per class: null where undefined. */
  precision: z.array(estimateSchema.nullable()),
  recall: z.array(estimateSchema.nullable()),
  support: integers,
  /** classes × classes, given by predicted. */
  confusion: integers,
  estimatedErrors: estimateSchema,
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
    /** For each of `order`: probability of the suggested class, before the adjustment as that of the given one. */
    suggestedConfidence: floats,
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
export type Judgement = z.infer<typeof judgementSchema>;

/**
 * What the head job found, for units in the order of the job. Their probabilities are out of fold where labelled, by
 * the final head elsewhere.
 */
export const headResultSchema = judgementSchema.extend({
  regime: z.enum(['prototype', 'head']),
  /** Null for class means. */
  l2: z.number().nullable(),
  /** What was compared, the cheapest first; empty where there was no choice. */
  candidates: z.array(candidateSchema),
  folds: z.number().int(),
  /** Accuracy beside the previous model's, on the same units. */
  gain: estimateSchema.nullable(),
});
export type HeadResult = z.infer<typeof headResultSchema>;

/** What a training found. */
export const tuneResultSchema = z.object({
  seconds: z.number(),
  temperature: z.number(),
  /** Of the held images: held × classes, before the temperature. */
  logits: floats,
});
export type TuneResult = z.infer<typeof tuneResultSchema>;

/** How a device did that can be used. */
export const deviceTrialSchema = z.object({
  name: z.string(),
  /** Floating-point operations a second of a training step, in billions. */
  gflops: z.number(),
  /** Largest difference of a gradient to the reference, relative to the largest number in it. */
  gradientError: z.number(),
});
export type DeviceTrial = z.infer<typeof deviceTrialSchema>;

/** From the trainer. */
export const fromTrainerSchema = z.discriminatedUnion('type', [
  /** Ready for this many more batches of pixels. */
  z.object({ type: z.literal('want'), batches: z.number().int() }),
  z.object({ type: z.literal('progress'), step: jobStepSchema, done: z.number(), total: z.number() }),
  z.object({ type: z.literal('rows'), count: z.number().int(), rows: floats }),
  z.object({ type: z.literal('backbone'), size: z.number().int().min(1), dim: z.number().int().min(1) }),
  z.object({ type: z.literal('head'), result: headResultSchema }),
  z.object({ type: z.literal('judged'), result: judgementSchema }),
  z.object({ type: z.literal('applied'), probabilities: floats }),
  z.object({ type: z.literal('training'), progress: tuneProgressSchema }),
  z.object({ type: z.literal('epoch'), measure: epochMeasureSchema }),
  /** Something had to be changed on the way, in words for a person. */
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('tuned'), result: tuneResultSchema }),
  z.object({ type: z.literal('device'), trial: deviceTrialSchema }),
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
]);
export type FromTrainer = z.infer<typeof fromTrainerSchema>;
