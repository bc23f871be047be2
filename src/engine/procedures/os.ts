import { implement } from '@orpc/server';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Started } from '#contract/job.ts';
import { contract } from '#contract/contract.ts';
import { answer, problemError } from '../answer.ts';
import type { EngineHost } from '../host.ts';
import { problemIn } from '../problem-in.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Builds handlers that must match the contract. What the file system or SQLite says where nobody expects it, reaches
 * the caller in words, too.
 */
export const os = implement(contract).use(async ({ next, path }) => {
  try {
    return await next();
  } catch (error) {
    const known = problemIn(error, path.join('.'));
    throw known === null ? error : problemError(known);
  }
});

/** Runs a procedure's work on the open project; without one, or when it fails, the caller gets the problem. */
export async function onProject<T>(
  host: EngineHost,
  work: (workspace: Workspace) => Promise<Result<T>>,
): Promise<T> {
  const workspace = host.workspace();
  return answer(workspace.ok ? unlessClosed(host, workspace.value, work) : workspace);
}

/** As `onProject`, for work that changes the project: in turn with all other such work, refused when read-only. */
export function changeProject<T>(
  host: EngineHost,
  work: (workspace: Workspace) => Promise<Result<T>>,
): Promise<T> {
  return onProject(host, async (workspace) => {
    const { writable } = workspace;
    return writable.ok ? workspace.inTurn(() => work(workspace)) : writable;
  });
}

/** As `onProject`, for a job that writes to the project's folder: it is not started when that is read-only. */
export function startWriting(host: EngineHost, start: (workspace: Workspace) => string): Promise<Started> {
  return onProject(host, async ({ writable }) =>
    writable.ok ? ok({ job: start(writable.value) }) : writable,
  );
}

/** A project may be closed while something is asked of it; that is no failure of ours. */
export async function unlessClosed<T>(
  host: EngineHost,
  workspace: Workspace,
  work: (workspace: Workspace) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await work(workspace);
  } catch (error) {
    const now = host.workspace();
    if (now.ok && now.value === workspace) throw error;
    return err(problem('busy', workspace.store.folder, 'The project was closed meanwhile; open it again.'));
  }
}
