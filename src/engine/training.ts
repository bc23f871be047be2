import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { HeadResult } from '#contract/trainer.ts';
import type { ClassId } from '#core/ids.ts';
import { keepJudged } from '#store/judged.ts';
import type { BackboneRecord } from './backbones.ts';
import type { AuditAbout } from './current-audit.ts';
import { ensureEmbeddings, type EmbedRequest } from './embeddings.ts';
import type { EngineHost } from './host.ts';
import type { Summary } from './jobs.ts';
import { currentModel, ModelRegistry } from './model-registry.ts';
import { judgedRows, modelInfo, predictionRows, roundOf, suspectRows } from './training-result.ts';
import { gatherTrainingSet, type TrainingSet } from './training-set.ts';
import { trainHead as runHeadJob, type JobInput } from './trainer-host.ts';
import type { Workspace } from './workspace.ts';

const folds = 5;
const seed = 1;

/** A head with what it was trained on. */
export interface HeadTraining {
  readonly model: ModelInfo;
  readonly set: TrainingSet;
  readonly backbone: BackboneRecord;
}

/**
 * Embeds what is new, trains a head on the current labels, predicts every image and audits every label. Images
 * without an embedding (unreadable by now) take no part.
 */
export async function trainHead(
  host: EngineHost,
  workspace: Workspace,
  request: EmbedRequest,
): Promise<Result<HeadTraining>> {
  const { job } = request;
  const previous = await currentModel(workspace.store);
  const { seq } = workspace.store;
  const gathered = await gather(host, workspace, { ...request, previous });
  if (!gathered.ok) return gathered;
  const { set, backbone } = gathered.value;
  await new ModelRegistry(workspace.store.folder).prepare();
  const id = workspace.newId();
  const started = host.clock();
  const result = await runHeadJob(await headJob(workspace, { ...gathered.value, id }), {
    signal: job.signal,
    onProgress: (step, done, total) => job.progress(step, done, total),
  });
  if (!result.ok) return result;
  const seconds = (host.clock() - started) / 1000;
  const about = { id, createdAt: host.clock(), backbone: backbone.id, seq, seconds };
  const model = modelInfo(set, result.value, { ...about, round: roundOf(set, result.value, previous) });
  // A network knows more than a head on what it began with: its predictions stay, and only the audit is made anew.
  const isCurrent = previous === null || previous.base === null;
  await keep(workspace, set, { result: result.value, model, isCurrent });
  host.events.emit({ type: 'model', model: id });
  return ok({ model, set, backbone });
}

/** What a head learns from. */
interface Gathered {
  readonly set: TrainingSet;
  readonly backbone: BackboneRecord;
  /** File of the embeddings. */
  readonly matrix: string;
}

async function gather(
  host: EngineHost,
  workspace: Workspace,
  { job, previous, ...request }: EmbedRequest & { readonly previous: ModelInfo | null },
): Promise<Result<Gathered>> {
  const chosen = request.backbone ?? previous?.base ?? previous?.backbone ?? null;
  const embedded = await ensureEmbeddings(host, workspace, { job, backbone: chosen });
  if (!embedded.ok) return embedded;
  const { file, backbone } = embedded.value;
  await file.close();
  const set = await gatherTrainingSet(workspace, (hash) => file.rowOf(hash), previous?.id ?? null);
  if (set.classes.length >= 2) return ok({ set, backbone, matrix: file.path });
  return err(problem('too-few', workspace.store.name, 'Label images of at least two classes, then train.'));
}

async function keep(
  { store }: Workspace,
  set: TrainingSet,
  { result, model, isCurrent }: { result: HeadResult; model: ModelInfo; isCurrent: boolean },
): Promise<void> {
  const { id, createdAt: at, seconds, estimatedErrors } = model;
  const about: AuditAbout = { model: id, at, seconds, estimatedErrors, isDeep: false };
  await new ModelRegistry(store.folder).add(model);
  await keepJudged(store.db, id, judgedRows(set, result));
  await store.replaceResults({
    ...(isCurrent && { predictions: { model: id, rows: predictionRows(set, result) } }),
    audit: { about: JSON.stringify(about), rows: suspectRows(set, result) },
  });
}

/** What a finished training tells. */
export function summaryOf(model: ModelInfo): Summary {
  return {
    model: model.id,
    seconds: model.seconds,
    units: model.units,
    accuracy: model.crossValidated.accuracy.value,
    balancedAccuracy: model.crossValidated.balancedAccuracy.value,
  };
}

async function headJob(
  workspace: Workspace,
  { id, set, backbone, matrix }: Gathered & { readonly id: string },
): Promise<JobInput<'head'>> {
  return {
    matrix,
    dim: backbone.dim,
    rows: set.rows,
    labels: set.labels,
    classCount: set.classes.length,
    groups: set.groups,
    seed,
    folds,
    previousLabels: set.previous?.labels ?? null,
    previousPredicted: set.previous?.predicted ?? null,
    output: new ModelRegistry(workspace.store.folder).file(id),
    metadata: {
      ...(await modelMetadata(workspace, { id, classes: set.classes, seq: workspace.store.seq })),
      'emend.backbone': backbone.id,
      'emend.backboneFingerprint': backbone.fingerprint,
    },
  };
}

/** What a model's file says about itself, whatever it reads. */
export async function modelMetadata(
  workspace: Workspace,
  { id, classes, seq }: { readonly id: string; readonly classes: readonly ClassId[]; readonly seq: number },
): Promise<Record<string, string>> {
  return {
    'emend.model': id,
    'emend.classes': JSON.stringify(await classNames(workspace, classes)),
    'emend.seq': String(seq),
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
