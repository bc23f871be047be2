import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import { chain } from '#graph/chain.ts';
import { headGraph, readHead } from '#graph/head-graph.ts';
import { opsetOf } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { writeModel } from '#graph/write-model.ts';
import { writeFileAtomically } from '#store/atomic-file.ts';
import { backboneSpec } from './backbones.ts';
import { backboneOfModel } from './model-backbone.ts';
import { ModelRegistry, noModel } from './model-registry.ts';
import type { Workspace } from './workspace.ts';

/**
 * Writes a model as one ONNX file that takes pixels and gives `probabilities` [N, classes]: preprocessing, backbone and
 * head. Its metadata holds the names and ids of the classes, and what it was made from.
 */
export async function exportModel(
  { store }: Workspace,
  { model: id, file }: { readonly model: string; readonly file: string },
): Promise<Result<{ file: string }>> {
  const path = resolve(file);
  if (!path.toLowerCase().endsWith('.onnx')) {
    return err(problem('bad-input', file, 'Give the file a name that ends in .onnx.'));
  }
  const registry = new ModelRegistry(store.folder);
  const model = await registry.find(id);
  if (model === null) return err(noModel(id));
  const record = await backboneOfModel(store, model);
  if (!record.ok) return record;
  const spec = backboneSpec(store, record.value);
  const backbone = parseModel(await readFile(spec.file), spec.file);
  if (!backbone.ok) return backbone;
  const headFile = registry.file(model.id);
  const stored = parseModel(await readFile(headFile), headFile);
  if (!stored.ok) return stored;
  const head = readHead(stored.value);
  if (head === null)
    return err(problem('damaged', headFile, 'This is not the head of a model; train again.'));
  const stated = { ...Object.fromEntries(stored.value.metadata), ...lineage(model) };
  const whole = chain(backbone.value, headGraph(head, stated, opsetOf(backbone.value)));
  await writeFileAtomically(path, writeModel(whole));
  return ok({ file: path });
}

/** What a model was made from. */
function lineage({ regime, base, backbone, units, createdAt }: ModelInfo): Record<string, string> {
  return {
    'emend.regime': regime,
    'emend.base': base ?? backbone,
    'emend.labels': String(units),
    'emend.trainedAt': new Date(createdAt).toISOString(),
  };
}
