import { copyFile, readFile } from 'node:fs/promises';
import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { headGraph, readHead } from '#graph/head-graph.ts';
import { parseModel } from '#graph/parse-model.ts';
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

/** The id of the backbone that belongs to a trained network. */
export function trainedBackboneId(model: string): string {
  return `trained-${model}`;
}

/** Keeps a trained network in the project: its backbone among the backbones, its head as the model's file. */
export async function keepNetwork(
  store: ProjectStore,
  files: NetworkFiles,
  about: {
    readonly model: string;
    readonly base: BackboneRecord;
    readonly metadata: Readonly<Record<string, string>>;
    /** What the calibrated logits are moved by, of each class. */
    readonly shift: Float64Array;
  },
): Promise<Result<BackboneRecord>> {
  const { model, base, metadata, shift } = about;
  const id = trainedBackboneId(model);
  await makeFolder(store.paths.backbones);
  await copyFile(files.backbone, backboneDraft(store, id));
  const backbone = await recordBackbone(store, { id, size: base.size, dim: base.dim, fittedOn: null });
  const stored = parseModel(await readFile(files.head), files.head);
  if (!stored.ok) return stored;
  const head = must(readHead(stored.value), 'a training writes a head');
  const intercepts = head.intercepts.map((value, at) => value + must(shift[at], 'a class'));
  const stated = { ...metadata, 'emend.backbone': id, 'emend.backboneFingerprint': backbone.fingerprint };
  const registry = new ModelRegistry(store.folder);
  await registry.prepare();
  await writeFileAtomically(registry.file(model), writeModel(headGraph({ ...head, intercepts }, stated)));
  return ok(backbone);
}
