import type { Kysely } from 'kysely';
import type { DatabaseSync } from 'node:sqlite';
import { problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';
import type { UndoStacks } from '#core/undo.ts';
import { readBatchLine, readJournal, type JournalLine, type JournalPage } from './journal-page.ts';
import type { Actor, Committed } from './journal-writer.ts';
import type { ProjectPaths } from './project-folder.ts';
import type { Action, ProjectWriter } from './project-writer.ts';
import { dropOrphans } from './orphans.ts';
import { replaceResults, type Results } from './replace-results.ts';
import type { Database } from './schema.ts';
import type { VerifyReport } from './verify.ts';
import { verifyAside } from './verify-aside.ts';

/** What a store is made of; `openProject` and `createProject` put it together. */
export interface ProjectParts {
  readonly paths: ProjectPaths;
  readonly id: string;
  readonly name: string;
  readonly db: Kysely<Database>;
  readonly background: Kysely<Database>;
  /** The connection under `db`. */
  readonly reader: DatabaseSync;
  /** Null for a read-only project. */
  readonly writer: ProjectWriter | null;
  /** Closes everything, last of all the lock. */
  readonly release: () => Promise<void>;
}

/** An open project. All changes go through `commit`, `undo`, `redo` and `restore`; queries go through `db`. */
export class ProjectStore {
  readonly paths: ProjectPaths;
  readonly id: string;
  readonly name: string;
  /** Queries, and the caches. It sees committed states only, and SQLite lets it change nothing but the caches. */
  readonly db: Kysely<Database>;
  /**
   * Queries that look at all of a project, which may be large: they run beside this thread and beside each other, and
   * see committed states only. They cost some milliseconds more than those of `db`, and change nothing.
   */
  readonly background: Kysely<Database>;
  readonly #parts: ProjectParts;
  #isClosed = false;
  #tidied: Promise<void> = Promise.resolve();

  constructor(parts: ProjectParts) {
    this.#parts = parts;
    this.paths = parts.paths;
    this.id = parts.id;
    this.name = parts.name;
    this.db = parts.db;
    this.background = parts.background;
    if (!this.readOnly) this.#tidy();
  }

  get folder(): string {
    return this.paths.folder;
  }

  /** True for a second opener: everything can be seen, nothing changed. */
  get readOnly(): boolean {
    return this.#parts.writer === null;
  }

  /** The newest journal row on disk. */
  get seq(): number {
    if (this.#parts.writer !== null) return this.#parts.writer.seq;
    const row = this.#parts.reader.prepare('SELECT max(seq) AS seq FROM journal').get();
    return Number(row?.['seq'] ?? 0);
  }

  /** The batches that undo and redo would take next, newest last. Empty for a read-only project. */
  get stacks(): UndoStacks {
    return this.#parts.writer?.stacks ?? { undo: [], redo: [] };
  }

  /**
   * Writes an action to the journal and its changes to the tables, in one transaction. Resolved means on disk. A
   * `conflict` when a record is not what a change says it was before; then nothing is written.
   */
  commit(action: Action): Promise<Result<Committed>> {
    return this.#write((writer) => writer.commit(action));
  }

  /** Takes back the last action that still stands. */
  undo(by: Actor): Promise<Result<Committed>> {
    return this.#write((writer) => writer.undo(by));
  }

  /** Does again what was taken back last. */
  redo(by: Actor): Promise<Result<Committed>> {
    return this.#write((writer) => writer.redo(by));
  }

  /** Takes back everything after journal row `seq`, as one action that can be undone. */
  restore(seq: number, by: Actor): Promise<Result<Committed>> {
    return this.#write((writer) => writer.restore(seq, by));
  }

  /** The time line, newest first. */
  readJournal(page: JournalPage): Promise<JournalLine[]> {
    return readJournal(this.db, page);
  }

  /** The lines that undo and redo would take back and do again. */
  async undoState(): Promise<{ readonly undo: JournalLine | null; readonly redo: JournalLine | null }> {
    const { undo, redo } = this.stacks;
    return {
      undo: await readBatchLine(this.db, undo.at(-1)),
      redo: await readBatchLine(this.db, redo.at(-1)),
    };
  }

  /** Replaces what the last training found; readers see the old results or the new ones, never a mixture. */
  async replaceResults(results: Results): Promise<void> {
    await replaceResults(this.db, results);
    // Images may have gone since the training began.
    this.#tidy();
  }

  /** Checks the project without changing it, in a thread. */
  async verify(): Promise<Result<VerifyReport>> {
    await this.#tidied;
    return verifyAside(this.folder);
  }

  /** Waits for what is being written, then lets go of the project. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#parts.writer?.settled();
    await this.#tidied;
    await this.#parts.release();
  }

  async #write(work: (writer: ProjectWriter) => Promise<Result<Committed>>): Promise<Result<Committed>> {
    const { writer } = this.#parts;
    if (writer === null)
      return err(problem('locked', this.folder, 'The project is open read-only; nothing can be changed.'));
    if (this.#isClosed)
      return err(problem('busy', this.folder, 'The project is being closed; open it again.'));
    const outcome = await work(writer);
    if (outcome.ok && outcome.value.removedImages) this.#tidy();
    return outcome;
  }

  /** Begun when the project is opened, too: that is when what was killed or has failed is made good. */
  #tidy(): void {
    this.#tidied = this.#tidied.then(() => dropOrphans(this)).catch(() => undefined);
  }
}
