import { ok } from '#base/result.ts';
import { addBackbone, listBackbones } from '../backbones.ts';
import { embedProject } from '../embeddings.ts';
import type { EngineHost } from '../host.ts';
import { currentModel, ModelRegistry } from '../model-registry.ts';
import { predictFiles } from '../predict.ts';
import { trainHead } from '../training.ts';
import { onProject, os, startWriting } from './os.ts';

/** Models and backbones: embed, train, predict. */
export function modelRouter(host: EngineHost) {
  return {
    list: os.model.list.handler(() =>
      onProject(host, async ({ store }) => ok(await new ModelRegistry(store.folder).list())),
    ),
    current: os.model.current.handler(() =>
      onProject(host, async ({ store }) => ok(await currentModel(store))),
    ),
    train: os.model.train.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('train', (job) => trainHead(host, workspace, { ...input, job })),
      ),
    ),
    embed: os.model.embed.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('embed', (job) => embedProject(host, workspace, { ...input, job })),
      ),
    ),
    predict: os.model.predict.handler(({ input }) =>
      onProject(host, async (workspace) =>
        ok({ job: host.jobs.start('predict', (job) => predictFiles(host, workspace, { ...input, job })) }),
      ),
    ),
    predictions: os.model.predictions.handler(({ input }) => [...(host.predictions.get(input.job) ?? [])]),
    backbones: os.model.backbones.handler(() =>
      onProject(host, async (workspace) => ok(await listBackbones(workspace))),
    ),
    addBackbone: os.model.addBackbone.handler(({ input }) =>
      onProject(host, (workspace) => addBackbone(workspace, input)),
    ),
  };
}
