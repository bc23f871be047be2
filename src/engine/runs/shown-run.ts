import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Run } from '#contract/training.ts';
import type { ProjectStore } from '#store/project-store.ts';
import type { EngineHost } from '../host.ts';
import { discardRuns, RunFolder } from './run-folder.ts';

/** The run that goes on, else the one that was stopped. */
export async function shownRun(host: EngineHost, store: ProjectStore): Promise<Run | null> {
  if (host.liveRun !== null) return host.liveRun.state;
  const folder = await RunFolder.find(store);
  if (folder === null) return null;
  return { ...folder.record, job: null, progress: null };
}

/** Drops the run that was stopped. */
export async function discardStopped(
  host: EngineHost,
  store: ProjectStore,
): Promise<Result<Record<string, never>>> {
  if (host.liveRun !== null) {
    return err(problem('busy', host.liveRun.state.id, 'This training goes on; cancel it first.'));
  }
  await discardRuns(store);
  host.events.emit({ type: 'run' });
  return ok({});
}
