import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { RouterClient } from '@orpc/server';
import { afterAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FromEngine } from '#contract/shell.ts';
import type { EngineRouter } from '#engine/router.ts';

const home = mkdtempSync(join(tmpdir(), 'emend-shells-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The first match of a pattern in what a program prints. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      const match = pattern.exec(text);
      if (match) resolve(match[0]);
    });
    child.on('exit', () => reject(new Error(`It ended and printed: ${text}`)));
  });
}

test('npm start serves the window with its engine where there is no Electron, until Ctrl+C', async () => {
  const program = fileURLToPath(new URL('../../build/start.ts', import.meta.url));
  const child = spawn(process.execPath, [program, '--serve'], {
    env: { ...process.env, EMEND_HOME: home, BROWSER: 'none' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  try {
    const address = await printed(child, /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/);
    const { origin, host } = new URL(address);
    const welcome = await fetch(address, { redirect: 'manual' });
    expect(welcome.status).toBe(303);
    const cookie = String(welcome.headers.get('set-cookie')).split(';')[0] ?? '';
    const page = await (await fetch(origin, { headers: { cookie } })).text();
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
    expect((await fetch(origin + script, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(origin)).status).toBe(401);
    const websocket = new WebSocket(`ws://${host}/rpc`, { headers: { Cookie: cookie, Origin: origin } });
    const client: RouterClient<EngineRouter> = createORPCClient(
      new SocketLink({ websocket: websocket as unknown as globalThis.WebSocket }),
    );
    expect(await client.project.info()).toBeNull();
    expect((await client.preferences.get()).locale).toBe('en');
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toBe(0);
});

test('the engine program of the Electron shell answers windows, main, and a request to close', async () => {
  const worker = new Worker(new URL('../support/engine-worker.ts', import.meta.url), {
    env: { ...process.env, EMEND_HOME: home },
  });
  const told: FromEngine[] = [];
  worker.on('message', (message: FromEngine) => told.push(message));
  const ended = new Promise((resolve, reject) => {
    worker.on('exit', resolve);
    worker.on('error', reject);
  });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ data: { type: 'connect' }, ports: [port1] }, [port1]);
  port2.start();
  const client: RouterClient<EngineRouter> = createORPCClient(new PortLink({ port: port2 }));
  const folder = join(home, 'cells');
  expect(await client.project.create({ folder, name: 'Cells' })).toMatchObject({ name: 'Cells', images: 0 });
  worker.postMessage({ data: { type: 'picture', call: 1, id: 'nothing', size: 'full' } });
  await expect.poll(() => told.length).toBe(2);
  expect(told).toMatchObject([
    { type: 'project', folder },
    { type: 'no-picture', call: 1, problem: { code: 'not-found' } },
  ]);
  port2.close();
  worker.postMessage({ data: { type: 'close' } });
  expect(await ended).toBe(0);
});
