import { ok } from '#base/result.ts';
import { addBackbone, listBackbones } from '../backbones.ts';
import { compareModels } from '../compare-models.ts';
import { embedProject } from '../embeddings.ts';
import type { EngineHost } from '../host.ts';
import { exportModel } from '../export-model.ts';
import { currentModel, ModelRegistry } from '../model-registry.ts';
import { predictFiles } from '../predict.ts';
import { promoteModel, removeModel } from '../promote.ts';
import { plannedTraining } from '../runs/planned.ts';
import { discardStopped, shownRun } from '../runs/shown-run.ts';
import { auditDeep, resumeRun, train } from '../train.ts';
import { changeProject, onProject, os, startWriting } from './os.ts';

/** Models and backbones: embed, train, predict. */
export function modelRouter(host: EngineHost) {
  return {
    list: os.model.list.handler(() =>
      onProject(host, async ({ store }) => ok(await new ModelRegistry(store.folder).list())),
    ),
    current: os.model.current.handler(() =>
      onProject(host, async ({ store }) => ok(await currentModel(store))),
    ),
    plan: os.model.plan.handler(({ input }) =>
      onProject(host, async ({ store }) => ok(await plannedTraining(store, input))),
    ),
    train: os.model.train.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start(input.regime === 'head' ? 'train' : 'tune', (job) =>
          train(host, workspace, { ...input, job }),
        ),
      ),
    ),
    auditDeep: os.model.auditDeep.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('audit', (job) => auditDeep(host, workspace, { ...input, job })),
      ),
    ),
    run: os.model.run.handler(() => onProject(host, async ({ store }) => ok(await shownRun(host, store)))),
    resume: os.model.resume.handler(() =>
      startWriting(host, (workspace) => host.jobs.start('tune', (job) => resumeRun(host, workspace, job))),
    ),
    discardRun: os.model.discardRun.handler(() =>
      changeProject(host, ({ store }) => discardStopped(host, store)),
    ),
    promote: os.model.promote.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('promote', (job) => promoteModel(host, workspace, { ...input, job })),
      ),
    ),
    remove: os.model.remove.handler(({ input }) =>
      changeProject(host, (workspace) => removeModel(host, workspace, input.model)),
    ),
    compare: os.model.compare.handler(({ input }) =>
      onProject(host, (workspace) => compareModels(workspace, input)),
    ),
    export: os.model.export.handler(({ input }) =>
      onProject(host, (workspace) => exportModel(workspace, input)),
    ),
    devices: os.model.devices.handler(() => host.devices.list()),
    predict: os.model.predict.handler(({ input }) =>
      onProject(host, async (workspace) =>
        ok({ job: host.jobs.start('predict', (job) => predictFiles(host, workspace, { ...input, job })) }),
      ),
    ),
    predictions: os.model.predictions.handler(({ input }) => [...(host.predictions.get(input.job) ?? [])]),
    ...backboneHandlers(host),
  };
}

function backboneHandlers(host: EngineHost) {
  return {
    embed: os.model.embed.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('embed', (job) => embedProject(host, workspace, { ...input, job })),
      ),
    ),
    backbones: os.model.backbones.handler(() =>
      onProject(host, async (workspace) => ok(await listBackbones(workspace))),
    ),
    addBackbone: os.model.addBackbone.handler(({ input }) =>
      onProject(host, (workspace) => addBackbone(workspace, input)),
    ),
  };
}
