// Crockford's base 32, without letters that look like others: readable aloud, safe in file names and URLs.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** That many unpredictable bytes, as `randomBytes` of Node's `crypto` gives them. */
export type RandomBytes = (length: number) => Uint8Array;

/** A new identifier of 16 characters (80 random bits): unique across machines without asking anybody. */
export function newId(randomBytes: RandomBytes): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');
}
