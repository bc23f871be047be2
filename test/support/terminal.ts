import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** What a run of the `emend` command left behind. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `emend` as a person would, with settings of its own. */
export async function emend(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, EMEND_HOME: await mkdtemp(join(tmpdir(), 'emend-home-')) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stdout, stderr };
}

/** Runs `emend … --json`, which must succeed, and gives the one document that it prints. */
export async function emendJson<T>(...args: readonly string[]): Promise<T> {
  const ran = await emend(...args, '--json');
  if (ran.status !== 0) throw new Error(`emend ${args.join(' ')} ended with ${ran.status}: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as T;
}

/** A new folder that a project can be made in. */
export async function newProjectFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'emend-test-')), 'project');
}
