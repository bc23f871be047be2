import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { must } from '#base/assert.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { FilePrediction, ModelInfo } from '#contract/model.ts';
import { isImageName } from '#images/image-name.ts';
import { backboneSpec, type BackboneRecord } from './backbones.ts';
import { walkFolder } from './folder-walk.ts';
import type { EngineHost } from './host.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { backboneOfModel } from './model-backbone.ts';
import { currentModel, ModelRegistry, noModel } from './model-registry.ts';
import { pixelBatches } from './pixel-batches.ts';
import { applyHead, embed } from './trainer-host.ts';
import type { Workspace } from './workspace.ts';

export interface PredictRequest {
  /** An image file or a folder. */
  readonly path: string;
  /** Id of a model; null = the current one. */
  readonly model: string | null;
  readonly job: JobHandle;
}

/** The files to predict: a root, and paths relative to it. */
interface Files {
  readonly root: string;
  readonly paths: readonly string[];
}

/** Predicts images that need not belong to the project; the engine keeps the predictions under the job's id. */
export async function predictFiles(
  host: EngineHost,
  workspace: Workspace,
  request: PredictRequest,
): Promise<Result<Summary>> {
  const { job } = request;
  const model = await chooseModel(workspace, request.model);
  if (!model.ok) return model;
  const files = await listFiles(resolve(request.path), job);
  if (!files.ok) return files;
  const backbone = await backboneOfModel(workspace.store, model.value);
  if (!backbone.ok) return backbone;
  const embedded = await embedPaths(host, workspace, { files: files.value, backbone: backbone.value, job });
  const probabilities = await applyTo(workspace, model.value, { ...embedded, backbone: backbone.value });
  if (!probabilities.ok) return probabilities;
  const names = await classNames(workspace, model.value);
  const predictions = embedded.readable.map((image, i) =>
    toPrediction(image, names, probabilities.value.subarray(i * names.length, (i + 1) * names.length)),
  );
  keepPredictions(host, job.id, predictions);
  return ok({ images: predictions.length, model: model.value.id });
}

/** Keeps what a job found for as long as the job is listed. */
function keepPredictions(host: EngineHost, job: string, predictions: readonly FilePrediction[]): void {
  const listed = new Set(host.jobs.list().map(({ id }) => id));
  for (const id of host.predictions.keys()) if (!listed.has(id)) host.predictions.delete(id);
  host.predictions.set(job, predictions);
}

async function chooseModel(workspace: Workspace, id: string | null): Promise<Result<ModelInfo>> {
  const { store } = workspace;
  const model = id === null ? await currentModel(store) : await new ModelRegistry(store.folder).find(id);
  if (model) return ok(model);
  if (id !== null) return err(noModel(id));
  return err(problem('not-found', store.folder, 'Nothing was trained yet; train first.'));
}

async function listFiles(path: string, job: JobHandle): Promise<Result<Files>> {
  const found = await stat(path).catch(() => null);
  if (found === null) return err(problem('not-found', path, 'There is no such file or folder.'));
  if (found.isFile()) return ok({ root: dirname(path), paths: [basename(path)] });
  const walk = await walkFolder(path, { signal: job.signal });
  if (!walk.ok) return walk;
  const paths = walk.value.files.filter(isImageName);
  return paths.length > 0
    ? ok({ root: path, paths })
    : err(problem('not-found', path, 'There is no image in this folder.'));
}

async function embedPaths(
  host: EngineHost,
  workspace: Workspace,
  { files, backbone, job }: { files: Files; backbone: BackboneRecord; job: JobHandle },
): Promise<{ readable: string[]; rows: Float32Array[] }> {
  const unreadable = new Set<number>();
  const pixels = pixelBatches(host.images, {
    paths: files.paths.map((path) => join(files.root, path)),
    size: backbone.size,
    signal: job.signal,
    onUnreadable: (position, reason) => {
      unreadable.add(position);
      job.skip({ path: files.paths[position] ?? '', reason });
    },
  });
  const rows: Float32Array[] = [];
  const spec = backboneSpec(workspace.store, backbone);
  const count = files.paths.length;
  for await (const batch of embed({ backbone: spec, count }, pixels, { signal: job.signal })) {
    for (let i = 0; i < batch.count; i++)
      rows.push(batch.rows.slice(i * backbone.dim, (i + 1) * backbone.dim));
    job.progress('embed', rows.length, count);
  }
  const isReadable = (_: unknown, position: number): boolean => !unreadable.has(position);
  return { readable: files.paths.filter(isReadable), rows: rows.filter(isReadable) };
}

/** Probabilities of rows under a model's head; the rows go through a file, as the trainer takes them. */
async function applyTo(
  workspace: Workspace,
  model: ModelInfo,
  { rows, backbone }: { rows: readonly Float32Array[]; backbone: BackboneRecord },
): Promise<Result<Float32Array>> {
  if (rows.length === 0) return ok(new Float32Array());
  const matrix = new Float32Array(rows.length * backbone.dim);
  rows.forEach((row, i) => matrix.set(row, i * backbone.dim));
  const folder = await mkdtemp(join(tmpdir(), 'emend-'));
  try {
    const file = join(folder, 'rows.f32');
    await writeFile(file, new Uint8Array(matrix.buffer));
    const head = new ModelRegistry(workspace.store.folder).file(model.id);
    const positions = Int32Array.from(rows.keys());
    return await applyHead({ head, matrix: file, dim: backbone.dim, rows: positions });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function classNames(workspace: Workspace, model: ModelInfo): Promise<string[]> {
  const rows = await workspace.store.db.selectFrom('class').select(['id', 'name']).execute();
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return model.classes.map((id) => names.get(id) ?? id);
}

function toPrediction(image: string, names: readonly string[], probabilities: Float32Array): FilePrediction {
  const best = probabilities.indexOf(Math.max(...probabilities));
  return {
    image,
    class: must(names[best], 'every probability has a class'),
    probabilities: Object.fromEntries(names.map((name, i) => [name, probabilities[i] ?? 0])),
  };
}
