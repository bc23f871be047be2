import { readFile } from 'node:fs/promises';
import { must } from '#base/assert.ts';
import type { Clock } from '#base/clock.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import { cut } from '#graph/cut.ts';
import { headGraph, readHead, type HeadWeights } from '#graph/head-graph.ts';
import type { Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { storeParameters } from '#graph/training/parameter-vector.ts';
import { trainables } from '#graph/training/trainable.ts';
import { headOf, trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import { embeddingName } from '#graph/with-embedding.ts';
import { writeModel } from '#graph/write-model.ts';
import { argmaxRows, logLossesOf, logLossOf } from '#learn/metrics.ts';
import { fitCautiousTemperature, softmaxRows } from '#learn/temperature.ts';
import { openImages } from '../augment/open-images.ts';
import { openRunner, operatorsOf } from '../devices/open-runner.ts';
import type { JobContext, JobOf } from '../job-context.ts';
import { writeFileAtomically } from '../write-file.ts';
import { stepsPerEpoch, type TrainingData } from './batch-source.ts';
import { domainTermOf } from './domain-term-of.ts';
import { logitsOf } from './evaluate.ts';
import { countLabels, lossOf } from './loss-of.ts';
import { openEpochs } from './open-epochs.ts';
import { pixelInputs } from './pixel-inputs.ts';
import { PixelFile } from './pixel-file.ts';
import { ProgressMeter } from './progress-meter.ts';
import { lastLayers, ratesOf } from './rates.ts';
import { Stepper } from './stepper.ts';
import { tune } from './tune.ts';

type TuneJob = JobOf<'tune'>;

/** Longest gradient, and the share of itself that the average of the parameters keeps in a step. */
const clipNorm = 5;
const averageDecay = 0.995;

/** Trains a network on the images of a run, writes it as a backbone and a head, and predicts all images. */
export async function tuneJob(
  job: TuneJob,
  context: Pick<JobContext, 'send'>,
  { clock }: { readonly clock: Clock },
): Promise<void> {
  const startedAt = clock();
  const graph = unwrap(await graphOf(job));
  const pixels = await PixelFile.open(job.pixels, job.backbone.size);
  const held = { inputs: pixelInputs(pixels, job.backbone.size), positions: job.held };
  const images = await openImages({
    path: job.pixels,
    size: job.backbone.size,
    ...job.settings,
    train: job.train,
  });
  const provider = job.settings.device === 'webgpu' ? 'webgpu' : 'cpu';
  const epochs = await openEpochs(job, { network: graph.network, inputs: held.inputs, provider });
  const data = dataOf(job, { inputs: pixelInputs(images, job.backbone.size), epochs });
  const stepper = await openStepper(job, graph);
  const steps = job.settings.epochs * stepsPerEpoch(data);
  const meter = new ProgressMeter(clock, job.settings.device, (progress) =>
    context.send({ type: 'training', progress }),
  );
  const trained = (): Model =>
    storeParameters(graph.network, graph.parameters, must(stepper.state['average'], 'the average'));
  await tune({
    ...{ folder: job.folder, data, stepper, clock },
    schedule: { steps, warmUp: Math.round(job.settings.warmUp * steps), rate: job.settings.rate },
    onStep: (metrics) => meter.add(metrics, job.settings.batch),
    onEpoch: async (epoch) => {
      if (job.held.length === 0) return;
      const measured = measure(job, await logitsOf(trained(), held, provider));
      context.send({ type: 'epoch', measure: { epoch, ...measured } });
    },
    measureLosses: async () =>
      lossesOf(job, await logitsOf(trained(), { ...held, positions: job.train }, provider)),
  });
  await images.close();
  const network = trained();
  await stepper.close();
  const logits = await logitsOf(network, held, provider);
  await pixels.close();
  const temperature = job.temperature ?? temperatureOf(job, logits);
  await writeResult(job, network, temperature);
  const seconds = (clock() - startedAt) / 1000;
  context.send({ type: 'tuned', result: { seconds, temperature, logits } });
}

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}

async function graphOf({ backbone, settings, ...job }: TuneJob): Promise<Result<TrainingGraph>> {
  const model = unwrap(parseModel(await readFile(backbone.file), backbone.id));
  const simple = unwrap(simplify(model, {}, backbone.id));
  const trained = new Set(lastLayers(trainables(simple.graph), settings.layers).map(({ name }) => name));
  return trainingGraph({
    backbone: simple,
    head: await startOf(job, backbone.dim),
    batch: settings.batch,
    loss: lossOf(settings.loss, { counts: countLabels(job), parents: job.parents }),
    domainTerm: domainTermOf(job.domains, backbone.dim),
    isTrained: (name) => trained.has(name),
    device: operatorsOf(settings.device),
  });
}

/** The head to begin with: a stored one, or zeros. */
async function startOf(
  { start, classCount }: Pick<TuneJob, 'start' | 'classCount'>,
  dim: number,
): Promise<HeadWeights> {
  if (start === null) {
    return {
      ...{ classCount, dim },
      coefficients: new Float32Array(classCount * dim),
      intercepts: new Float32Array(classCount),
    };
  }
  const head = readHead(unwrap(parseModel(await readFile(start), start)));
  if (head?.classCount === classCount && head.dim === dim) return head;
  const reason = 'This head is not for these classes and this backbone; train a head, then the network.';
  throw new ProblemError(problem('unsupported', start, reason));
}

function dataOf({ settings, ...job }: TuneJob, seen: Pick<TrainingData, 'inputs' | 'epochs'>): TrainingData {
  const { batch, labelSmoothing: smoothing } = settings;
  const { classCount, labels } = job;
  const domains = job.domains?.of ?? null;
  return { ...seen, classCount, labels, domains, batch, smoothing };
}

function openStepper({ settings }: TuneJob, graph: TrainingGraph): Promise<Stepper> {
  const { batch, device } = settings;
  const rates = ratesOf(graph.parameters, trainables(graph.network.graph), settings);
  const optimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
  const open = () => openRunner(device, graph);
  return Stepper.open({ graph, openRunner: open, optimizer, batch, ...rates, clipNorm, averageDecay });
}

function matrixOf({ classCount }: TuneJob, data: Float32Array) {
  return { data, rows: data.length / classCount, cols: classCount };
}

function heldLabels({ labels, held }: TuneJob): Int32Array {
  return held.map((position) => must(labels[position], 'a held image has a class'));
}

function measure(job: TuneJob, logits: Float32Array): { accuracy: number; logLoss: number } {
  const labels = heldLabels(job);
  const probabilities = softmaxRows(matrixOf(job, logits));
  const right = argmaxRows(probabilities).filter((predicted, i) => predicted === labels[i]).length;
  return { accuracy: right / labels.length, logLoss: logLossOf(probabilities, labels) };
}

/** Of each image that is trained on; NaN where its class is unknown. */
function lossesOf(job: TuneJob, logits: Float32Array): Float32Array {
  const labels = job.train.map((position) => must(job.labels[position], 'a trained image has a label'));
  const losses = logLossesOf(softmaxRows(matrixOf(job, logits)), labels);
  return Float32Array.from(losses, (loss, at) => ((labels[at] ?? -1) < 0 ? Number.NaN : loss));
}

function temperatureOf(job: TuneJob, logits: Float32Array): number {
  return job.held.length === 0 ? 1 : fitCautiousTemperature(matrixOf(job, logits), heldLabels(job));
}

/** The network in the two parts that a project keeps; the temperature goes into the head. */
async function writeResult(
  { output, metadata }: TuneJob,
  network: Model,
  temperature: number,
): Promise<void> {
  if (output === null) return;
  const { coefficients, intercepts, ...shape } = headOf(network);
  const head = headGraph(
    {
      ...shape,
      coefficients: coefficients.map((value) => value / temperature),
      intercepts: intercepts.map((value) => value / temperature),
    },
    metadata,
  );
  await writeFileAtomically(output.backbone, writeModel(cut(network, [embeddingName])));
  await writeFileAtomically(output.head, writeModel(head));
}
