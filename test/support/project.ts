import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import { createProject } from '../../src/store/open-project.ts';
import type { ProjectStore } from '../../src/store/project-store.ts';
import { actor, people } from './records.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emend-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The value of a result that the test needs to be a success. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.subject}: ${result.error.reason}`);
  return result.value;
}

/** A new project in a temporary folder, closed after the test; its journal holds who works on it. */
export async function newProject(folder = temporaryFolder()): Promise<ProjectStore> {
  const store = value(await createProject(join(folder, 'project'), { name: 'Cells', clock: ticking() }));
  onTestFinished(() => store.close());
  value(await store.commit({ ...actor, action: 'project.create', detail: {}, changes: people }));
  return store;
}

/** A clock that moves on by a second each time it is read. */
export function ticking(): () => number {
  let now = Date.UTC(2026, 0, 1);
  return () => (now += 1000);
}
