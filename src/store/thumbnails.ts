import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** A small picture as the browser shows it. */
export interface Thumbnail {
  /** SHA-256 of the image file, in hexadecimal. */
  readonly hash: string;
  /** Media type, for example `image/webp`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The thumbnail of an image's content, or null when it was not made yet. */
export async function getThumbnail(db: Kysely<Database>, hash: string): Promise<Thumbnail | null> {
  const row = await db
    .selectFrom('cache.thumbnail')
    .select(['hash', 'type', 'bytes'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps thumbnails, at most 5,000 at a time; one that is there is replaced. */
export async function putThumbnails(db: Kysely<Database>, thumbnails: readonly Thumbnail[]): Promise<void> {
  if (thumbnails.length === 0) return;
  await db.replaceInto('cache.thumbnail').values(thumbnails).execute();
}
