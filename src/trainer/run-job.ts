import { systemClock } from '#base/clock.ts';
import type { TrainerJob } from '#contract/trainer.ts';
import { applyJob } from './apply-job.ts';
import { tryDeviceJob } from './devices/try-device-job.ts';
import { embedJob } from './embed-job.ts';
import { fitJob } from './fit-job.ts';
import { headJob } from './head-job.ts';
import { inspectJob } from './inspect-job.ts';
import type { JobContext } from './job-context.ts';
import { judgeJob } from './judge-job.ts';
import { tuneJob } from './tune/tune-job.ts';
import { onnxAlgebra } from './onnx-algebra.ts';

/** Does a job; what can go wrong as expected is thrown as a ProblemError. */
export async function runJob(job: TrainerJob, context: JobContext): Promise<void> {
  switch (job.kind) {
    case 'inspect':
      return await inspectJob(job, context);
    case 'embed':
      return await embedJob(job, context);
    case 'head':
      return await headJob(job, context, { algebra: onnxAlgebra(), clock: systemClock });
    case 'apply':
      return await applyJob(job, context);
    case 'tune':
      return await tuneJob(job, context, { clock: systemClock });
    case 'judge':
      return await judgeJob(job, context, { algebra: onnxAlgebra(), clock: systemClock });
    case 'try-device':
      return await tryDeviceJob(job, context, { clock: systemClock });
    case 'fit':
      return await fitJob(job, context, { algebra: onnxAlgebra() });
  }
}
