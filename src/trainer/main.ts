import { problem, ProblemError, type Problem } from '#base/problem.ts';
import type { FromTrainer, TrainerJob } from '#contract/trainer.ts';
import { Parent } from './parent.ts';
import { runJob } from './run-job.ts';

// The training process: started by `child_process.fork`, does one job, tells how it ended, and exits. It must not
// outlive the engine, so losing the channel ends it, too.

const parent = new Parent(
  (message) => process.send?.(message),
  (job) => void perform(job),
);

async function perform(job: TrainerJob): Promise<void> {
  try {
    await runJob(job, parent);
    end({ type: 'done' });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  end({ type: 'failed', problem: problemOf(error) });
}

let hasEnded = false;

/** Sends the last message and exits when it is on its way. */
function end(message: FromTrainer): void {
  if (!process.connected) process.exit();
  if (hasEnded) return;
  hasEnded = true;
  process.send?.(message, () => process.exit());
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof Error ? error.stack : reason}\n`);
  return problem('crashed', 'trainer', `The training process failed: ${reason}`);
}

process.on('message', (message) => {
  try {
    parent.receive(message);
  } catch (error) {
    fail(error);
  }
});
process.on('disconnect', () => process.exit());
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
