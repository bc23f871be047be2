import { ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { UnitId } from '#core/ids.ts';
import type { PredictionTable } from '#store/schema.ts';
import { inChunks } from './chunks.ts';
import { ensureEmbeddings } from './embeddings.ts';
import type { EngineHost } from './host.ts';
import type { JobHandle } from './jobs.ts';
import { ModelRegistry } from './model-registry.ts';
import { applyHead } from './trainer-host.ts';
import { predictionOf } from './training-result.ts';
import type { Workspace } from './workspace.ts';

/**
 * Makes a model the current one: predicts every image by it. What it, or else the head that its training began with,
 * made of a label before it was learned from, says more about that image than what it says now, and stays.
 */
export async function predictAll(
  host: EngineHost,
  workspace: Workspace,
  { model, job }: { readonly model: ModelInfo; readonly job: JobHandle },
): Promise<Result<null>> {
  const { store } = workspace;
  const embedded = await ensureEmbeddings(host, workspace, { backbone: model.backbone, job });
  if (!embedded.ok) return embedded;
  const { file, backbone } = embedded.value;
  await file.close();
  const images = await store.background.selectFrom('image').select(['id', 'hash']).execute();
  const found = await inChunks(images, (chunk) =>
    chunk.flatMap(({ id, hash }) => {
      const row = file.rowOf(hash);
      return row === null ? [] : [{ unit: id as string as UnitId, row }];
    }),
  );
  const probabilities = await applyHead(
    {
      head: new ModelRegistry(store.folder).file(model.id),
      ...{ matrix: file.path, dim: backbone.dim },
      rows: Int32Array.from(found, ({ row }) => row),
    },
    { signal: job.signal, onProgress: (step, done, total) => job.progress(step, done, total) },
  );
  if (!probabilities.ok) return probabilities;
  const judged = await judgedBefore(workspace, model);
  const rows = predictions(found, { model, judged, probabilities: probabilities.value });
  await store.replaceResults({ predictions: { model: model.id, rows } });
  host.events.emit({ type: 'model', model: model.id });
  return ok(null);
}

/** What was said about labels before they were learned from: by the model, else by the head it began with. */
async function judgedBefore(
  { store }: Workspace,
  model: ModelInfo,
): Promise<ReadonlyMap<UnitId, PredictionTable>> {
  const judged = new Map<UnitId, PredictionTable>();
  for (const id of [model.head, model.id]) {
    if (id === null) continue;
    const rows = await store.background
      .selectFrom('cache.judged')
      .select(['unit', 'class', 'confidence', 'probabilities'])
      .where('model', '=', id)
      .execute();
    for (const row of rows) judged.set(row.unit, row);
  }
  return judged;
}

function* predictions(
  units: readonly { readonly unit: UnitId }[],
  from: {
    readonly model: ModelInfo;
    readonly judged: ReadonlyMap<UnitId, PredictionTable>;
    readonly probabilities: Float32Array;
  },
): Generator<PredictionTable> {
  const { classes } = from.model;
  for (const [i, { unit }] of units.entries()) {
    const own = from.probabilities.slice(i * classes.length, (i + 1) * classes.length);
    yield from.judged.get(unit) ?? { unit, ...predictionOf(own, classes) };
  }
}
