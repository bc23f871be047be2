import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnyRouter } from '@orpc/server';
import { type Problem, problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { Access } from './access.ts';
import { assetReply, type Assets, listAssets } from './assets.ts';
import { pictureReply, type PictureSource, variantReply, type VariantSource } from './pictures.ts';
import { type Reply, send, textReply } from './respond.ts';
import { type Line, serveLine } from './line.ts';

/** What is served of an engine. */
export interface ServedEngine {
  readonly router: AnyRouter;
  readonly picture: PictureSource;
  readonly variant: VariantSource;
}

export interface ServerOptions {
  readonly engine: ServedEngine;
  /** Folder of the built window (`out/renderer`). */
  readonly assets: string;
  /** Any free one when absent. */
  readonly port?: number;
}

export interface RunningServer {
  readonly port: number;
  /** What a person opens. It carries the key, which the first visit exchanges for a cookie. */
  readonly address: string;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Serves the window and its engine on 127.0.0.1, to the person who was told the address and to nobody else. */
export async function startServer(options: ServerOptions): Promise<Result<RunningServer>> {
  const assets = listAssets(options.assets);
  if (!assets.ok) return assets;
  const server = createServer();
  const listening = await listen(server, options.port ?? 0);
  if (!listening.ok) return listening;
  const port = listening.value;
  const access = new Access(port);
  const { engine } = options;
  server.on('request', (request, response) => {
    answer(request, { access, assets: assets.value, engine }).then(
      (reply) => send(response, reply),
      () => send(response, textReply(500, 'Emend could not answer; the reason is in its log.')),
    );
  });
  const line = serveLine(server, access, engine.router);
  const address = `http://127.0.0.1:${port}/?token=${access.key}`;
  return ok({ port, address, close: () => close(server, line) });
}

interface Site {
  readonly access: Access;
  readonly assets: Assets;
  readonly engine: ServedEngine;
}

async function answer(request: IncomingMessage, site: Site): Promise<Reply> {
  const refusal = site.access.refuseSender(request.headers);
  if (refusal) return textReply(refusal.status, refusal.reason);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return textReply(405, 'Only reading is possible.');
  const url = readUrl(request.url ?? '');
  if (url === null) return textReply(400, 'This is not an address.');
  return enter(url, site.access) ?? (await show(url, request.headers, site));
}

/** The first visit: trades the key for the cookie and leaves no key in the address bar. */
function enter(url: URL, access: Access): Reply | null {
  const key = url.pathname === '/' ? url.searchParams.get('token') : null;
  const cookie = key === null ? null : access.exchange(key);
  if (cookie === null) return null;
  return { status: 303, headers: { Location: '/', 'Set-Cookie': cookie }, body: '' };
}

async function show(url: URL, headers: IncomingHttpHeaders, site: Site): Promise<Reply> {
  const stranger = site.access.refuseStranger(headers);
  if (stranger) return textReply(stranger.status, stranger.reason);
  if (url.pathname.startsWith('/image/'))
    return pictureReply(url, (id, size) => site.engine.picture(id, size));
  if (url.pathname.startsWith('/augmented/'))
    return variantReply(url, (request) => site.engine.variant(request));
  return assetReply(site.assets, url.pathname, headers.host ?? '');
}

/** Only the path form: `//host/…` and `http://host/…` would otherwise be read as other addresses. */
function readUrl(path: string): URL | null {
  return path.startsWith('/') ? URL.parse(`http://127.0.0.1${path}`) : null;
}

async function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(err(explain(error, port))));
    server.listen(port, '127.0.0.1', () => resolve(ok((server.address() as AddressInfo).port)));
  });
}

function explain(error: NodeJS.ErrnoException, port: number): Problem {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'Another program uses this port: name another one, or none to get a free one.'
      : 'This port cannot be opened: name another one, or none to get a free one.';
  return problem(error.code === 'EADDRINUSE' ? 'busy' : 'bad-input', `127.0.0.1:${port}`, reason);
}

async function close(server: Server, line: Line): Promise<void> {
  line.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
