import { z } from 'zod';

// How a model is trained, as a person chooses it and as the training process is told.

/** What is trained, from the cheapest to the dearest. */
export const regimes = ['prototype', 'head', 'blocks', 'full', 'head-then-full'] as const;
/**
 * `prototype`: the mean of each class (few labels). `head`: a linear classifier on embeddings. `blocks`: the last
 * layers of the backbone too, on activations that are computed once. `full`: the whole backbone with a new head.
 * `head-then-full`: the whole backbone, beginning with the trained head (Kumar et al. 2022).
 */
export const regimeSchema = z.enum(regimes);
export type Regime = z.infer<typeof regimeSchema>;

// What training makes small.

const headLosses = [
  z.object({ kind: z.literal('cross-entropy') }),
  /** Classes weigh (1 − beta) / (1 − betaⁿ), n = their labels (Cui et al. 2019); 1 is N / (K · n). */
  z.object({ kind: z.literal('class-weights'), beta: z.number().min(0).max(1) }),
  /** Cross-entropy of logits + tau · log prior (Ren et al. 2020, Menon et al. 2021). */
  z.object({ kind: z.literal('balanced-softmax'), tau: z.number().min(0).max(3) }),
  /** (1 − p)^gamma · cross-entropy (Lin et al. 2017). */
  z.object({ kind: z.literal('focal'), gamma: z.number().min(0).max(5) }),
] as const;

/** What the training of a head makes small. */
export const headLossSchema = z.discriminatedUnion('kind', headLosses);
export type HeadLossChoice = z.infer<typeof headLossSchema>;

/** What the training of a network makes small. */
export const lossSchema = z.discriminatedUnion('kind', [
  ...headLosses,
  /** A yes or no for every class on its own, for classes that may occur together (Wightman et al. 2021). */
  z.object({ kind: z.literal('binary') }),
  /** Cross-entropy, and that of each level of the taxonomy above, which counts `share` times the level below it. */
  z.object({ kind: z.literal('hierarchical'), share: z.number().min(0).max(1) }),
  /** Labels spread over all classes by exp(−beta · distance in the taxonomy) (Bertinetto et al. 2020). */
  z.object({ kind: z.literal('soft-labels'), beta: z.number().min(0).max(100) }),
  /** Cross-entropy, and `weight` times the triplet loss on embeddings (Schroff et al. 2015). */
  z.object({
    kind: z.literal('triplet'),
    weight: z.number().min(0).max(10),
    margin: z.number().min(0).max(2),
  }),
  /** Cross-entropy, and `weight` times the supervised contrastive loss on embeddings (Khosla et al. 2020). */
  z.object({
    kind: z.literal('supervised-contrastive'),
    weight: z.number().min(0).max(10),
    temperature: z.number().min(0.01).max(2),
  }),
]);
export type LossChoice = z.infer<typeof lossSchema>;

/**
 * Which labelled images an epoch holds. `natural`: each once. `balanced`: as many images, every class as often.
 * `over`: small classes repeated up to the largest. `under`: large classes drawn down to the smallest.
 * `hard`: each by how much the last epoch got it wrong. `centroids`: of large classes those nearest to as many cluster
 * centres as the smallest class has images. A head learns from one such epoch, a network from a new one each time.
 *
 * For heads only: `smote`: small classes filled up with points between neighbours (Chawla et al. 2002). `ensemble`: the
 * mean of ten heads, each on large classes drawn down to the smallest.
 */
export const samplingSchema = z.enum([
  'natural',
  'balanced',
  'over',
  'under',
  'hard',
  'centroids',
  'smote',
  'ensemble',
]);
export type Sampling = z.infer<typeof samplingSchema>;

/** How images are varied while a network trains; 0 and false leave them as they are. */
export const augmentationSchema = z.object({
  /** Left and right exchanged, half of the time. Off where laterality matters. */
  mirror: z.boolean(),
  /** Up and down exchanged, half of the time: for images without an up, as under a microscope. */
  flip: z.boolean(),
  /** Largest share of the side that is cut away. */
  crop: z.number().min(0).max(0.5),
  /** Largest turn either way, in degrees. */
  rotation: z.number().min(0).max(180),
  /** Largest slant either way, in degrees. */
  shear: z.number().min(0).max(30),
  /** Largest local shift, as a share of the side (Simard et al. 2003). */
  elastic: z.number().min(0).max(0.1),
  /** Largest change of brightness, contrast and saturation either way, as a share. */
  brightness: z.number().min(0).max(0.8),
  contrast: z.number().min(0).max(0.8),
  saturation: z.number().min(0).max(0.8),
  /** Spread of the shift along the principal axes of the project's colours (Krizhevsky et al. 2012). */
  pcaColour: z.number().min(0).max(0.5),
});
export type Augmentation = z.infer<typeof augmentationSchema>;

/** What is safe for most images, medical ones too: nothing that makes one thing look like another. */
export const defaultAugmentation: Augmentation = {
  mirror: true,
  flip: false,
  crop: 0.1,
  rotation: 0,
  shear: 0,
  elastic: 0,
  brightness: 0.1,
  contrast: 0.1,
  saturation: 0,
  pcaColour: 0,
};

/**
 * Keeps images of two sources (folders, scanners, sites) alike in the embedding, so that what is learned on one holds on
 * the other. `coral`: equal covariances (Sun & Saenko 2016). `reversal`: nothing can tell them apart (Ganin et al.
 * 2016).
 */
export const alignmentSchema = z.object({
  kind: z.enum(['coral', 'reversal']),
  /** Of `coral` it is large, some tens: its loss is divided by the square of the embedding's length. */
  weight: z.number().min(0).max(1000),
});
export type Alignment = z.infer<typeof alignmentSchema>;

