import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentSecurityPolicy } from '#base/content-security-policy.ts';
import { mediaType } from '#base/media-type.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { type Reply, textReply } from './respond.ts';

/** The window's files: URL path → file. What is not listed cannot be named, so no path leads out of the folder. */
export type Assets = ReadonlyMap<string, string>;

/** Lists the built window. */
export function listAssets(folder: string): Result<Assets> {
  if (!existsSync(join(folder, 'index.html'))) {
    return err(problem('not-found', folder, 'The window is not built: run `npm run build`.'));
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const assets = new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]));
  assets.set('/', join(folder, 'index.html'));
  return ok(assets);
}

/** Answers with one of the window's files. `host` is where the page may open its WebSocket. */
export async function assetReply(assets: Assets, path: string, host: string): Promise<Reply> {
  const file = assets.get(path);
  if (file === undefined) return textReply(404, 'There is nothing here.');
  const headers = {
    'Content-Type': mediaType(file),
    'Content-Security-Policy': contentSecurityPolicy([], [`ws://${host}`]),
    // The bundler names everything in this folder by its content.
    ...(path.startsWith('/assets/') ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {}),
  };
  return { status: 200, headers, body: await readFile(file) };
}
