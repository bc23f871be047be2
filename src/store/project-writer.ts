import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '#base/clock.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Change } from '#core/changes.ts';
import type { ActionName } from '#core/journal.ts';
import type { UndoStacks } from '#core/undo.ts';
import { JournalWriter, type Actor, type Committed, type Step } from './journal-writer.ts';
import { inverseOfAllAfter, inverseOfBatch, repeatOfBatch } from './take-back.ts';
import { Transactions } from './transactions.ts';

/** What a person did, with every record it changes as it was before and is after. */
export interface Action extends Actor {
  readonly action: Exclude<ActionName, 'undo' | 'redo' | 'history.restore'>;
  /** Values for the sentence in the history. */
  readonly detail: Readonly<Record<string, string | number>>;
  readonly changes: readonly Change[];
  /**
   * Continues an action that is too large for one row: the `batch` that its last commit answered. When somebody did
   * something else since, a new batch begins, so always pass on the last answer.
   */
  readonly batch?: string;
}

/** Writes a project: one journal, one transaction at a time. */
export class ProjectWriter {
  readonly #db: DatabaseSync;
  readonly #folder: string;
  readonly #journal: JournalWriter;
  readonly #transactions: Transactions;

  private constructor(db: DatabaseSync, folder: string, journal: JournalWriter) {
    this.#db = db;
    this.#folder = folder;
    this.#journal = journal;
    this.#transactions = new Transactions(db, journal);
  }

  /** Continues the journal that the connection leads to; `folder` names the project in problems. */
  static async open(db: DatabaseSync, folder: string, clock: Clock): Promise<ProjectWriter> {
    return new ProjectWriter(db, folder, await JournalWriter.open(db, clock));
  }

  get seq(): number {
    return this.#journal.seq;
  }

  get stacks(): UndoStacks {
    return this.#journal.stacks;
  }

  /** See `ProjectStore.commit`. */
  commit(action: Action): Promise<Result<Committed>> {
    return this.#transact(() => {
      const continues = action.batch !== undefined && action.batch === this.stacks.undo.at(-1);
      const batch = continues ? (action.batch ?? null) : null;
      return this.#appendAll({ ...action, batch, target: null }, rowsOf(action.changes));
    });
  }

  /** See `ProjectStore.undo`. */
  undo(by: Actor): Promise<Result<Committed>> {
    return this.#transact(() => {
      const target = this.stacks.undo.at(-1);
      if (target === undefined) return this.#nothingTo('undo');
      const step = { ...by, action: 'undo', target, batch: null, detail: {} } as const;
      return this.#appendAll(step, inverseOfBatch(this.#db, target));
    });
  }

  /** See `ProjectStore.redo`. */
  redo(by: Actor): Promise<Result<Committed>> {
    return this.#transact(() => {
      const target = this.stacks.redo.at(-1);
      if (target === undefined) return this.#nothingTo('redo');
      const step = { ...by, action: 'redo', target, batch: null, detail: {} } as const;
      return this.#appendAll(step, repeatOfBatch(this.#db, target));
    });
  }

  /** See `ProjectStore.restore`. */
  restore(seq: number, by: Actor): Promise<Result<Committed>> {
    return this.#transact(() => {
      if (!Number.isInteger(seq) || seq < 1 || seq >= this.seq) return this.#nothingTo('take back');
      const step = { ...by, action: 'history.restore', target: null, batch: null, detail: { seq } } as const;
      return this.#appendAll(step, inverseOfAllAfter(this.#db, seq));
    });
  }

  /** Resolves when everything asked for so far is on disk or refused. */
  settled(): Promise<void> {
    return this.#transactions.settled();
  }

  #transact(work: () => Promise<Result<Committed>>): Promise<Result<Committed>> {
    return this.#transactions.run(this.#folder, work);
  }

  /** One row for each list of changes, all of one batch. The first tells the action's count; they are added up. */
  async #appendAll(
    step: Omit<Step, 'changes'>,
    lists: Iterable<readonly Change[]>,
  ): Promise<Result<Committed>> {
    let sum: Committed | null = null;
    for (const changes of lists) {
      const detail = sum !== null && 'count' in step.detail ? { ...step.detail, count: 0 } : step.detail;
      const row: Step = { ...step, batch: sum?.batch ?? step.batch, detail, changes };
      const next: Result<Committed> = await this.#journal.append(row);
      if (!next.ok) return next;
      sum = sum === null ? next.value : add(sum, next.value);
    }
    return sum === null ? this.#nothingTo('take back') : ok(sum);
  }

  async #nothingTo(what: string): Promise<Result<never>> {
    return err(problem('not-found', this.#folder, `There is nothing to ${what}.`));
  }
}

/** What a row holds at most: taking it back, checking it and hashing it take some milliseconds. */
const changesPerRow = 2000;

/** The changes of an action by rows; one row for none. */
function* rowsOf(changes: readonly Change[]): Generator<readonly Change[]> {
  for (let start = 0; start === 0 || start < changes.length; start += changesPerRow)
    yield changes.slice(start, start + changesPerRow);
}

function add(sum: Committed, next: Committed): Committed {
  return {
    ...next,
    changed: sum.changed + next.changed,
    kinds: [...new Set([...sum.kinds, ...next.kinds])],
    removedImages: sum.removedImages || next.removedImages,
  };
}
