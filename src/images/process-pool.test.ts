import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Result } from '#base/result.ts';
import type { FragileTask } from '#test/support/fragile-worker.ts';
import { ProcessPool } from './process-pool.ts';

const entry = new URL('../../test/support/fragile-worker.ts', import.meta.url).href;
let pool: ProcessPool<FragileTask, string>;

function start(size: number, timeoutMs = 15_000): typeof pool {
  pool = new ProcessPool<FragileTask, string>({ entry, size, timeoutMs });
  return pool;
}
const run = (task: FragileTask, signal?: AbortSignal): Promise<Result<string>> =>
  pool.run(task, { subject: String(task), signal });
const code = (result: Result<string>): string => (result.ok ? 'ok' : result.error.code);

afterEach(() => pool.close());

test('uses as many processes as it may, and only when there is work', async () => {
  start(2);
  expect(pool.pids).toEqual([]);
  const results = await Promise.all(Array.from({ length: 20 }, () => run(20)));
  expect(new Set(results.map((result) => result.ok && result.value)).size).toBe(2);
});

test('a crash is blamed on the task that was running, and the others are done', async () => {
  start(1);
  const tasks = ['echo', 'echo', 'crash', 'echo', 'echo', 'crash', 'echo'] as const;
  const results = await Promise.all(tasks.map((task) => run(task)));
  expect(results.map(code)).toEqual(['ok', 'ok', 'crashed', 'ok', 'ok', 'crashed', 'ok']);
});

test('a hang ends after the time limit, and the others are done', async () => {
  start(1, 400);
  const results = await Promise.all((['echo', 'hang', 'echo'] as const).map((task) => run(task)));
  expect(results.map(code)).toEqual(['ok', 'crashed', 'ok']);
});

test('a process killed by the system in the middle of a task costs nothing', async () => {
  start(2);
  await Promise.all([run(50), run(50)]);
  const all = Promise.all(Array.from({ length: 40 }, () => run(50)));
  for (const pid of pool.pids) {
    await sleep(120);
    process.kill(pid, 'SIGKILL');
  }
  expect((await all).map(code)).toEqual(Array(40).fill('ok'));
});

test('a process killed while idle costs nothing', async () => {
  start(1);
  await run('echo');
  process.kill(pool.pids[0]!, 'SIGKILL');
  expect(code(await run('echo'))).toBe('ok');
});

test('what was not begun when the signal aborts is cancelled', async () => {
  start(1);
  const controller = new AbortController();
  const all = Promise.all(Array.from({ length: 30 }, () => run(10, controller.signal)));
  setTimeout(() => controller.abort(), 50);
  const codes = (await all).map(code);
  expect(codes).toContain('ok');
  expect(codes.at(-1)).toBe('cancelled');
});

test('an urgent task goes before those that wait', async () => {
  start(1);
  const order: string[] = [];
  const waiting = Array.from({ length: 30 }, (_, i) => run(5).then(() => order.push(`${i}`)));
  const urgent = pool.run('echo', { subject: '', isUrgent: true }).then(() => order.push('urgent'));
  await Promise.all([...waiting, urgent]);
  expect(order.indexOf('urgent')).toBeLessThan(5);
});

test('closing cancels what is not done and leaves no process', async () => {
  start(2);
  const all = Promise.all([run('hang'), run('hang'), run('echo')]);
  await sleep(100);
  const { pids } = pool;
  await pool.close();
  expect((await all).map(code)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow();
  expect(code(await run('echo'))).toBe('cancelled');
});

test('a program that cannot start says why', async () => {
  pool = new ProcessPool({ entry: new URL('absent.ts', entry).href, size: 1, timeoutMs: 5000 });
  const result = await run('echo');
  expect(result.ok ? '' : result.error.reason).toMatch(/cannot start \(.*Cannot find module/);
});

const script = (task: FragileTask): string => `
  import { ProcessPool } from ${JSON.stringify(new URL('./process-pool.ts', import.meta.url).href)};
  const pool = new ProcessPool({ entry: ${JSON.stringify(entry)}, size: 1, timeoutMs: 60000 });
  const task = pool.run(${JSON.stringify(task)}, { subject: '' });
  setInterval(() => pool.pids[0] && process.stderr.write(pool.pids[0] + ' '), 50).unref();
  await task;`;
const node = (task: FragileTask): string[] => ['--input-type=module', '-e', script(task)];

test('what a decoder prints stays out of our output, and an idle pool lets the program end', () => {
  expect(
    execFileSync(process.execPath, node('print'), {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 15_000,
    }).toString(),
  ).toBe('');
  start(1);
});

test('processes end with their parent, however it ends', async () => {
  start(1);
  const parent = spawn(process.execPath, node(60_000), { stdio: ['ignore', 'ignore', 'pipe'] });
  const [text] = (await once(parent.stderr, 'data')) as [Buffer];
  await sleep(300);
  const pid = Number(text.toString().split(' ')[0]);
  parent.kill('SIGKILL');
  const isAlive = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let i = 0; i < 100 && isAlive(); i++) await sleep(50);
  expect(isAlive()).toBe(false);
});
