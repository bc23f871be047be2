import { must } from '#base/assert.ts';
import type { EpochMeasure } from '#contract/training.ts';
import { headGraph, type HeadWeights } from '#graph/head-graph.ts';
import type { Model } from '#graph/model.ts';
import { writeModel } from '#graph/write-model.ts';
import { argmaxRows, logLossesOf, logLossOf } from '#learn/metrics.ts';
import { fitCautiousTemperature, softmaxRows } from '#learn/temperature.ts';
import type { JobOf } from '../job-context.ts';
import { writeFileAtomically } from '../write-file.ts';

type TuneJob = JobOf<'tune'>;

/** How well the held images of a job are predicted by these logits. */
export function measureHeld(job: TuneJob, logits: Float32Array): Omit<EpochMeasure, 'epoch'> {
  const labels = heldLabels(job);
  const probabilities = softmaxRows(matrixOf(job, logits));
  const right = argmaxRows(probabilities).filter((predicted, i) => predicted === labels[i]).length;
  return { accuracy: right / labels.length, logLoss: logLossOf(probabilities, labels) };
}

/** Loss of each image that is trained on; NaN where its class is unknown. */
export function trainLosses(job: TuneJob, logits: Float32Array): Float32Array {
  const labels = job.train.map((position) => must(job.labels[position], 'a trained image has a label'));
  const losses = logLossesOf(softmaxRows(matrixOf(job, logits)), labels);
  return Float32Array.from(losses, (loss, at) => ((labels[at] ?? -1) < 0 ? Number.NaN : loss));
}

/** What the logits are to be divided by: what the job says, else what suits the held images. */
export function temperatureOf(job: TuneJob, logits: Float32Array): number {
  if (job.temperature !== null) return job.temperature;
  return job.held.length === 0 ? 1 : fitCautiousTemperature(matrixOf(job, logits), heldLabels(job));
}

/** A trained network in the two parts that a project keeps. */
export interface TrainedNetwork {
  readonly backbone: Model;
  readonly head: HeadWeights;
  readonly temperature: number;
}

/** Writes a network where the job wants it; the temperature goes into the head. */
export async function writeNetwork({ output, metadata }: TuneJob, network: TrainedNetwork): Promise<void> {
  if (output === null) return;
  const { backbone, head, temperature } = network;
  const coefficients = head.coefficients.map((value) => value / temperature);
  const intercepts = head.intercepts.map((value) => value / temperature);
  await writeFileAtomically(output.backbone, writeModel(backbone));
  await writeFileAtomically(
    output.head,
    writeModel(headGraph({ ...head, coefficients, intercepts }, metadata)),
  );
}

function matrixOf({ classCount }: TuneJob, data: Float32Array) {
  return { data, rows: data.length / classCount, cols: classCount };
}

function heldLabels({ labels, held }: TuneJob): Int32Array {
  return held.map((position) => must(labels[position], 'a held image has a class'));
}
