import type { Job } from '#contract/job.ts';

/** Shows how far a job is, on stderr: one line that is written over on a terminal, nothing in a script's log. */
export function showProgress(job: Job): void {
  if (!process.stderr.isTTY) return;
  if (job.finishedAt !== null) {
    process.stderr.write('\r\x1b[K');
    return;
  }
  const share = job.total > 0 ? ` ${job.done} of ${job.total}` : job.done > 0 ? ` ${job.done}` : '';
  process.stderr.write(`\r\x1b[K${job.kind}: ${job.step}${share}`);
}
