import { createHash } from 'node:crypto';
import type { JournalRow } from './schema.ts';

/** What comes before the first row. */
export const noHash = '0'.repeat(64);

/**
 * SHA-256 over the canonical JSON of the row without its hash. `detail` and `changes` already are canonical JSON and
 * go in as they lie on disk, so that every changed byte shows.
 */
export function rowHash(row: Omit<JournalRow, 'hash' | 'changeCount'>): string {
  const text = JSON.stringify;
  const hash = createHash('sha256');
  hash.update(`{"action":${text(row.action)},"annotator":${text(row.annotator)},"batch":${text(row.batch)}`);
  hash.update(`,"changes":${row.changes},"detail":${row.detail},"id":${text(row.id)}`);
  hash.update(`,"previousHash":${text(row.previousHash)},"seq":${row.seq},"session":${text(row.session)}`);
  hash.update(`,"target":${text(row.target)},"time":${row.time}}`);
  return hash.digest('hex');
}
