import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '#base/clock.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Change } from '#core/changes.ts';
import type { AnnotatorId } from '#core/ids.ts';
import type { ActionName } from '#core/journal.ts';
import type { RecordKind } from '#core/records/records.ts';
import { advance, emptyStacks, type UndoStacks } from '#core/undo.ts';
import { canonicalJson } from './canonical-json.ts';
import { ChangeWriter } from './change-writer.ts';
import { noHash, rowHash } from './journal-row.ts';
import { Pacer } from './pacer.ts';
import type { JournalRow } from './schema.ts';

/** Who acts, in which run of work. */
export interface Actor {
  readonly annotator: AnnotatorId;
  readonly session: string;
}

/** A journal row to be written. Without a `batch` it starts one of its own, named after its id. */
export interface Step extends Actor {
  readonly action: ActionName;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly batch: string | null;
  readonly target: string | null;
  readonly changes: Iterable<Change>;
}

/** What is on disk once a commit has resolved. */
export interface Committed {
  /** The last journal row written. */
  readonly seq: number;
  /** The batch its rows belong to: pass it on to continue the same action. */
  readonly batch: string;
  /** Records changed. */
  readonly changed: number;
  /** Kinds of the records changed. */
  readonly kinds: readonly RecordKind[];
  /** Images are gone, and with them what the caches said about their units. */
  readonly removedImages: boolean;
}

type StepRow = Pick<JournalRow, 'seq' | 'id' | 'annotator' | 'action' | 'batch' | 'target'>;

/** The end of the journal as far as it is on disk, and what follows from it. */
interface Tail {
  readonly seq: number;
  readonly hash: string;
  readonly counters: ReadonlyMap<string, number>;
}

const stepColumns = 'seq, id, annotator, action, batch, target';
const rowColumns =
  'seq, id, time, annotator, session, action, detail, batch, target, previousHash, hash, changeCount, changes';

/**
 * Appends rows to the journal and applies their changes, in a transaction that its caller holds: `append` as often
 * as needed, then `committed` or `rolledBack`.
 */
export class JournalWriter {
  readonly stacks: UndoStacks;
  readonly #changes: ChangeWriter;
  readonly #clock: Clock;
  readonly #insert: StatementSync;
  #onDisk: Tail;
  #tail: Tail;
  #pending: StepRow[] = [];

  private constructor(db: DatabaseSync, clock: Clock, { tail, stacks }: JournalEnd) {
    this.#clock = clock;
    this.stacks = stacks;
    this.#changes = new ChangeWriter(db);
    this.#insert = db.prepare(
      `INSERT INTO journal (${rowColumns}) VALUES (${rowColumns.replaceAll(/\w+/g, '?')})`,
    );
    this.#onDisk = tail;
    this.#tail = tail;
  }

  /** Continues the journal of a project. */
  static async open(db: DatabaseSync, clock: Clock): Promise<JournalWriter> {
    return new JournalWriter(db, clock, await readEnd(db));
  }

  /** The newest row that is on disk; 0 for an empty journal. */
  get seq(): number {
    return this.#onDisk.seq;
  }

  /** Writes one row and its changes. Long lists are worked off in stretches, so that the process stays responsive. */
  async append(step: Step): Promise<Result<Committed>> {
    const pacer = new Pacer();
    const texts: string[] = [];
    const kinds = new Set<RecordKind>();
    let removedImages = false;
    for (const change of step.changes) {
      const wrong = this.#changes.apply(change);
      if (wrong !== null) return err(wrong);
      texts.push(canonicalJson(change));
      kinds.add(change.kind);
      if (change.kind === 'image' && change.after === null) removedImages = true;
      if (pacer.isDue()) await pacer.breathe();
    }
    const row = this.#row(step, texts);
    if (pacer.isDue()) await pacer.breathe();
    this.#write(row);
    if (pacer.isDue()) await pacer.breathe();
    return ok({ seq: row.seq, batch: row.batch, changed: texts.length, kinds: [...kinds], removedImages });
  }

  /** The caller's transaction is on disk. */
  committed(): void {
    this.#onDisk = this.#tail;
    for (const step of this.#pending) advance(this.stacks, step);
    this.#pending = [];
  }

  /** The caller's transaction did not happen. */
  rolledBack(): void {
    this.#tail = this.#onDisk;
    this.#pending = [];
  }

  #row(step: Step, changes: readonly string[]): JournalRow {
    const id = `${step.annotator}:${(this.#tail.counters.get(step.annotator) ?? 0) + 1}`;
    const row = {
      seq: this.#tail.seq + 1,
      id,
      time: this.#clock(),
      annotator: step.annotator,
      session: step.session,
      action: step.action,
      detail: canonicalJson(step.detail),
      batch: step.batch ?? id,
      target: step.target,
      previousHash: this.#tail.hash,
      changes: `[${changes.join(',')}]`,
    };
    return { ...row, hash: rowHash(row), changeCount: changes.length };
  }

  #write(row: JournalRow): void {
    this.#insert.run(
      row.seq,
      row.id,
      row.time,
      row.annotator,
      row.session,
      row.action,
      row.detail,
      row.batch,
      row.target,
      row.previousHash,
      row.hash,
      row.changeCount,
      row.changes,
    );
    this.#pending.push(row);
    const counters = new Map(this.#tail.counters).set(row.annotator, counterOf(row.id));
    this.#tail = { seq: row.seq, hash: row.hash, counters };
  }
}

/** The number behind the colon of a row's id. */
export function counterOf(id: string): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

interface JournalEnd {
  readonly tail: Tail;
  readonly stacks: UndoStacks;
}

/** Goes through all steps, in stretches: years of labels are a million of them. */
async function readEnd(db: DatabaseSync): Promise<JournalEnd> {
  const pacer = new Pacer();
  const stacks = emptyStacks();
  const counters = new Map<string, number>();
  let seq = 0;
  for (const raw of db.prepare(`SELECT ${stepColumns} FROM journal ORDER BY seq`).iterate()) {
    const step = raw as unknown as StepRow;
    advance(stacks, step);
    counters.set(step.annotator, counterOf(step.id));
    seq = step.seq;
    if (pacer.isDue()) await pacer.breathe();
  }
  const last = db.prepare('SELECT hash FROM journal WHERE seq = ?').get(seq);
  return { tail: { seq, hash: String(last?.['hash'] ?? noHash), counters }, stacks };
}
