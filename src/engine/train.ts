import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { TrainingRequest } from '#contract/training.ts';
import type { EngineHost } from './host.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { carryOut } from './runs/carry-out.ts';
import { domainsOf } from './runs/domains.ts';
import { RunFolder, type RunSet } from './runs/run-folder.ts';
import { taxonomyOf } from './runs/taxonomy.ts';
import { summaryOf, trainHead, type HeadTraining } from './training.ts';
import type { Workspace } from './workspace.ts';

export interface TrainRequest extends TrainingRequest {
  readonly job: JobHandle;
  /** Nobody asked for it. */
  readonly isAutomatic?: boolean;
}

/** Trains a head or class means on the current labels, and where the request says so networks after it. */
export async function train(
  host: EngineHost,
  workspace: Workspace,
  request: TrainRequest,
): Promise<Result<Summary>> {
  const { job, regime, isAutomatic = false } = request;
  const isHead = regime === 'head' || regime === 'prototype';
  if (!isHead) return tune(host, workspace, { request, job, isDeep: false });
  const head = await trainHead(host, workspace, { ...request, isAutomatic });
  return head.ok ? ok(summaryOf(head.value.model)) : head;
}

/** Judges every label by networks that never saw it. */
export function auditDeep(
  host: EngineHost,
  workspace: Workspace,
  { job, ...request }: TrainRequest,
): Promise<Result<Summary>> {
  return tune(host, workspace, { request, job, isDeep: true });
}

/** Goes on with the training that was stopped. */
export async function resumeRun(
  host: EngineHost,
  workspace: Workspace,
  job: JobHandle,
): Promise<Result<Summary>> {
  const folder = await RunFolder.find(workspace.store);
  if (folder !== null) return carryOut(host, workspace, { folder, job });
  return err(problem('not-found', workspace.store.name, 'No training was stopped; start one.'));
}

async function tune(
  host: EngineHost,
  workspace: Workspace,
  { request, job, isDeep }: { request: TrainingRequest; job: JobHandle; isDeep: boolean },
): Promise<Result<Summary>> {
  const head = await trainHead(host, workspace, { ...request, job, isAutomatic: false });
  if (!head.ok) return head;
  const { model, backbone, set } = head.value;
  const { regime, choices } = request;
  const record = {
    ...{ id: workspace.newId(), startedAt: host.clock(), backbone: backbone.id, seq: model.seq },
    request: { regime, choices, backbone: backbone.id },
    ...{ head: model.id, isDeep, parts: [], notes: [] },
  };
  const labelled = await labelledOf(workspace, set);
  if (choices.alignment !== null && labelled.domains === null) return err(onlyOneSource);
  const folder = await RunFolder.create(workspace.store, record, labelled);
  return carryOut(host, workspace, { folder, job });
}

const onlyOneSource = problem(
  'unsupported',
  'alignment',
  'All labelled images come from one source; label images of another source too, or train without keeping sources alike.',
);

/** The labelled units that have an embedding, with the content of their images. */
async function labelledOf({ store }: Workspace, set: HeadTraining['set']): Promise<RunSet> {
  const images = await store.background.selectFrom('image').select(['id', 'hash', 'source']).execute();
  const classes = await store.background.selectFrom('class').select(['id', 'parent']).execute();
  const imageOf = new Map<string, (typeof images)[number]>(images.map((image) => [image.id, image]));
  const labelled = [...set.labels.keys()].flatMap((at) => {
    const image = imageOf.get(set.units[at] ?? '');
    return image === undefined || (set.labels[at] ?? -1) < 0 ? [] : [{ at, image }];
  });
  return {
    classes: [...set.classes],
    parents: taxonomyOf(set.classes, classes),
    units: labelled.flatMap(({ at }) => set.units[at] ?? []),
    hashes: labelled.map(({ image }) => image.hash),
    labels: labelled.map(({ at }) => set.labels[at] ?? -1),
    groups: labelled.map(({ at }) => set.groups[at] ?? -1),
    domains: domainsOf(labelled.map(({ image }) => image.source)),
  };
}
