import { problem } from '#base/problem.ts';
import { seededRandom, shuffle } from '#base/random.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { EmbeddingFile } from '#store/embedding-file.ts';
import {
  backboneDraft,
  backboneSpec,
  builtInId,
  findBackbone,
  openEmbeddings,
  recordBackbone,
  type BackboneRecord,
} from './backbones.ts';
import type { EngineHost } from './host.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { pixelBatches } from './pixel-batches.ts';
import { imageFile } from './source-root.ts';
import { embed, fitBackbone } from './trainer-host.ts';
import type { Workspace } from './workspace.ts';

export interface EmbedRequest {
  /** Id of the backbone; null = the built-in one. */
  readonly backbone: string | null;
  readonly job: JobHandle;
}

/** A backbone with the embeddings of every readable image of the project. The caller closes the file. */
export interface Embedded {
  readonly backbone: BackboneRecord;
  readonly file: EmbeddingFile;
}

/** The built-in backbone's input side and the images it is fitted on. */
const builtInSizePx = 48;
const fitSample = 2000;
const fitSeed = 2;

/** A project that has grown this much since the fit, from fewer images than a full sample, is fitted again. */
const refitGrowth = 4;

/** A file to embed: images with the same content share one. */
interface ContentFile {
  readonly hash: string;
  readonly path: string;
}

/** Embeds what has no embedding yet, as a job of its own. */
export async function embedProject(
  host: EngineHost,
  workspace: Workspace,
  request: EmbedRequest,
): Promise<Result<Summary>> {
  const started = host.clock();
  const embedded = await ensureEmbeddings(host, workspace, request);
  if (!embedded.ok) return embedded;
  const { backbone, file } = embedded.value;
  const units = file.count;
  await file.close();
  return ok({ units, dim: backbone.dim, seconds: (host.clock() - started) / 1000, backbone: backbone.id });
}

/** Makes sure that every image has an embedding, fitting the built-in backbone first where needed. */
export async function ensureEmbeddings(
  host: EngineHost,
  workspace: Workspace,
  request: EmbedRequest,
): Promise<Result<Embedded>> {
  const files = await contentFiles(workspace);
  if (files.length === 0) {
    return err(problem('too-few', workspace.store.folder, 'There are no images yet; add some first.'));
  }
  const backbone = await chooseBackbone(host, workspace, { ...request, files });
  if (!backbone.ok) return backbone;
  const file = await openEmbeddings(workspace.store, backbone.value);
  try {
    const missing = files.filter(({ hash }) => file.rowOf(hash) === null);
    const done = await embedFiles(host, { ...request, workspace, backbone: backbone.value, file, missing });
    if (done.ok) return ok({ backbone: backbone.value, file });
    await file.close();
    return done;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The files of the project's different contents. */
export async function contentFiles(workspace: Workspace): Promise<ContentFile[]> {
  const rows = await workspace.store.background
    .selectFrom('image')
    .innerJoin('source', 'source.id', 'image.source')
    .select(['image.hash', 'image.path', 'source.root'])
    .orderBy('image.source')
    .orderBy('image.path')
    .execute();
  const byHash = new Map(rows.map((row) => [row.hash, imageFile(workspace.store.folder, row)]));
  return [...byHash].map(([hash, path]) => ({ hash, path }));
}

interface ChooseRequest extends EmbedRequest {
  readonly files: readonly ContentFile[];
}

async function chooseBackbone(
  host: EngineHost,
  workspace: Workspace,
  request: ChooseRequest,
): Promise<Result<BackboneRecord>> {
  const id = request.backbone ?? builtInId;
  const found = await findBackbone(workspace.store, id);
  if (found && (id !== builtInId || !isOutgrown(found, request.files.length))) return ok(found);
  if (id === builtInId) return fitBuiltIn(host, workspace, request);
  return err(
    problem('not-found', id, 'The project has no backbone of this id; add one with `backbone add`.'),
  );
}

function isOutgrown({ fittedOn }: BackboneRecord, images: number): boolean {
  return fittedOn !== null && fittedOn < fitSample && images >= fittedOn * refitGrowth;
}

async function fitBuiltIn(
  host: EngineHost,
  workspace: Workspace,
  { files, job }: ChooseRequest,
): Promise<Result<BackboneRecord>> {
  const { store } = workspace;
  const sample = shuffle([...files], seededRandom(fitSeed)).slice(0, fitSample);
  const pixels = pixelBatches(host.images, {
    paths: sample.map(({ path }) => path),
    size: builtInSizePx,
    signal: job.signal,
    onUnreadable: () => undefined,
  });
  const output = backboneDraft(store, builtInId);
  const fit = { size: builtInSizePx, count: sample.length, seed: fitSeed, output };
  const fitted = await fitBackbone(fit, pixels, {
    signal: job.signal,
    onProgress: (step, done, total) => job.progress(step, done, total),
  });
  if (!fitted.ok) return fitted;
  return ok(await recordBackbone(store, { id: builtInId, ...fitted.value, fittedOn: files.length }));
}

interface EmbedFiles {
  readonly workspace: Workspace;
  readonly backbone: BackboneRecord;
  readonly file: EmbeddingFile;
  readonly missing: readonly ContentFile[];
  readonly job: JobHandle;
}

async function embedFiles(
  host: EngineHost,
  { workspace, backbone, file, missing, job }: EmbedFiles,
): Promise<Result<null>> {
  if (missing.length === 0) return ok(null);
  const unreadable = new Set<number>();
  const pixels = pixelBatches(host.images, {
    paths: missing.map(({ path }) => path),
    size: backbone.size,
    signal: job.signal,
    onUnreadable: (position, reason) => {
      unreadable.add(position);
      job.skip({ path: missing[position]?.path ?? '', reason });
    },
  });
  const spec = backboneSpec(workspace.store, backbone);
  let done = 0;
  for await (const { count, rows } of embed({ backbone: spec, count: missing.length }, pixels, {
    signal: job.signal,
  })) {
    const kept = Array.from({ length: count }, (_, i) => done + i).filter(
      (position) => !unreadable.has(position),
    );
    const picked = new Float32Array(kept.length * backbone.dim);
    kept.forEach((position, to) => {
      const from = (position - done) * backbone.dim;
      picked.set(rows.subarray(from, from + backbone.dim), to * backbone.dim);
    });
    const hashes = kept.map((position) => missing[position]?.hash ?? '');
    if (!job.signal.aborted) await file.append(hashes, picked);
    done += count;
    job.progress('embed', done, missing.length);
  }
  return job.signal.aborted
    ? err(problem('cancelled', 'embed', 'Stopped; what was embedded stays.'))
    : ok(null);
}
