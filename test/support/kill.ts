import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';

/** Where to stop: after so many acknowledged actions and a little while. */
export interface Moment {
  readonly actions: number;
  readonly delayMs: number;
}

/**
 * Runs a program that prints a line for each acknowledged action and never ends by itself, kills it at the moment,
 * and answers the lines that it had printed.
 */
export async function linesUntilKilled(
  program: string,
  args: readonly string[],
  moment: Moment,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('close', (_, signal) => resolve(signal)),
  );
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  let printed = '';
  let isOver = false;
  child.stdout.on('data', (text) => {
    printed += String(text);
    if (isOver || wholeLines(printed).length < moment.actions) return;
    isOver = true;
    void setTimeout(moment.delayMs).then(() => child.kill('SIGKILL'));
  });
  const signal = await ended;
  expect(errors).toBe('');
  expect(signal).toBe('SIGKILL');
  return wholeLines(printed);
}

/** Lines that were printed to their end; the kill may have cut the last. */
function wholeLines(printed: string): readonly string[] {
  return printed.split('\n').slice(0, -1);
}
