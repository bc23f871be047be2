import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly reason: string;
}

const wrongHost: Refusal = { status: 403, reason: 'This address is not served here.' };
const wrongOrigin: Refusal = { status: 403, reason: 'Requests from other pages are not answered.' };
const noKey: Refusal = { status: 401, reason: 'Open the address that Emend printed: it carries the key.' };

/**
 * Who may talk to the server. Any page in any browser and any program of any user can reach a loopback port, so a
 * request must name us as its host (a foreign name that was rebound to 127.0.0.1 does not), come from our own page,
 * and bring a secret: the key of the printed address once, the cookie from then on.
 */
export class Access {
  readonly key = randomBytes(32).toString('base64url');
  readonly #session = randomBytes(32).toString('base64url');
  readonly #hosts: readonly string[];
  readonly #cookie: string;

  constructor(port: number) {
    this.#hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    // Browsers share cookies between ports of one host, so each server needs its own name.
    this.#cookie = `emend-${port}`;
  }

  /** The reason to refuse a request whatever it asks for, or null. Secrets are looked at afterwards. */
  refuseSender(headers: IncomingHttpHeaders): Refusal | null {
    if (!this.#hosts.includes(headers.host ?? '')) return wrongHost;
    if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return wrongOrigin;
    // Images and scripts are fetched without Origin, but every current browser says where they are wanted.
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none' ? null : wrongOrigin;
  }

  /** As `refuseSender`, for WebSockets: browsers always say their origin there, so it must be present. */
  refuseSocket(headers: IncomingHttpHeaders): Refusal | null {
    if (headers.origin === undefined) return wrongOrigin;
    return this.refuseSender(headers) ?? this.refuseStranger(headers);
  }

  /** The reason to refuse a request that does not bring our cookie, or null. */
  refuseStranger(headers: IncomingHttpHeaders): Refusal | null {
    const prefix = `${this.#cookie}=`;
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const known = cookies.some(
      (cookie) => cookie.startsWith(prefix) && isSame(cookie.slice(prefix.length), this.#session),
    );
    return known ? null : noKey;
  }

  /** The `Set-Cookie` header that the key is exchanged for, or null for a wrong key. */
  exchange(key: string): string | null {
    if (!isSame(key, this.key)) return null;
    return `${this.#cookie}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

/** Compares in a time that tells nothing about where two secrets differ, nor about their lengths. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
