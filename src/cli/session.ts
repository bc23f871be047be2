import { createRouterClient, ORPCError, type RouterClient } from '@orpc/server';
import { z } from 'zod';
import { problem, ProblemError, type Problem } from '#base/problem.ts';
import type { Job } from '#contract/job.ts';
import { problemSchema } from '#contract/problem.ts';
import { createEngine, type Engine } from '#engine/engine.ts';
import type { EngineRouter } from '#engine/router.ts';
import { showProgress } from './progress.ts';

/** The engine in this very process, with its procedures to call. */
export interface Session {
  readonly engine: Engine;
  readonly client: RouterClient<EngineRouter>;
  /** Waits until a job has ended, its progress on stderr; what stops it is thrown as a ProblemError. */
  finish(started: { readonly job: string }): Promise<Job>;
}

/** Starts an engine, does the work and ends the engine, whatever happens. Ctrl+C cancels what runs first. */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const engine = await createEngine({ home: process.env['EMEND_HOME'] });
  const client = createRouterClient(engine.router, { context: {} });
  const jobs = watchJobs(engine);
  const interrupt = (): void => jobs.cancelRunning((job) => void client.jobs.cancel({ job }));
  process.on('SIGINT', interrupt);
  try {
    return await work({ engine, client, finish: ({ job }) => jobs.finished(job) });
  } catch (error) {
    throw toProblemError(error);
  } finally {
    process.off('SIGINT', interrupt);
    await engine.close();
  }
}

/** As `withSession`, with a project open. */
export async function withProject<T>(project: string, work: (session: Session) => Promise<T>): Promise<T> {
  return withSession(async (session) => {
    await session.client.project.open({ folder: project });
    return work(session);
  });
}

interface JobWatch {
  finished(id: string): Promise<Job>;
  cancelRunning(cancel: (id: string) => void): void;
}

/** Follows jobs from before they start, so that none ends unseen. */
function watchJobs(engine: Engine): JobWatch {
  const seen = new Map<string, Job>();
  const waiting = new Map<string, (job: Job) => void>();
  engine.events.on((event) => {
    if (event.type !== 'job') return;
    seen.set(event.job.id, event.job);
    showProgress(event.job);
    if (event.job.finishedAt !== null) waiting.get(event.job.id)?.(event.job);
  });
  return {
    finished: async (id) => {
      const last = seen.get(id);
      const isOver = last !== undefined && last.finishedAt !== null;
      const job = isOver ? last : await new Promise<Job>((resolve) => waiting.set(id, resolve));
      if (job.state === 'done') return job;
      throw new ProblemError(job.problem ?? problem('cancelled', job.kind, 'It was cancelled.'));
    },
    cancelRunning: (cancel) => {
      for (const job of seen.values()) if (job.finishedAt === null) cancel(job.id);
    },
  };
}

const invalidInput = z.object({
  issues: z.tuple(
    [
      z.object({
        path: z.array(z.string()),
        code: z.string(),
        message: z.string(),
        origin: z.string().optional(),
      }),
    ],
    z.unknown(),
  ),
});

/** The problem that a procedure answered with or what it cannot take, or the error as it is. */
function toProblemError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const known = problemSchema.safeParse(error.data);
  if (known.success) return new ProblemError(known.data as Problem);
  const invalid = invalidInput.safeParse(error.data);
  if (error.code !== 'BAD_REQUEST' || !invalid.success) return error;
  const { path, code, message, origin } = invalid.data.issues[0];
  const reason = code === 'too_small' && origin === 'string' ? 'It must not be empty.' : `${message}.`;
  return new ProblemError(problem('bad-input', path.join('.'), reason));
}