/** What the predictions of a network are the mean of; both cost as many times the time of a prediction. */
export const averagingSchema = z.object({
  /** Five crops of an image and, where `mirror` may be used in training, their mirror images. */
  crops: z.boolean(),
  /** Networks, one for each of five folds that are held back in turn, in place of one of all labels. */
  folds: z.boolean(),
});
export type Averaging = z.infer<typeof averagingSchema>;

export const noAveraging: Averaging = { crops: false, folds: false };

/** Where networks are trained. */
export const deviceIds = ['cpu', 'webgpu', 'tensorflow'] as const;
export const deviceIdSchema = z.enum(deviceIds);
export type DeviceId = z.infer<typeof deviceIdSchema>;

/** What a person may choose for a training; null is chosen by the program. */
export const trainingChoicesSchema = z.object({
  epochs: z.number().int().min(1).max(1000).nullable(),
  /** Images in a step. */
  batch: z.number().int().min(1).max(1024).nullable(),
  /** Highest learning rate. */
  rate: z.number().positive().max(1).nullable(),
  /** Layers of the backbone that are trained in the regime `blocks`, counted from its end. */
  layers: z.number().int().min(1).nullable(),
  device: deviceIdSchema.nullable(),
  loss: lossSchema,
  sampling: samplingSchema,
  augmentation: augmentationSchema,
  /** The source with most images against all others; null: sources are not looked at. For networks only. */
  alignment: alignmentSchema.nullable().default(null),
  averaging: averagingSchema.default(noAveraging),
  seed: z.number().int(),
});
export type TrainingChoices = z.infer<typeof trainingChoicesSchema>;

export const defaultChoices: TrainingChoices = {
  epochs: null,
  batch: null,
  rate: null,
  layers: null,
  device: null,
  loss: { kind: 'cross-entropy' },
  sampling: 'natural',
  augmentation: defaultAugmentation,
  alignment: null,
  averaging: noAveraging,
  seed: 1,
};

/** A training that is asked for. */
export const trainingRequestSchema = z.object({
  /** Id of the backbone; null = the one of the current model. */
  backbone: z.string().nullable(),
  /** `auto`: those that the labels per class allow are tried, and one must be better by a standard error to be taken. */
  regime: z.enum(['auto', ...regimes]).default('head'),
  choices: trainingChoicesSchema.default(defaultChoices),
});
export type TrainingRequest = z.infer<typeof trainingRequestSchema>;

/** How the training of a network goes, told several times a second. */
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
  device: deviceIdSchema,
});
export type TuneProgress = z.infer<typeof tuneProgressSchema>;

/** How held images are predicted after an epoch, counted from 1. */
export const epochMeasureSchema = z.object({
  epoch: z.number().int(),
  accuracy: z.number(),
  logLoss: z.number(),
});
export type EpochMeasure = z.infer<typeof epochMeasureSchema>;

/** One of the trainings that a run is made of: a regime on all folds but one, or on everything. */
export const runPartSchema = z.object({
  regime: regimeSchema,
  /** Which fold is held back, counted from 1; null: all labels are learned from. */
  fold: z.number().int().nullable(),
  /** Folds that are held back in turn. */
  folds: z.number().int(),
  steps: z.number().int(),
  /** Times that every image is looked at, once the part has ended. */
  ofEpochs: z.number().int().default(0),
  /** The loss by step, thinned out to what a plot can show. */
  losses: z.array(z.object({ step: z.number().int(), loss: z.number() })),
  epochs: z.array(epochMeasureSchema),
});
export type RunPart = z.infer<typeof runPartSchema>;

/** A training of networks that goes on, or was stopped and can go on. */
export const runSchema = z.object({
  id: z.string(),
  /** The job that works on it; null when it was stopped. */
  job: z.string().nullable(),
  startedAt: z.number(),
  backbone: z.string(),
  request: trainingRequestSchema,
  /** The head that the run begins with and is compared to. */
  head: z.string(),
  /** Every label is judged by networks that never saw it; no network is kept. */
  isDeep: z.boolean(),
  /** Ended parts and the current one, which is the last. */
  parts: z.array(runPartSchema),
  /** Of the current part; null while nothing was told yet. */
  progress: tuneProgressSchema.nullable(),
  /** What had to be changed on the way, in words: a smaller batch, another device. */
  notes: z.array(z.string()),
});
export type Run = z.infer<typeof runSchema>;

/** What a training would do with the labels as they are. */
export const trainingPlanSchema = z.object({
  /** The networks that would be trained and compared to the head, the cheapest first; empty: the head alone. */
  regimes: z.array(regimeSchema),
  /** Trainings in all, where the dearest of them is chosen. */
  parts: z.number().int(),
  /** Labels that there are, and the median of what classes with labels have; 0 without labels. */
  labels: z.number().int(),
  perClass: z.number(),
  /** Labels that are newer than the last training that tried networks; null before the first. */
  newLabels: z.number().int().nullable(),
  /** Whether another such training may well pay. */
  isAdvised: z.boolean(),
});
export type TrainingPlan = z.infer<typeof trainingPlanSchema>;

/** What a regime reached on the held images, beside the cheapest one. */
export const candidateSchema = z.object({
  regime: regimeSchema,
  accuracy: z.number(),
  /** Mean and standard error of the paired difference to the regime before that was kept; null for the first. */
  gain: z.number().nullable(),
  standardError: z.number().nullable(),
  isChosen: z.boolean(),
});
export type Candidate = z.infer<typeof candidateSchema>;
