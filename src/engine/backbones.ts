import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { BackboneInfo } from '#contract/model.ts';
import { inputSideSchema, type BackboneSpec } from '#contract/trainer.ts';
import { writeFileAtomically } from '#store/atomic-file.ts';
import { EmbeddingFile } from '#store/embedding-file.ts';
import { makeFolder } from '#store/make-folder.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { isFileId } from './model-registry.ts';
import { inspectBackbone } from './trainer-host.ts';
import type { Workspace } from './workspace.ts';

/** The backbone that every project has: a patch dictionary fitted to its own images. */
export const builtInId = 'patches';

const recordSchema = z.object({
  id: z.string(),
  dim: z.number().int(),
  size: z.number().int(),
  /** SHA-256 of the ONNX file: embeddings made by another one are not used. */
  fingerprint: z.string(),
  /** For the built-in one, how many different images the project had when it was fitted. */
  fittedOn: z.number().int().nullable(),
});
export type BackboneRecord = z.infer<typeof recordSchema>;

/** Named after its content too, so that another backbone of the same id is written beside it. */
function fileName({ id, fingerprint }: Pick<BackboneRecord, 'id' | 'fingerprint'>): string {
  return `${id}.${fingerprint.slice(0, 16)}.onnx`;
}

/** Where the ONNX file of a backbone is written before it is recorded. */
export function backboneDraft(store: ProjectStore, id: string): string {
  return join(store.paths.backbones, `${id}.new`);
}

/** A backbone as the trainer wants it. */
export function backboneSpec(store: ProjectStore, record: BackboneRecord): BackboneSpec {
  const { id, size, dim } = record;
  return { id, size, dim, file: join(store.paths.backbones, fileName(record)) };
}

/** The backbone of that id, or null: also when its ONNX file is gone. */
export async function findBackbone(store: ProjectStore, id: string): Promise<BackboneRecord | null> {
  if (!isFileId(id)) return null;
  const folder = store.paths.backbones;
  try {
    const text = await readFile(join(folder, `${id}.json`), 'utf8');
    const record = recordSchema.safeParse(JSON.parse(text)).data;
    return record !== undefined && existsSync(join(folder, fileName(record))) ? record : null;
  } catch {
    return null;
  }
}

/**
 * Records the backbone whose ONNX file was written as its draft. Only from then on it counts, in place of the one of
 * the same id before, whose file goes and whose embeddings are no longer used; up to then that one stays whole.
 */
export async function recordBackbone(
  store: ProjectStore,
  about: Omit<BackboneRecord, 'fingerprint'>,
): Promise<BackboneRecord> {
  const folder = store.paths.backbones;
  const draft = backboneDraft(store, about.id);
  const hash = createHash('sha256');
  await pipeline(createReadStream(draft), hash);
  const record = { ...about, fingerprint: hash.digest('hex') };
  await rename(draft, join(folder, fileName(record)));
  await writeFileAtomically(join(folder, `${about.id}.json`), JSON.stringify(record, null, 1));
  await removeFormer(folder, record);
  return record;
}

/** Removes the files of other backbones that had this id. */
async function removeFormer(folder: string, record: BackboneRecord): Promise<void> {
  const name = fileName(record);
  const ending = /^\.[0-9a-f]{16}\.onnx$/;
  const isFormer = (file: string): boolean =>
    file !== name && file.startsWith(record.id) && ending.test(file.slice(record.id.length));
  const former = (await readdir(folder)).filter(isFormer);
  await Promise.all(former.map((file) => rm(join(folder, file), { force: true })));
}

/** Removes a backbone with its embeddings. */
export async function removeBackbone(store: ProjectStore, id: string): Promise<void> {
  const record = await findBackbone(store, id);
  if (record === null) return;
  await rm(join(store.paths.backbones, `${id}.json`), { force: true });
  await rm(join(store.paths.backbones, fileName(record)), { force: true });
  await EmbeddingFile.remove(store.paths.embeddings, record.id);
}

/** Opens the embeddings of a backbone to add to them, one job at a time; the caller closes them. */
export function openEmbeddings(store: ProjectStore, record: BackboneRecord): Promise<EmbeddingFile> {
  return EmbeddingFile.open(store.paths.embeddings, record.id, record);
}

/** Opens the embeddings of a backbone as they are now, beside a job that adds to them; null when there are none. */
export function readEmbeddings(store: ProjectStore, record: BackboneRecord): Promise<EmbeddingFile | null> {
  return EmbeddingFile.openToRead(store.paths.embeddings, record.id, record);
}

/** All backbones, the built-in one first even before it was fitted. */
export async function listBackbones({ store }: Workspace): Promise<BackboneInfo[]> {
  const names = await readdir(store.paths.backbones).catch((): string[] => []);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const others = ids.filter((id) => id !== builtInId).sort();
  const infos: BackboneInfo[] = [];
  for (const id of [builtInId, ...others]) {
    const record = await findBackbone(store, id);
    if (record) infos.push(await describe(store, record));
  }
  const isFitted = infos.some((info) => info.builtIn);
  return isFitted ? infos : [{ id: builtInId, dim: 0, size: 0, builtIn: true, embedded: 0 }, ...infos];
}

async function describe(store: ProjectStore, record: BackboneRecord): Promise<BackboneInfo> {
  const file = await readEmbeddings(store, record);
  const { id, dim, size } = record;
  const info = { id, dim, size, builtIn: id === builtInId, embedded: file?.count ?? 0 };
  await file?.close();
  return info;
}

/** An ONNX file to add; `size` is the side of its square input, null = what the file says. */
export interface AddBackbone {
  readonly file: string;
  readonly id: string | null;
  readonly size: number | null;
}

/** Copies an ONNX model into the project, cut at its embedding and with its preprocessing inside. */
export async function addBackbone(workspace: Workspace, request: AddBackbone): Promise<Result<BackboneInfo>> {
  const { store } = workspace;
  const file = resolve(request.file);
  const id = request.id ?? basename(file, extname(file));
  if (!isFileId(id))
    return err(problem('bad-input', id, 'Use letters, digits, “.”, “_” and “-” for the id.'));
  if (id === builtInId)
    return err(problem('exists', id, 'The built-in backbone has this id; choose another.'));
  const { writable } = workspace;
  if (!writable.ok) return writable;
  await makeFolder(store.paths.backbones);
  const output = backboneDraft(store, id);
  const found = await inspectBackbone({ file, size: request.size, output });
  if (!found.ok) return found;
  if (!inputSideSchema.safeParse(found.value.size).success) {
    await rm(output, { force: true });
    const reason = `It takes images of ${found.value.size} pixels a side; add a model for 8 to 1024 pixels.`;
    return err(problem('unsupported', file, reason));
  }
  const record = await recordBackbone(store, { id, ...found.value, fittedOn: null });
  return ok(await describe(store, record));
}
