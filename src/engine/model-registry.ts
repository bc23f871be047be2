import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { problem, type Problem } from '#base/problem.ts';
import { modelInfoSchema, type ModelInfo } from '#contract/model.ts';
import { writeFileAtomically } from '#store/atomic-file.ts';
import { makeFolder } from '#store/make-folder.ts';
import type { ProjectStore } from '#store/project-store.ts';

/** Whether an id given by a person may become part of a file name. */
export function isFileId(id: string): boolean {
  return /^[0-9a-zA-Z][0-9a-zA-Z._-]{0,99}$/.test(id);
}

/** The answer where there is no such model. */
export function noModel(id: string): Problem {
  return problem('not-found', id, 'The project has no model of this id.');
}

/** A project's models: `models/<id>.onnx` with `<id>.json` beside it, which is written last and makes it count. */
export class ModelRegistry {
  readonly #folder: string;

  constructor(projectFolder: string) {
    this.#folder = join(projectFolder, 'models');
  }

  /** Where the ONNX file of a model is. */
  file(id: string): string {
    return join(this.#folder, `${id}.onnx`);
  }

  /** Makes the folder, before a trainer writes into it. */
  async prepare(): Promise<void> {
    await makeFolder(this.#folder);
  }

  async add(model: ModelInfo): Promise<void> {
    await writeFileAtomically(join(this.#folder, `${model.id}.json`), JSON.stringify(model, null, 1));
  }

  /** All models, newest first. A record that cannot be read (half a disk, an older version) is left out. */
  async list(): Promise<ModelInfo[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const models = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.#read(name)),
    );
    return models.filter((model) => model !== null).sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The model of that id, or null. */
  async find(id: string): Promise<ModelInfo | null> {
    return isFileId(id) ? this.#read(`${id}.json`) : null;
  }

  /** Deletes a model's files; the record goes first, so that a half-deleted model does not count. */
  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, `${id}.json`), { force: true });
    await rm(this.file(id), { force: true });
  }

  async #read(name: string): Promise<ModelInfo | null> {
    try {
      const parsed = modelInfoSchema.safeParse(JSON.parse(await readFile(join(this.#folder, name), 'utf8')));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }
}

/** The model whose predictions and suspects are in the caches, or null before the first training. */
export async function currentModel(store: ProjectStore): Promise<ModelInfo | null> {
  const row = await store.db
    .selectFrom('cache.meta')
    .select('value')
    .where('key', '=', 'model')
    .executeTakeFirst();
  return row ? new ModelRegistry(store.folder).find(row.value) : null;
}
