// Crockford's base 32 without vowels' look-alikes: readable aloud, safe in file names and URLs.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Fills a buffer with unpredictable bytes (Node's and the browser's `crypto.getRandomValues`). */
export type RandomBytes = (length: number) => Uint8Array;

/** A new identifier of 16 characters (80 random bits): unique across machines without asking anybody. */
export function newId(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');
}
