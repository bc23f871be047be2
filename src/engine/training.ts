import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { HeadResult } from '#contract/trainer.ts';
import type { ClassId } from '#core/ids.ts';
import type { BackboneRecord } from './backbones.ts';
import { ensureEmbeddings, type EmbedRequest } from './embeddings.ts';
import type { EngineHost } from './host.ts';
import type { Summary } from './jobs.ts';
import { currentModel, ModelRegistry } from './model-registry.ts';
import { modelInfo, predictionRows, roundOf, suspectRows } from './training-result.ts';
import { gatherTrainingSet, type TrainingSet } from './training-set.ts';
import { trainHead as runHeadJob, type JobInput } from './trainer-host.ts';
import type { Workspace } from './workspace.ts';

const folds = 5;
const seed = 1;

/**
 * Embeds what is new, trains a head on the current labels, predicts every image and audits every label. Images
 * without an embedding (unreadable by now) take no part.
 */
export async function trainHead(
  host: EngineHost,
  workspace: Workspace,
  request: EmbedRequest,
): Promise<Result<Summary>> {
  const { job } = request;
  const previous = await currentModel(workspace.store);
  const backbone = request.backbone ?? previous?.backbone ?? null;
  const embedded = await ensureEmbeddings(host, workspace, { job, backbone });
  if (!embedded.ok) return embedded;
  const { file } = embedded.value;
  await file.close();
  const { seq } = workspace.store;
  const set = await gatherTrainingSet(workspace, (hash) => file.rowOf(hash));
  if (set.classes.length < 2) {
    return err(problem('too-few', workspace.store.name, 'Label images of at least two classes, then train.'));
  }
  const registry = new ModelRegistry(workspace.store.folder);
  await registry.prepare();
  const id = workspace.newId();
  const started = host.clock();
  const head = await headJob(workspace, set, { id, matrix: file.path, backbone: embedded.value.backbone });
  const result = await runHeadJob(head, {
    signal: job.signal,
    onProgress: (step, done, total) => job.progress(step, done, total),
  });
  if (!result.ok) return result;
  const seconds = (host.clock() - started) / 1000;
  const about = { id, createdAt: host.clock(), backbone: embedded.value.backbone.id, seq, seconds };
  const model = modelInfo(set, result.value, { ...about, round: roundOf(set, result.value, previous) });
  await keep(workspace, set, { result: result.value, model });
  host.events.emit({ type: 'model', model: id });
  return ok(summary(model));
}

async function keep(
  workspace: Workspace,
  set: TrainingSet,
  { result, model }: { result: HeadResult; model: ModelInfo },
): Promise<void> {
  await new ModelRegistry(workspace.store.folder).add(model);
  await workspace.store.replaceResults({
    model: model.id,
    predictions: predictionRows(set, result),
    suspects: suspectRows(set, result),
  });
}

function summary(model: ModelInfo): Summary {
  return {
    model: model.id,
    seconds: model.seconds,
    units: model.units,
    accuracy: model.crossValidated.accuracy.value,
    balancedAccuracy: model.crossValidated.balancedAccuracy.value,
  };
}

interface HeadFiles {
  readonly id: string;
  readonly matrix: string;
  readonly backbone: BackboneRecord;
}

async function headJob(workspace: Workspace, set: TrainingSet, files: HeadFiles): Promise<JobInput<'head'>> {
  return {
    matrix: files.matrix,
    dim: files.backbone.dim,
    rows: set.rows,
    labels: set.labels,
    classCount: set.classes.length,
    groups: set.groups,
    seed,
    folds,
    previousLabels: set.previous?.labels ?? null,
    previousPredicted: set.previous?.predicted ?? null,
    output: new ModelRegistry(workspace.store.folder).file(files.id),
    metadata: {
      'emend.model': files.id,
      'emend.backbone': files.backbone.id,
      'emend.backboneFingerprint': files.backbone.fingerprint,
      'emend.classes': JSON.stringify(await classNames(workspace, set.classes)),
      'emend.seq': String(workspace.store.seq),
    },
  };
}

async function classNames(
  workspace: Workspace,
  ids: readonly ClassId[],
): Promise<{ id: ClassId; name: string }[]> {
  const rows = await workspace.store.db.selectFrom('class').select(['id', 'name']).execute();
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return ids.map((id) => ({ id, name: names.get(id) ?? id }));
}
