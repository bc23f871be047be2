import { ok } from '#base/result.ts';
import type { EngineHost } from '../host.ts';
import { changeProject, onProject, os } from './os.ts';

/** The time line, undo and redo. */
export function historyRouter(host: EngineHost) {
  return {
    list: os.history.list.handler(({ input }) =>
      onProject(host, async ({ store }) => ok(await store.readJournal(input))),
    ),
    state: os.history.state.handler(() => onProject(host, async ({ store }) => ok(await store.undoState()))),
    undo: os.history.undo.handler(() => changeProject(host, (workspace) => workspace.undo())),
    redo: os.history.redo.handler(() => changeProject(host, (workspace) => workspace.redo())),
    restore: os.history.restore.handler(({ input }) =>
      changeProject(host, (workspace) => workspace.restore(input.seq)),
    ),
  };
}
