import type { Clock } from '#base/clock.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { Judgement } from '#contract/trainer.ts';
import type { Algebra, Matrix } from '#learn/algebra.ts';
import { applyScale, firstBrokenRow, measureScale } from '#learn/feature-scale.ts';
import { nearestByCosine, neighbourCount } from '#learn/knn.ts';
import { auditLabels, type Audit } from '#learn/suspects.ts';
import { selfConfidence } from '#learn/label-scores.ts';
import { chooseAdjustment, classShares, logitShift, shiftRows } from '#learn/logit-adjustment.ts';
import { argmaxRows } from '#learn/metrics.ts';
import { fitCautiousTemperature, softmaxRows } from '#learn/temperature.ts';
import { validationReport } from '#learn/validation-report.ts';
import type { JobContext, JobOf } from './job-context.ts';
import { readRows } from './matrix-file.ts';

/** Calibrates predictions that never saw the labels, measures them, and audits the labels by them and by neighbours. */
export async function judgeJob(
  job: JobOf<'judge'>,
  context: Pick<JobContext, 'send'>,
  { algebra, clock }: { readonly algebra: Algebra; readonly clock: Clock },
): Promise<void> {
  const startedAt = clock();
  const { labels, groups, classCount } = job;
  const logits = { data: job.logits, rows: labels.length, cols: classCount };
  const temperature = fitCautiousTemperature(logits, labels);
  const probabilities = softmaxRows(logits, temperature);
  context.send({ type: 'progress', step: 'neighbours', done: 0, total: 1 });
  const features = await featuresOf(job);
  const k = Math.min(neighbourCount, labels.length - 1);
  const nearest = await nearestByCosine(algebra, features, { groups, k });
  context.send({ type: 'progress', step: 'audit', done: 0, total: 1 });
  const isJudged = new Uint8Array(labels.length).fill(1);
  const audit = auditLabels({ labels, head: probabilities, nearest, isJudged });
  const prior = classShares(labels, classCount);
  const adjustment = chooseAdjustment({ probabilities, labels, prior, isJudged });
  const shifted = shiftRows(probabilities, logitShift(prior, adjustment));
  const result = judgementOf({
    ...{ probabilities, predicted: argmaxRows(shifted), labels, audit },
    units: Int32Array.from(labels.keys()),
  });
  const seen = Float32Array.from(shifted.data);
  const seconds = (clock() - startedAt) / 1000;
  context.send({
    type: 'judged',
    result: { ...result, temperature, adjustment, seconds, probabilities: seen },
  });
}

async function featuresOf({ matrix, rows, dim }: JobOf<'judge'>): Promise<Matrix<Float32Array>> {
  const features = { data: await readRows(matrix, { rows, dim }), rows: rows.length, cols: dim };
  if (firstBrokenRow(features) === -1) return applyScale(features, measureScale(features));
  const reason = 'An embedding is not a number; embed the images again.';
  throw new ProblemError(problem('damaged', 'embeddings', reason));
}

interface Judged {
  /** Of the labelled units: calibrated probabilities, and what people are told is predicted. */
  readonly probabilities: Matrix;
  readonly predicted: Int32Array;
  readonly labels: Int32Array;
  readonly audit: Audit;
  /** What each labelled unit is called outside. */
  readonly units: Int32Array;
}

/** What is told about labels that were predicted by what never saw them. */
export function judgementOf({
  probabilities,
  predicted,
  labels,
  audit,
  units,
}: Judged): Omit<Judgement, 'temperature' | 'adjustment' | 'seconds' | 'probabilities'> {
  const { order } = audit;
  const floats = (values: Float64Array): Float32Array<ArrayBuffer> =>
    Float32Array.from(order, (unit) => values[unit] as number);
  const integers = (values: Int32Array): Int32Array<ArrayBuffer> =>
    Int32Array.from(order, (unit) => values[unit] as number);
  return {
    ...validationReport({ probabilities, predicted }, labels),
    estimatedErrors: audit.estimatedErrors,
    audit: {
      order: integers(units),
      score: floats(audit.score),
      suggested: integers(audit.suggested),
      wrong: floats(audit.wrong),
      selfConfidence: floats(audit.selfConfidence),
      suggestedConfidence: floats(selfConfidence({ labels: audit.suggested, probabilities })),
      normalizedMargin: floats(audit.normalizedMargin),
      knn: floats(audit.knn),
      neighbours: audit.neighbours,
      neighboursGiven: integers(audit.neighboursGiven),
      neighboursSuggested: integers(audit.neighboursSuggested),
      joint: Float32Array.from(audit.joint.data),
    },
  };
}
