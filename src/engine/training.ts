import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { HeadResult } from '#contract/trainer.ts';
import type { TrainingRequest } from '#contract/training.ts';
import type { ClassId } from '#core/ids.ts';
import { regimesFor } from '#learn/regimes-for.ts';
import { dropJudged, keepJudged } from '#store/judged.ts';
import type { ProjectStore } from '#store/project-store.ts';
import type { BackboneRecord } from './backbones.ts';
import type { AuditAbout } from './current-audit.ts';
import { ensureEmbeddings, type EmbedRequest } from './embeddings.ts';
import { headSettings, type HeadSettings } from './head-settings.ts';
import type { EngineHost } from './host.ts';
import type { Summary } from './jobs.ts';
import { currentModel, ModelRegistry } from './model-registry.ts';
import { judgedRows, modelInfo, predictionRows, roundOf, suspectRows } from './training-result.ts';
import { gatherTrainingSet, type TrainingSet } from './training-set.ts';
import { trainHead as runHeadJob, type JobInput } from './trainer-host.ts';
import type { Workspace } from './workspace.ts';

const folds = 5;

export interface HeadRequest extends EmbedRequest, Pick<TrainingRequest, 'regime' | 'choices'> {
  /** Nobody asked for it. */
  readonly isAutomatic: boolean;
}

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
  { isAutomatic, ...request }: HeadRequest,
): Promise<Result<HeadTraining>> {
  const settings = headSettings(request);
  if (!settings.ok) return settings;
  const { job, choices } = request;
  const current = await currentModel(workspace.store);
  const previous = await lastAskedFor(workspace.store, current);
  const { seq } = workspace.store;
  const gathered = await gather(host, workspace, { ...request, current, previous });
  if (!gathered.ok) return gathered;
  const { set, backbone } = gathered.value;
  await new ModelRegistry(workspace.store.folder).prepare();
  const id = workspace.newId();
  const started = host.clock();
  const result = await runHeadJob(
    await headJob(workspace, { ...gathered.value, id, settings: settings.value }),
    {
      signal: job.signal,
      onProgress: (step, done, total) => job.progress(step, done, total),
    },
  );
  if (!result.ok) return result;
  const seconds = (host.clock() - started) / 1000;
  const about = { id, createdAt: host.clock(), backbone: backbone.id, seq, seconds, isAutomatic };
  const { loss, sampling } = settings.value;
  const model = modelInfo(set, result.value, {
    ...{ ...about, choices: { ...choices, loss, sampling } },
    round: roundOf(set, result.value, previous),
  });
  // A network knows more than a head on what it began with: its predictions stay, and only the audit is made anew.
  const isCurrent = current === null || current.base === null;
  await keep(workspace, set, { result: result.value, model, isCurrent });
  await dropAutomatic(workspace.store, [id, ...(current === null || isCurrent ? [] : [current.id])]);
  host.events.emit({ type: 'model', model: id });
  return ok({ model, set, backbone });
}

interface Before {
  /** The model whose predictions are shown. */
  readonly current: ModelInfo | null;
  /** The one to compare with. */
  readonly previous: ModelInfo | null;
}

/** What corrections bought is told against the last model that somebody asked for. */
async function lastAskedFor(store: ProjectStore, current: ModelInfo | null): Promise<ModelInfo | null> {
  if (current === null || !current.isAutomatic) return current;
  const models = await new ModelRegistry(store.folder).list();
  return models.find(({ isAutomatic, base }) => !isAutomatic && base === null) ?? current;
}

/** Deletes models that were trained in the background, but for some. */
async function dropAutomatic(store: ProjectStore, kept: readonly string[]): Promise<void> {
  const registry = new ModelRegistry(store.folder);
  for (const { id, isAutomatic } of await registry.list()) {
    if (!isAutomatic || kept.includes(id)) continue;
    await registry.remove(id);
    await dropJudged(store.db, id);
  }
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
  { job, current, previous, ...request }: EmbedRequest & Before,
): Promise<Result<Gathered>> {
  const chosen = request.backbone ?? current?.base ?? current?.backbone ?? null;
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
  {
    id,
    set,
    backbone,
    matrix,
    settings,
  }: Gathered & { readonly id: string; readonly settings: HeadSettings },
): Promise<JobInput<'head'>> {
  const { regime, ...others } = settings;
  return {
    matrix,
    dim: backbone.dim,
    rows: set.rows,
    labels: set.labels,
    classCount: set.classes.length,
    groups: set.groups,
    ...others,
    regime: regime === 'auto' ? headRegime(set) : regime,
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

/** Class means are tried beside a head where labels are few. */
function headRegime({ labels, classes }: TrainingSet): 'auto' | 'head' {
  const counts = classes.map(() => 0);
  for (const label of labels) if (label >= 0) counts[label] = (counts[label] ?? 0) + 1;
  return regimesFor(counts).includes('prototype') ? 'auto' : 'head';
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
