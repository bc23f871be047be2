import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runSchema } from '#contract/training.ts';
import { classIdSchema, unitIdSchema } from '#core/ids.ts';
import { writeFileAtomically } from '#store/atomic-file.ts';
import { makeFolder } from '#store/make-folder.ts';
import type { ProjectStore } from '#store/project-store.ts';
import type { Part } from './plan.ts';

const recordSchema = runSchema.omit({ job: true, progress: true }).extend({
  /** Journal row up to which labels were seen. */
  seq: z.number().int(),
});
export type RunRecord = z.infer<typeof recordSchema>;

/** The labels that a run learns from, as they were when it began. */
const runSetSchema = z.object({
  classes: z.array(classIdSchema),
  /** See `taxonomyOf`. */
  parents: z.array(z.number().int()).nullable(),
  units: z.array(unitIdSchema),
  /** Content of each unit's image. */
  hashes: z.array(z.string()),
  labels: z.array(z.number().int()),
  groups: z.array(z.number().int()),
  /** See `domainsOf`. */
  domains: z.array(z.number().int()).nullable(),
});
export type RunSet = z.infer<typeof runSetSchema>;

/** How a part ended. */
const outcomeSchema = z.object({ seconds: z.number(), temperature: z.number() });
export type PartOutcome = z.infer<typeof outcomeSchema> & {
  /** Of the held units: held × classes. */
  readonly logits: Float32Array<ArrayBuffer>;
};

/**
 * A run on disk, `runs/<id>` of the project: what it was asked, the labels it learns from, the pixels, and for every
 * part what it goes on from and how it ended. A run that was stopped goes on from there; one that ended is removed.
 */
export class RunFolder {
  readonly path: string;
  readonly set: RunSet;
  #record: RunRecord;

  private constructor(path: string, record: RunRecord, set: RunSet) {
    this.path = path;
    this.set = set;
    this.#record = record;
  }

  /** Begins a run, in place of one that was stopped. */
  static async create(store: ProjectStore, record: RunRecord, set: RunSet): Promise<RunFolder> {
    await discardRuns(store);
    const path = join(store.paths.runs, record.id);
    await makeFolder(path);
    await writeFileAtomically(join(path, 'set.json'), JSON.stringify(set));
    await writeFileAtomically(join(path, 'run.json'), JSON.stringify(record));
    return new RunFolder(path, record, set);
  }

  /** The run that was begun and has not ended; null where there is none that can be read. */
  static async find(store: ProjectStore): Promise<RunFolder | null> {
    const names = await readdir(store.paths.runs).catch((): string[] => []);
    for (const name of names.sort().reverse()) {
      const path = join(store.paths.runs, name);
      const record = await readJson(join(path, 'run.json'), recordSchema);
      const set = await readJson(join(path, 'set.json'), runSetSchema);
      if (record !== null && set !== null) return new RunFolder(path, record, set);
    }
    return null;
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** File of the pixels of the run's units, in their order. */
  get pixels(): string {
    return join(this.path, 'pixels');
  }

  async update(change: Partial<Pick<RunRecord, 'parts' | 'notes'>>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await writeFileAtomically(join(this.path, 'run.json'), JSON.stringify(this.#record));
  }

  /** Folder of what a part goes on from. */
  partFolder({ regime, fold }: Part): string {
    return join(this.path, `${regime}-${fold === null ? 'all' : fold + 1}`);
  }

  /** File of the head that never saw a fold. */
  headWithout(fold: number): string {
    return join(this.path, `head-without-${fold + 1}.onnx`);
  }

  /** Where a part writes its network. */
  output(part: Part): { readonly backbone: string; readonly head: string } {
    const folder = this.partFolder(part);
    return { backbone: join(folder, 'backbone.onnx'), head: join(folder, 'head.onnx') };
  }

  /** How a part ended; null while it has not. */
  async outcome(part: Part): Promise<PartOutcome | null> {
    const folder = this.partFolder(part);
    const ended = await readJson(join(folder, 'ended.json'), outcomeSchema);
    if (ended === null) return null;
    const bytes = await readFile(join(folder, 'logits'));
    const logits = new Float32Array(new Uint8Array(bytes).buffer);
    return { ...ended, logits };
  }

  async keepOutcome(part: Part, { logits, ...ended }: PartOutcome): Promise<void> {
    const folder = this.partFolder(part);
    await writeFileAtomically(join(folder, 'logits'), new Uint8Array(logits.buffer));
    await writeFileAtomically(join(folder, 'ended.json'), JSON.stringify(ended));
    await rm(join(folder, 'checkpoint'), { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Removes runs that were stopped. */
export async function discardRuns(store: ProjectStore): Promise<void> {
  if (existsSync(store.paths.runs)) await rm(store.paths.runs, { recursive: true, force: true });
}

async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}
