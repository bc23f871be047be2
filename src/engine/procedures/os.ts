import { implement } from '@orpc/server';
import type { Result } from '#base/result.ts';
import { contract } from '#contract/contract.ts';
import { answer } from '../answer.ts';
import type { EngineHost } from '../host.ts';
import type { Workspace } from '../workspace.ts';

/** Builds handlers that must match the contract. */
export const os = implement(contract);

/** Runs a procedure's work on the open project; without one, or when it fails, the caller gets the problem. */
export async function onProject<T>(
  host: EngineHost,
  work: (workspace: Workspace) => Promise<Result<T>>,
): Promise<T> {
  const workspace = host.workspace();
  return answer(workspace.ok ? work(workspace.value) : workspace);
}
