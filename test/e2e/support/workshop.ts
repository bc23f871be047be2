import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what the tests of one run share; gone after the run. */
    workshop: string;
  }
}

let folder: string | null = null;

/** Makes the workshop before the first end-to-end test. */
export function setup(project: TestProject): void {
  folder = mkdtempSync(join(tmpdir(), 'emend-e2e-'));
  project.provide('workshop', folder);
}

/** Removes it after the last. */
export function teardown(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
