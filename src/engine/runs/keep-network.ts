import { readFile } from 'node:fs/promises';
import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { meanHead, sideBySide } from '#graph/ensemble.ts';
import { headGraph, readHead, type HeadWeights } from '#graph/head-graph.ts';
import { feeds, tensorType, type Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { withViews, type View } from '#graph/with-views.ts';
import { writeModel } from '#graph/write-model.ts';
import { writeFileAtomically } from '#store/atomic-file.ts';
import { makeFolder } from '#store/make-folder.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { backboneDraft, recordBackbone, type BackboneRecord } from '../backbones.ts';
import { ModelRegistry } from '../model-registry.ts';

export interface NetworkFiles {
  readonly backbone: string;
  readonly head: string;
}

export interface NetworkAbout {
  readonly model: string;
  readonly base: BackboneRecord;
  readonly metadata: Readonly<Record<string, string>>;
  /** What the calibrated logits are moved by, of each class. */
  readonly shift: Float64Array;
  /** What an embedding is the mean of; a backbone that takes one image at a time looks once. */
  readonly views: readonly View[];
}

/** The id of the backbone that belongs to a trained network. */
export function trainedBackboneId(model: string): string {
  return `trained-${model}`;
}

/**
 * Keeps trained networks in the project as one, the mean of their logits: its backbone among the backbones, its head as
 * the model's file.
 */
export async function keepNetwork(
  store: ProjectStore,
  files: readonly NetworkFiles[],
  { model, base, metadata, shift, views }: NetworkAbout,
): Promise<Result<BackboneRecord>> {
  const members: Model[] = [];
  const heads: HeadWeights[] = [];
  for (const file of files) {
    const [backbone, head] = [await readModel(file.backbone), await readModel(file.head)];
    if (!backbone.ok) return backbone;
    if (!head.ok) return head;
    members.push(backbone.value);
    heads.push(must(readHead(head.value), 'a training writes a head'));
  }
  const id = trainedBackboneId(model);
  const dim = members.length * base.dim;
  await makeFolder(store.paths.backbones);
  const whole = averaged(members, { views, size: base.size, dim });
  await writeFileAtomically(backboneDraft(store, id), writeModel(whole));
  const backbone = await recordBackbone(store, { id, size: base.size, dim, fittedOn: null });
  const head = meanHead(heads);
  const intercepts = head.intercepts.map((value, at) => value + must(shift[at], 'a class'));
  const stated = { ...metadata, 'emend.backbone': id, 'emend.backboneFingerprint': backbone.fingerprint };
  const registry = new ModelRegistry(store.folder);
  await registry.prepare();
  await writeFileAtomically(registry.file(model), writeModel(headGraph({ ...head, intercepts }, stated)));
  return ok(backbone);
}

async function readModel(file: string): Promise<Result<Model>> {
  return parseModel(await readFile(file), file);
}

function averaged(
  members: readonly Model[],
  seen: { readonly views: readonly View[]; readonly size: number; readonly dim: number },
): Model {
  const first = must(members[0], 'a trained network');
  const joined = members.length === 1 ? first : sideBySide(members, seen.dim / members.length);
  const input = must(feeds(joined.graph)[0], 'a backbone has an input');
  const isOneByOne = typeof tensorType(input)?.dims?.[0] === 'number';
  return isOneByOne || seen.views.length === 1 ? joined : withViews(joined, seen);
}
