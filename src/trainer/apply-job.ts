import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { JobContext, JobOf } from './job-context.ts';
import { readRows } from './matrix-file.ts';
import { openSession, runSession } from './session.ts';

const chunkRows = 4096;

/** Probabilities of rows of a matrix under a stored head (`embedding` [N, dim] → `probabilities` [N, classes]). */
export async function applyJob(job: JobOf<'apply'>, context: JobContext): Promise<void> {
  const session = await openSession(job.head, { subject: job.head });
  const parts: Float32Array<ArrayBuffer>[] = [];
  for (let start = 0; start < job.rows.length; start += chunkRows) {
    const rows = job.rows.subarray(start, start + chunkRows);
    const values = await readRows(job.matrix, { rows, dim: job.dim });
    const embedding = new Tensor('float32', values, [rows.length, job.dim]);
    const outputs = await runSession(session, { embedding }, job.head);
    const probabilities = must(outputs.probabilities, 'a stored head gives probabilities')
      .data as Float32Array<ArrayBuffer>;
    if (!probabilities.every(Number.isFinite)) throw notFinite(job.head);
    parts.push(probabilities);
    context.send({ type: 'progress', step: 'predict', done: start + rows.length, total: job.rows.length });
  }
  context.send({ type: 'applied', probabilities: concatenated(parts) });
}

function notFinite(head: string): ProblemError {
  return new ProblemError(problem('damaged', head, 'Its predictions are not finite numbers; train again.'));
}

function concatenated(parts: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
