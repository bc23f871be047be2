import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { must } from '#base/assert.ts';
import type { Job } from '#contract/job.ts';
import { imageUnit, type ImageId } from '#core/ids.ts';
import { createEngine, type Engine } from '#engine/engine.ts';
import type { EngineRouter } from '#engine/router.ts';

// The engine in a process of its own, so that its memory is measured alone: adds a folder of images, trains, corrects
// labels, trains again. node engine-session.ts FOLDER IMAGES LABELS. Prints one line of JSON.

/** What one run of the program prints; seconds unless the name says otherwise. */
export interface EngineSession {
  readonly images: number;
  readonly addSeconds: number;
  /** Without the fit of the backbone, the start of the process and the first batches. */
  readonly embeddedPerSecond: number;
  readonly dim: number;
  readonly retrainSeconds: number;
  readonly labelMs: readonly number[];
  /** Most memory that this process ever held. */
  readonly peakMiB: number;
  /** Why embedding and training were not measured. */
  readonly failure: string | null;
}

const corrections = 300;

type Client = RouterClient<EngineRouter>;
type Step = Pick<Job, 'step' | 'done'> & { readonly at: number };

/** Follows the jobs of an engine: when they ended, and what they told meanwhile. */
class Jobs {
  readonly steps: Step[] = [];
  readonly #ended = new Map<string, Job>();
  readonly #waiting = new Map<string, (job: Job) => void>();

  constructor(engine: Engine) {
    engine.events.on((event) => {
      if (event.type === 'job') this.#take(event.job);
    });
  }

  /** Starts a job and waits for its end; throws what it failed of. */
  async timed(start: () => Promise<{ readonly job: string }>): Promise<{ job: Job; seconds: number }> {
    const since = performance.now();
    const { job: id } = await start();
    const job = this.#ended.get(id) ?? (await new Promise<Job>((resolve) => this.#waiting.set(id, resolve)));
    if (job.state !== 'done') throw new Error(job.problem?.reason);
    return { job, seconds: (performance.now() - since) / 1000 };
  }

  #take(job: Job): void {
    this.steps.push({ at: performance.now(), step: job.step, done: job.done });
    if (job.finishedAt === null) return;
    this.#ended.set(job.id, job);
    this.#waiting.get(job.id)?.(job);
  }
}

async function run(folder: string, images: string, labels: string): Promise<EngineSession> {
  const engine = await createEngine({ home: join(folder, 'home') });
  const client = createRouterClient(engine.router, { context: {} });
  const jobs = new Jobs(engine);
  await client.project.create({ folder: join(folder, 'project'), name: 'Bench' });
  const origin = { kind: 'csv', file: labels } as const;
  const added = await jobs.timed(() =>
    client.images.add({ folder: images, labels: origin, annotator: null }),
  );
  const { ids } = await client.images.list({ filter: {}, sort: {} });
  const labelMs = await labelOneByOne(client, ids.slice(0, corrections));
  const training = await train(client, jobs, ids.slice(0, 50));
  await engine.close();
  return {
    images: ids.length,
    addSeconds: added.seconds,
    labelMs,
    ...training,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

async function labelOneByOne(client: Client, ids: readonly ImageId[]): Promise<number[]> {
  const classes = await client.classes.list();
  const labelMs: number[] = [];
  for (const [i, id] of ids.entries()) {
    const wanted = must(classes[i % classes.length], 'there are classes').id;
    const since = performance.now();
    await client.labels.set({ units: [imageUnit(id)], class: wanted });
    labelMs.push(performance.now() - since);
  }
  return labelMs;
}

type Training = Pick<EngineSession, 'embeddedPerSecond' | 'dim' | 'retrainSeconds' | 'failure'>;

async function train(client: Client, jobs: Jobs, toCorrect: readonly ImageId[]): Promise<Training> {
  try {
    const embedded = await jobs.timed(() => client.model.embed({ backbone: null }));
    await jobs.timed(() => client.model.train({ backbone: null }));
    const [first] = await client.classes.list();
    await client.labels.set({ units: toCorrect.map(imageUnit), class: must(first, 'there are classes').id });
    const retrained = await jobs.timed(() => client.model.train({ backbone: null }));
    const dim = Number(embedded.job.summary['dim'] ?? 0);
    return { embeddedPerSecond: speed(jobs.steps), dim, retrainSeconds: retrained.seconds, failure: null };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { embeddedPerSecond: 0, dim: 0, retrainSeconds: 0, failure };
  }
}

/** Images per second once the process has started: from the fourth report on. */
function speed(steps: readonly Step[]): number {
  const batches = steps.filter(({ step, done }) => step === 'embed' && done > 0);
  const [first, last] = [batches[Math.min(3, batches.length - 1)], batches.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return 0;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

const [, , folder = '', images = '', labels = ''] = process.argv;
process.stdout.write(`${JSON.stringify(await run(folder, images, labels))}\n`);
