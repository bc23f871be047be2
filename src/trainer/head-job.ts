import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import type { Clock } from '#base/clock.ts';
import { ProblemError } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import type { JobStep } from '#contract/job.ts';
import type { HeadResult } from '#contract/trainer.ts';
import { headGraph } from '#graph/head-graph.ts';
import { writeModel } from '#graph/write-model.ts';
import type { Algebra } from '#learn/algebra.ts';
import { bootstrapMean, type Estimate } from '#learn/intervals.ts';
import { trainHead, type LabelledUnits, type TrainedHead, type TrainingOptions } from '#learn/train-head.ts';
import type { JobContext, JobOf } from './job-context.ts';
import { judgementOf } from './judge-job.ts';
import { readRows } from './matrix-file.ts';
import { openSession, runSession } from './session.ts';
import { writeFileAtomically } from './write-file.ts';

type HeadJob = JobOf<'head'>;

const chunkRows = 4096;

export interface HeadTools {
  readonly algebra: Algebra;
  readonly clock: Clock;
}

/**
 * Trains a head on the labelled units, writes it, predicts the others by it, and audits the labels. What it predicts has
 * the logit adjustment that was chosen; the audit judges by calibrated probabilities without it.
 */
export async function headJob(
  job: HeadJob,
  context: Pick<JobContext, 'send'>,
  { algebra, clock }: HeadTools,
): Promise<void> {
  const startedAt = clock();
  const report = (step: JobStep, done: number, total: number): void =>
    context.send({ type: 'progress', step, done, total });
  report('gather', 0, 1);
  const labelled = positionsWhere(job, (label) => label >= 0);
  const units = await readUnits(job, labelled);
  const trained = await trainHead(algebra, units, { ...settingsOf(job), onProgress: report });
  if (!trained.ok) throw new ProblemError(trained.error);
  const model = writeModel(headGraph(trained.value.head, job.metadata));
  await writeFileAtomically(job.output, model);
  const probabilities = new Float32Array(job.labels.length * job.classCount);
  const found = trained.value.probabilities.data;
  for (const [i, position] of labelled.entries()) {
    probabilities.set(
      found.subarray(i * job.classCount, (i + 1) * job.classCount),
      position * job.classCount,
    );
  }
  await predictOthers(job, { model, probabilities, report });
  const result = resultOf(job, labelled, { trained: trained.value, units, probabilities });
  context.send({ type: 'head', result: { ...result, seconds: (clock() - startedAt) / 1000 } });
}

function settingsOf({ seed, folds, regime, loss, sampling }: HeadJob): Omit<TrainingOptions, 'onProgress'> {
  return { seed, folds, regime, loss, sampling };
}

function positionsWhere({ labels }: HeadJob, holds: (label: number) => boolean): Int32Array {
  return Int32Array.from(labels.keys()).filter((position) => holds(labels[position] as number));
}

async function readUnits(job: HeadJob, labelled: Int32Array): Promise<LabelledUnits> {
  const { dim, classCount } = job;
  const pick = (values: Int32Array): Int32Array => labelled.map((position) => values[position] as number);
  const data = await readRows(job.matrix, { rows: pick(job.rows), dim });
  return {
    features: { data, rows: labelled.length, cols: dim },
    labels: pick(job.labels),
    groups: pick(job.groups),
    classCount,
  };
}

/** Fills in what the stored head says about the units without a label, a chunk at a time. */
async function predictOthers(
  job: HeadJob,
  to: {
    readonly model: Uint8Array;
    readonly probabilities: Float32Array;
    readonly report: (step: JobStep, done: number, total: number) => void;
  },
): Promise<void> {
  const others = positionsWhere(job, (label) => label < 0);
  if (others.length === 0) return;
  const session = await openSession(to.model, { subject: job.output });
  for (let start = 0; start < others.length; start += chunkRows) {
    const chunk = others.subarray(start, start + chunkRows);
    const rows = chunk.map((position) => job.rows[position] as number);
    const values = await readRows(job.matrix, { rows, dim: job.dim });
    const embedding = new Tensor('float32', values, [chunk.length, job.dim]);
    const outputs = await runSession(session, { embedding }, job.output);
    const found = must(outputs.probabilities, 'a head gives probabilities').data as Float32Array;
    for (const [i, position] of chunk.entries()) {
      const own = found.subarray(i * job.classCount, (i + 1) * job.classCount);
      to.probabilities.set(own, position * job.classCount);
    }
    to.report('predict', start + chunk.length, others.length);
  }
}

interface Found {
  readonly trained: TrainedHead;
  readonly units: LabelledUnits;
  readonly probabilities: Float32Array;
}

function resultOf(
  job: HeadJob,
  labelled: Int32Array,
  { trained, units, probabilities }: Found,
): Omit<HeadResult, 'seconds'> {
  const { regime, validation, audit, folds, predicted, l2, adjustment, compared } = trained;
  return {
    ...{ regime, l2, adjustment, folds, candidates: [...compared] },
    temperature: validation.temperature,
    probabilities: Float32Array.from(probabilities),
    ...judgementOf({
      ...{ probabilities: validation.probabilities, predicted, audit },
      labels: units.labels,
      units: labelled,
    }),
    gain: gainOf(job, labelled, predicted),
  };
}

/**
 * How much more often the new model agrees with today's labels than the previous one, on the units that both judged
 * without having seen their label; null where there are none.
 */
function gainOf(job: HeadJob, labelled: Int32Array, predicted: Int32Array): Estimate | null {
  const { previousLabels, previousPredicted, labels } = job;
  if (previousLabels === null || previousPredicted === null) return null;
  const differences: number[] = [];
  for (const [i, position] of labelled.entries()) {
    if ((previousLabels[position] ?? -1) < 0 || (previousPredicted[position] ?? -1) < 0) continue;
    const label = labels[position] as number;
    differences.push(Number(predicted[i] === label) - Number(previousPredicted[position] === label));
  }
  return differences.length === 0 ? null : bootstrapMean(differences, seededRandom(job.seed));
}
