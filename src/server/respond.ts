import type { ServerResponse } from 'node:http';
import type { Problem } from '#base/problem.ts';

/** A whole answer; bodies are small enough to be held (the window's files, encoded images). */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** What every answer says, so that no browser guesses types, embeds us, or tells others where it has been. */
const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // For whatever does not set its own: an image or an error opened as a page can do nothing.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/** A sentence for a person who opened an address in the browser. */
export function textReply(status: number, text: string): Reply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: `${text}\n` };
}

/** An expected failure, for the window. */
export function problemReply(status: number, problem: Problem): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(problem),
  };
}

/** Sends an answer; nothing is kept by the browser unless the answer says so. */
export function send(response: ServerResponse, reply: Reply): void {
  const length = String(Buffer.byteLength(reply.body));
  response.writeHead(reply.status, {
    ...always,
    'Cache-Control': 'no-store',
    'Content-Length': length,
    ...reply.headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : reply.body);
}
