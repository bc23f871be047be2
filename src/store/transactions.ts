import type { DatabaseSync } from 'node:sqlite';
import { err, type Result } from '#base/result.ts';
import { storageProblem } from './storage-problem.ts';

/** What is told when a transaction ended; called before the next one begins. */
export interface TransactionEnd {
  committed(): void;
  rolledBack(): void;
}

/**
 * Write transactions, one after the other, though each may take several turns of the event loop. A transaction whose
 * work answers a problem, throws or cannot be written leaves no trace.
 */
export class Transactions {
  readonly #db: DatabaseSync;
  readonly #end: TransactionEnd;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: DatabaseSync, end: TransactionEnd) {
    this.#db = db;
    this.#end = end;
  }

  /** Runs `work` in a transaction and resolves once it is on disk. `subject` names the project in problems. */
  run<T>(subject: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const mine = this.#last.then(() => this.#transact(subject, work));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when all transactions so far have ended. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #transact<T>(subject: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const outcome = await work();
      if (outcome.ok) this.#commit();
      else this.#rollBack();
      return outcome;
    } catch (cause) {
      this.#rollBack();
      const known = storageProblem(cause, subject);
      if (known === null) throw cause;
      return err(known);
    }
  }

  #commit(): void {
    this.#db.exec('COMMIT');
    this.#end.committed();
  }

  #rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#end.rolledBack();
  }
}
