import { join } from 'node:path';
import { createRouterClient, ORPCError, type RouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import type { Job } from '../../src/contract/job.ts';
import { problemSchema } from '../../src/contract/problem.ts';
import type { Change } from '../../src/core/changes.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/engine/engine.ts';
import type { EngineRouter } from '../../src/engine/router.ts';
import { createProject } from '../../src/store/open-project.ts';
import { temporaryFolder, ticking, value } from './project.ts';
import { actor, people } from './records.ts';
import { writeTinyBackbone } from './tiny-backbone.ts';

export type Client = RouterClient<EngineRouter>;

/** An engine in this process with settings of its own, as a window or a terminal uses it. */
export interface TestEngine {
  readonly engine: Engine;
  readonly client: Client;
  /** An empty folder for images and projects, gone after the test. */
  readonly folder: string;
  /** Waits until a job has ended, however it ended. */
  ended(started: { readonly job: string } | Promise<{ readonly job: string }>): Promise<Job>;
  /** Waits for a job, which must succeed. */
  done(started: { readonly job: string } | Promise<{ readonly job: string }>): Promise<Job>;
  /** Waits until a job reports that this holds. */
  reaches(started: { readonly job: string }, holds: (job: Job) => boolean): Promise<Job>;
}

/** Starts an engine, which is closed after the test. */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  const folder = temporaryFolder();
  const engine = await createEngine({ home: join(folder, 'home'), ...options });
  onTestFinished(() => engine.close());
  const client = createRouterClient(engine.router, { context: {} });
  const jobs = new Map<string, Job>();
  const watchers = new Set<() => void>();
  engine.events.on((event) => {
    if (event.type !== 'job') return;
    jobs.set(event.job.id, event.job);
    for (const watcher of watchers) watcher();
  });
  const reaches: TestEngine['reaches'] = ({ job: id }, holds) =>
    new Promise((resolve) => {
      const look = (): void => {
        const job = jobs.get(id);
        if (job === undefined || !holds(job)) return;
        watchers.delete(look);
        resolve(job);
      };
      watchers.add(look);
      look();
    });
  const ended: TestEngine['ended'] = async (started) => reaches(await started, isOver);
  return {
    ...{ engine, client, folder, ended, reaches },
    done: async (started) => {
      const job = await ended(started);
      if (job.state !== 'done') throw new Error(`${job.kind} ${job.state}: ${job.problem?.reason}`);
      return job;
    },
  };
}

function isOver({ finishedAt }: Job): boolean {
  return finishedAt !== null;
}

/** Writes a project with these records and closes it again: faster than adding real images where none are looked at. */
export async function writeProject(
  folder: string,
  ...actions: readonly (readonly Change[])[]
): Promise<string> {
  const store = value(await createProject(folder, { name: 'Cells', clock: ticking() }));
  value(await store.commit({ ...actor, action: 'project.create', detail: {}, changes: people }));
  for (const changes of actions)
    value(await store.commit({ ...actor, action: 'images.add', detail: {}, changes }));
  await store.close();
  return folder;
}

/** Adds a backbone that needs no fitting, and gives its id. */
export async function addTinyBackbone({ client, folder }: TestEngine): Promise<string> {
  const file = join(folder, 'tiny.onnx');
  await writeTinyBackbone(file);
  return (await client.model.addBackbone({ file, id: null, size: null })).id;
}

/** The problem that a procedure answers with; fails when it succeeds or breaks. */
export async function problemOf(asked: Promise<unknown>): Promise<Problem> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'PROBLEM')
      return problemSchema.parse(error.data) as Problem;
    throw error;
  }
  throw new Error('It succeeded.');
}

/** All images' details, in the order of their paths. */
export async function allDetails(client: Client): Promise<Awaited<ReturnType<Client['images']['details']>>> {
  const { ids } = await client.images.list({ filter: {}, sort: {} });
  const pieces = [];
  for (let start = 0; start < ids.length; start += 1000)
    pieces.push(...(await client.images.details({ ids: ids.slice(start, start + 1000) })));
  return pieces;
}
