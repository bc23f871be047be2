import { ok } from '#base/result.ts';
import { countedClasses, createClass, merge, removeClass, reorder, updateClass } from '../classes.ts';
import type { EngineHost } from '../host.ts';
import { importLabels } from '../import-labels.ts';
import { acceptPredictions, setLabels } from '../labelling.ts';
import { withoutUndefined } from './defined.ts';
import { changeProject, onProject, os, startWriting } from './os.ts';

/** Labels: give, take off, accept predictions, read from a file. */
export function labelRouter(host: EngineHost) {
  return {
    set: os.labels.set.handler(({ input }) =>
      changeProject(host, (workspace) => setLabels(workspace, input.units, input.class)),
    ),
    acceptPredictions: os.labels.acceptPredictions.handler(({ input }) =>
      changeProject(host, (workspace) => acceptPredictions(workspace, input.units)),
    ),
    importCsv: os.labels.importCsv.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('label', (job) => importLabels(workspace, { ...input, job })),
      ),
    ),
  };
}

/** Classes: list, create, change, order, merge, remove. */
export function classRouter(host: EngineHost) {
  return {
    list: os.classes.list.handler(() =>
      onProject(host, async (workspace) => ok(await countedClasses(workspace))),
    ),
    create: os.classes.create.handler(({ input }) =>
      changeProject(host, (workspace) => createClass(workspace, withoutUndefined(input))),
    ),
    update: os.classes.update.handler(({ input }) =>
      changeProject(host, (workspace) => updateClass(workspace, input.id, withoutUndefined(input.change))),
    ),
    reorder: os.classes.reorder.handler(({ input }) =>
      changeProject(host, (workspace) => reorder(workspace, input.ids)),
    ),
    merge: os.classes.merge.handler(({ input }) =>
      changeProject(host, (workspace) => merge(workspace, input.from, input.into)),
    ),
    remove: os.classes.remove.handler(({ input }) =>
      changeProject(host, (workspace) => removeClass(workspace, input.id)),
    ),
  };
}
