import { ok } from '#base/result.ts';
import { readBatchLine } from '#store/journal-page.ts';
import type { EngineHost } from '../host.ts';
import { changeProject, onProject, os } from './os.ts';

/** The time line, undo and redo. */
export function historyRouter(host: EngineHost) {
  return {
    list: os.history.list.handler(({ input }) =>
      onProject(host, async ({ store }) => ok(await store.readJournal(input))),
    ),
    state: os.history.state.handler(() =>
      onProject(host, async ({ store }) =>
        ok({
          undo: await readBatchLine(store.db, store.stacks.undo.at(-1)),
          redo: await readBatchLine(store.db, store.stacks.redo.at(-1)),
        }),
      ),
    ),
    undo: os.history.undo.handler(() => changeProject(host, (workspace) => workspace.undo())),
    redo: os.history.redo.handler(() => changeProject(host, (workspace) => workspace.redo())),
    restore: os.history.restore.handler(({ input }) =>
      changeProject(host, (workspace) => workspace.restore(input.seq)),
    ),
  };
}
