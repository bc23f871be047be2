import { readFile } from 'node:fs/promises';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { findBackbone, type BackboneRecord } from './backbones.ts';
import { ModelRegistry } from './model-registry.ts';

/** The backbone that a model was trained on: another one under the same id gives embeddings that mean nothing to it. */
export async function backboneOfModel(
  store: ProjectStore,
  model: ModelInfo,
): Promise<Result<BackboneRecord>> {
  const backbone = await findBackbone(store, model.backbone);
  if (!backbone) return err(problem('not-found', model.backbone, 'The backbone of this model is gone.'));
  const file = new ModelRegistry(store.folder).file(model.id);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return err(problem('not-found', file, 'The file of this model is gone; train again.'));
  const head = parseModel(bytes, file);
  if (!head.ok) return head;
  if (head.value.metadata.get('emend.backboneFingerprint') === backbone.fingerprint) return ok(backbone);
  const reason = 'The backbone of this model was made anew since; train again, then predict.';
  return err(problem('unsupported', model.id, reason));
}
