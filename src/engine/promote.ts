import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { dropJudged } from '#store/judged.ts';
import { removeBackbone } from './backbones.ts';
import type { EngineHost } from './host.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { backboneOfModel } from './model-backbone.ts';
import { currentModel, ModelRegistry, noModel } from './model-registry.ts';
import { predictAll } from './predict-all.ts';
import type { Workspace } from './workspace.ts';

/** Makes a model the current one: every image is predicted by it. */
export async function promoteModel(
  host: EngineHost,
  workspace: Workspace,
  { model: id, job }: { readonly model: string; readonly job: JobHandle },
): Promise<Result<Summary>> {
  const { store } = workspace;
  const model = await new ModelRegistry(store.folder).find(id);
  if (model === null) return err(noModel(id));
  const backbone = await backboneOfModel(store, model);
  if (!backbone.ok) return backbone;
  const predicted = await predictAll(host, workspace, { model, job });
  return predicted.ok ? ok({ model: id }) : predicted;
}

/** Deletes a model, with the backbone that was trained for it. */
export async function removeModel(
  host: EngineHost,
  { store }: Workspace,
  id: string,
): Promise<Result<Record<string, never>>> {
  const registry = new ModelRegistry(store.folder);
  const model = await registry.find(id);
  if (model === null) return err(noModel(id));
  if ((await currentModel(store))?.id === id) {
    return err(problem('busy', id, 'Its predictions are shown; put another model to use first.'));
  }
  await registry.remove(id);
  await dropJudged(store.db, id);
  if (model.base !== null) await removeBackbone(store, model.backbone);
  host.events.emit({ type: 'model', model: id });
  return ok({});
}
