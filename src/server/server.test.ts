import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os, type RouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { problem } from '#base/problem.ts';
import { err, ok } from '#base/result.ts';
import type { VariantRequest } from '#contract/shell.ts';
import { defaultAugmentation } from '#contract/training.ts';
import { variantAddress } from '#contract/variant-address.ts';
import type { ImageId } from '#core/ids.ts';
import { type RunningServer, startServer } from './server.ts';

const router = {
  echo: os.input(z.object({ word: z.string() })).handler(({ input }) => ({ word: input.word.toUpperCase() })),
  count: os.handler(async function* () {
    yield 1;
    yield 2;
  }),
};
const pixels = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);
const engine = {
  router,
  picture: (id: string, size: string) =>
    Promise.resolve(
      id === 'cell1' && size === 'thumbnail'
        ? ok({ bytes: pixels, type: 'image/webp' })
        : err(problem('not-found', id, 'No such image.')),
    ),
  variant: ({ id, side, settings, seed }: VariantRequest) =>
    Promise.resolve(ok({ bytes: Buffer.from(`${id} ${side} ${settings.crop} ${seed}`), type: 'image/png' })),
};

let folder: string;
let server: RunningServer;
let cookie: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emend-server-'));
  mkdirSync(join(folder, 'window/assets'), { recursive: true });
  writeFileSync(join(folder, 'window/index.html'), '<!doctype html><title>Emend</title>');
  writeFileSync(join(folder, 'window/assets/index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not yours');
  const started = await startServer({ engine, assets: join(folder, 'window') });
  if (!started.ok) throw new Error(started.error.reason);
  server = started.value;
  const welcome = await get(new URL(server.address).pathname + new URL(server.address).search);
  cookie = String(welcome.headers['set-cookie']?.[0]).split(';')[0] ?? '';
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A plain request, with nothing that a browser would tidy up (paths go out as written). */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

function own(headers: Record<string, string> = {}): Record<string, string> {
  return { Cookie: cookie, ...headers };
}

describe('entering', () => {
  test('the printed address gives a cookie that scripts and other sites cannot use, and leaves the URL', async () => {
    const { pathname, search } = new URL(server.address);
    const { status, headers } = await get(pathname + search);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']?.[0]).toMatch(/^emend-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(headers['set-cookie']?.[0]).not.toContain(new URL(server.address).searchParams.get('token'));
  });

  test('a wrong key, a wrong cookie or none gets nothing', async () => {
    for (const path of ['/', '/assets/index-abc.js', '/image/cell1/thumbnail', '/?token=', '/?token=guess']) {
      expect((await get(path)).status, path).toBe(401);
    }
    const forged = cookie.replace(/=.*/, '=AAAA');
    expect((await get('/', { Cookie: forged })).status).toBe(401);
  });

  test('the key works at the front door only', async () => {
    const { search } = new URL(server.address);
    expect((await get(`/image/cell1/thumbnail${search}`)).status).toBe(401);
  });

  test('a foreign host name is refused even with the cookie (DNS rebinding)', async () => {
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', '127.0.0.1:1']) {
      expect((await get('/', own({ Host: host }))).status, host).toBe(403);
    }
    expect((await get('/', own({ Host: `localhost:${server.port}` }))).status).toBe(200);
  });

  test('another page is refused even with the cookie', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${server.port + 1}`]) {
      expect((await get('/', own({ Origin: origin }))).status, origin).toBe(403);
    }
    for (const site of ['cross-site', 'same-site']) {
      expect((await get('/image/cell1/thumbnail', own({ 'Sec-Fetch-Site': site }))).status, site).toBe(403);
    }
  });

  test('nothing can be sent by other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await get('/', own(), method)).status, method).toBe(405);
    }
  });

  test('only the loopback interface listens', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address: host } of [{ address: '::1' }, ...others]) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = connect({ host, port: server.port });
        socket.on('connect', () => resolve('connected'));
        socket.on('error', () => resolve('refused'));
      });
      expect(outcome, host).toBe('refused');
    }
  });
});

describe('the window', () => {
  test('comes with a strict policy', async () => {
    const { status, headers, body } = await get('/', own());
    expect(status).toBe(200);
    expect(body.toString()).toContain('<title>Emend</title>');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
    expect(policy).not.toMatch(/unsafe-eval|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  test('keeps hashed files in the browser', async () => {
    const { headers } = await get('/assets/index-abc.js', own());
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
  });

  test('no path leads out of its folder', async () => {
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
      `/${join(folder, 'secret.txt')}`,
      '//secret.txt',
      '/assets',
    ];
    for (const path of paths) {
      const { status, body } = await get(path, own());
      expect(status, path).toBe(404);
      expect(body.toString()).not.toContain('not yours');
    }
    expect((await get('http://evil.example/', own())).status).toBe(400);
  });

  test('is asked to be built when it is missing', async () => {
    const started = await startServer({ engine, assets: join(folder, 'nowhere') });
    expect(started).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(!started.ok && started.error.reason).toContain('npm run build');
  });

  test('says when its port is taken', async () => {
    const started = await startServer({ engine, assets: join(folder, 'window'), port: server.port });
    expect(started).toMatchObject({ ok: false, error: { code: 'busy' } });
  });
});

describe('pictures', () => {
  test('come as they are, and are kept when their version is named', async () => {
    const fresh = await get('/image/cell1/thumbnail', own());
    expect(fresh.body).toEqual(Buffer.from(pixels));
    expect(fresh.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'no-store' });
    const kept = await get('/image/cell1/thumbnail?v=2', own());
    expect(kept.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    const head = await get('/image/cell1/thumbnail', own(), 'HEAD');
    expect(head.headers['content-length']).toBe('4');
    expect(head.body).toHaveLength(0);
  });

  test('that are not there answer with a problem', async () => {
    const { status, headers, body } = await get('/image/cell2/full', own());
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/json');
    expect(JSON.parse(body.toString())).toEqual({
      code: 'not-found',
      subject: 'cell2',
      reason: 'No such image.',
    });
    for (const path of [
      '/image/cell1/huge',
      '/image/cell1',
      '/image/c%2F..%2F1/full',
      '/image/cell1/full/x',
    ]) {
      expect((await get(path, own())).status, path).toBe(404);
    }
  });
});

describe('variants', () => {
  const wanted = {
    id: 'cell1' as ImageId,
    side: 64,
    settings: { ...defaultAugmentation, crop: 0.2 },
    seed: 5,
  };

  test('are made as the address says', async () => {
    const { status, headers, body } = await get(`/augmented/${variantAddress(wanted)}&v=2`, own());
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'image/png' });
    expect(headers['cache-control']).toContain('immutable');
    expect(body.toString()).toBe('cell1 64 0.2 5');
  });

  test('need an image, a side, a seed and settings', async () => {
    const address = variantAddress(wanted);
    const bad = [
      'cell1',
      address.replace('cell1', 'cell1/x'),
      address.replace('side=64', 'side=0'),
      address.replace('seed=5', 'seed=x'),
      address.replace(/settings=.*/, 'settings={'),
      variantAddress({ ...wanted, settings: { ...wanted.settings, crop: 3 } }),
    ];
    for (const end of bad) expect((await get(`/augmented/${end}`, own())).status, end).toBe(404);
  });
});

describe('the line to the engine', () => {
  /** Resolves to how the handshake ended: `open`, or the status that refused it. */
  function knock(path: string, headers: Record<string, string>): Promise<string | number> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
      socket.on('open', () => {
        socket.close();
        resolve('open');
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  }

  function origin(): string {
    return `http://127.0.0.1:${server.port}`;
  }

  test('opens only for our own page with our cookie', async () => {
    expect(await knock('/rpc', own({ Origin: origin() }))).toBe('open');
    expect(await knock('/rpc', { Origin: origin() })).toBe(401);
    expect(await knock('/rpc', own())).toBe(403);
    expect(await knock('/rpc', own({ Origin: 'https://evil.example' }))).toBe(403);
    expect(await knock('/rpc', own({ Origin: origin(), Host: 'evil.example' }))).toBe(403);
    expect(await knock('/other', own({ Origin: origin() }))).toBe(404);
  });

  test('carries procedures and streams', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: own({ Origin: origin() }) });
    const client: RouterClient<typeof router> = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    );
    expect(await client.echo({ word: 'cell' })).toEqual({ word: 'CELL' });
    const numbers: unknown[] = [];
    for await (const number of await client.count()) numbers.push(number);
    expect(numbers).toEqual([1, 2]);
    socket.close();
  });

  test('drops a message that is too long instead of holding it', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: own({ Origin: origin() }) });
    const closed = new Promise<number>((resolve) => {
      socket.on('close', resolve);
      socket.on('error', () => undefined);
    });
    socket.on('open', () => socket.send(Buffer.alloc(16 * 1024 * 1024 + 1)));
    expect(await closed).toBe(1009);
  });

  test('ends with the server, and the port is free again', async () => {
    const started = await startServer({ engine, assets: join(folder, 'window') });
    if (!started.ok) throw new Error(started.error.reason);
    const { address, port, close } = started.value;
    const welcome = await fetch(address, { redirect: 'manual' });
    const entry = String(welcome.headers.get('set-cookie')).split(';')[0] ?? '';
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
      headers: { Cookie: entry, Origin: `http://127.0.0.1:${port}` },
    });
    await new Promise((resolve) => socket.on('open', resolve));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await close();
    await closed;
    await expect(fetch(address)).rejects.toThrow();
  });
});
