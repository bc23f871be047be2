import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentSecurityPolicy } from '#base/content-security-policy.ts';
import { mediaType } from '#base/media-type.ts';

// Names as the bundler makes them. A segment cannot be `..`, so no address leads out of the folder.
const plainPath = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/;

/** Answers `emend://app/…` with the built window's files. */
export async function windowFile(url: string, folder: string): Promise<Response> {
  const { host, pathname } = new URL(url);
  if (host !== 'app' || !plainPath.test(pathname)) return new Response(null, { status: 404 });
  const bytes = await readFile(join(folder, pathname)).catch(() => null);
  if (bytes === null) return new Response(null, { status: 404 });
  return new Response(bytes, {
    headers: {
      'Content-Type': mediaType(pathname),
      'Content-Security-Policy': contentSecurityPolicy(['emend-image:'], ['emend-image:']),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
    },
  });
}
