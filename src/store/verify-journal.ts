import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { changeSchema, type Change } from '#core/changes.ts';
import { journalEntrySchema } from '#core/journal.ts';
import { ChangeWriter } from './change-writer.ts';
import { noHash, rowHash } from './journal-row.ts';
import { counterOf } from './journal-writer.ts';
import { Pacer } from './pacer.ts';
import type { JournalRow } from './schema.ts';

const changesSchema = z.array(changeSchema);
const headSchema = journalEntrySchema.omit({ changes: true });

/** Where findings go. */
export type Report = (sentence: string) => void;

/**
 * Checks every journal row of the schema `project` by itself and against the one before, and applies its changes to
 * the empty tables of the schema `main`. Answers how many rows there are.
 */
export async function replayJournal(db: DatabaseSync, report: Report): Promise<number> {
  const read = db.prepare('SELECT * FROM project.journal WHERE seq > ? ORDER BY seq LIMIT 1');
  const replay = new Replay(db, report);
  const pacer = new Pacer();
  let entries = 0;
  let last = 0;
  for (;;) {
    const row = read.get(last) as unknown as JournalRow | undefined;
    if (row === undefined) return entries;
    await replay.take(row, pacer);
    last = row.seq;
    entries++;
  }
}

class Replay {
  readonly #report: Report;
  readonly #changes: ChangeWriter;
  readonly #counters = new Map<string, number>();
  #seq = 0;
  #hash = noHash;

  constructor(db: DatabaseSync, report: Report) {
    this.#report = report;
    this.#changes = new ChangeWriter(db);
  }

  async take(row: JournalRow, pacer: Pacer): Promise<void> {
    this.#checkChain(row);
    this.#checkCounter(row);
    for (const change of this.#parse(row)) {
      const wrong = this.#changes.apply(change);
      if (wrong !== null)
        this.#report(`Journal row ${row.seq} cannot be applied to ${wrong.subject}: ${wrong.reason}`);
      if (pacer.isDue()) await pacer.breathe();
    }
  }

  #checkChain(row: JournalRow): void {
    if (row.seq !== this.#seq + 1) this.#report(missing(this.#seq + 1, row.seq - 1));
    else if (row.previousHash !== this.#hash)
      this.#report(`Journal row ${row.seq} does not follow on the row before it.`);
    if (rowHash(row) !== row.hash)
      this.#report(`Journal row ${row.seq} was changed after it was written: its hash does not fit.`);
    this.#seq = row.seq;
    this.#hash = row.hash;
  }

  #checkCounter(row: JournalRow): void {
    const expected = (this.#counters.get(row.annotator) ?? 0) + 1;
    if (row.id !== `${row.annotator}:${expected}`)
      this.#report(`Journal row ${row.seq} is named ${row.id} instead of ${row.annotator}:${expected}.`);
    this.#counters.set(row.annotator, counterOf(row.id));
  }

  #parse(row: JournalRow): readonly Change[] {
    try {
      headSchema.parse({ ...row, detail: JSON.parse(row.detail) });
      const changes = changesSchema.parse(JSON.parse(row.changes));
      if (changes.length !== row.changeCount)
        this.#report(`Journal row ${row.seq} counts ${row.changeCount} changes and holds ${changes.length}.`);
      return changes;
    } catch {
      this.#report(`Journal row ${row.seq} cannot be read.`);
      return [];
    }
  }
}

function missing(first: number, last: number): string {
  return first === last
    ? `Journal row ${first} is missing.`
    : `Journal rows ${first} to ${last} are missing.`;
}
