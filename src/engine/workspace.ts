import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Clock } from '#base/clock.ts';
import { created, type Change } from '#core/changes.ts';
import type { AnnotatorId } from '#core/ids.ts';
import type { Annotator } from '#core/records/annotator.ts';
import type { Actor, Committed } from '#store/journal-writer.ts';
import type { ProjectStore } from '#store/project-store.ts';
import type { Action } from '#store/project-writer.ts';
import { Turns } from './turns.ts';

/** A run of work ends when nothing was done for this long. */
const sessionGapMs = 30 * 60 * 1000;

export interface WorkspaceOptions {
  readonly store: ProjectStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told about everything that came to be on disk. */
  readonly onCommit: (committed: Committed) => void;
}

/** What one user action asks to write; the workspace adds who and when. */
export type UserAction = Omit<Action, keyof Actor>;

/** An open project and who works on it. Every change of the project goes through it. */
export class Workspace {
  readonly store: ProjectStore;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly #onCommit: (committed: Committed) => void;
  #annotator: Annotator;
  #session: string;
  #lastActionAt: number;
  readonly #turns = new Turns();

  private constructor(options: WorkspaceOptions, annotator: Annotator) {
    this.store = options.store;
    this.clock = options.clock;
    this.newId = options.newId;
    this.#onCommit = options.onCommit;
    this.#annotator = annotator;
    this.#session = options.newId();
    this.#lastActionAt = options.clock();
  }

  /** Starts to work on a project as the annotator of that name, who is created when new. */
  static async open(options: WorkspaceOptions, annotatorName: string): Promise<Result<Workspace>> {
    const nobody: Annotator = { id: options.newId() as AnnotatorId, name: annotatorName };
    const workspace = new Workspace(options, nobody);
    const set = await workspace.setAnnotator(annotatorName);
    return set.ok ? ok(workspace) : set;
  }

  get annotator(): Annotator {
    return this.#annotator;
  }

  /** Who writes, in which run of work; a new run begins after half an hour of rest. */
  get author(): Actor {
    const now = this.clock();
    if (now - this.#lastActionAt > sessionGapMs) this.#session = this.newId();
    this.#lastActionAt = now;
    return { annotator: this.#annotator.id, session: this.#session };
  }

  /** This workspace where the project may be changed, else the problem that it may not. */
  get writable(): Result<Workspace> {
    if (!this.store.readOnly) return ok(this);
    const reason =
      'The project is open read-only, because another program works on it; close it there and open it again.';
    return err(problem('locked', this.store.folder, reason));
  }

  /**
   * Does work that reads records and then changes them, one after another: nothing changes in between, though several
   * windows and jobs act at once. Work in its turn must not wait for another turn.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(work);
  }

  /** Changes who labels from now on. */
  async setAnnotator(name: string): Promise<Result<Annotator>> {
    const annotators = await this.annotatorsNamed([name]);
    if (!annotators.ok) return annotators;
    const id = annotators.value.get(name) ?? this.#annotator.id;
    if (id !== this.#annotator.id) this.#session = this.newId();
    this.#annotator = { id, name };
    return ok(this.#annotator);
  }

  /** The annotators of those names, created when new. A read-only project knows new ones for this sitting only. */
  annotatorsNamed(names: readonly string[]): Promise<Result<Map<string, AnnotatorId>>> {
    return this.inTurn(() => this.annotatorsInTurn([...new Set(names)]));
  }

  /** As `annotatorsNamed`, for work that has its turn. No name may be there twice. */
  async annotatorsInTurn(names: readonly string[]): Promise<Result<Map<string, AnnotatorId>>> {
    const found = await this.store.db
      .selectFrom('annotator')
      .selectAll()
      .where('name', 'in', names)
      .execute();
    const ids = new Map<string, AnnotatorId>(found.map((each) => [each.name, each.id]));
    const missing: Annotator[] = names
      .filter((name) => !ids.has(name))
      .map((name) => ({ id: this.newId() as AnnotatorId, name }));
    for (const each of missing) ids.set(each.name, each.id);
    if (missing.length === 0 || this.store.readOnly) return ok(ids);
    const isNew = this.store.seq === 0;
    const done = await this.commit({
      action: isNew ? 'project.create' : 'annotator.create',
      detail: { name: isNew ? this.store.name : missing.map((each) => each.name).join(', ') },
      changes: missing.map((each) => created('annotator', each)),
    });
    return done.ok ? ok(ids) : done;
  }

  /** Writes one action; resolves once it is on disk. An action without changes writes nothing. */
  async commit(action: UserAction): Promise<Result<Committed>> {
    const changes: readonly Change[] = action.changes;
    if (changes.length === 0)
      return ok({
        seq: this.store.seq,
        changed: 0,
        batch: action.batch ?? '',
        kinds: [],
        removedImages: false,
      });
    return this.#told(this.store.commit({ ...action, ...this.author }));
  }

  /** Takes back the last action that still stands. */
  async undo(): Promise<Result<Committed>> {
    return this.#told(this.store.undo(this.author));
  }

  /** Does again what was taken back last. */
  async redo(): Promise<Result<Committed>> {
    return this.#told(this.store.redo(this.author));
  }

  /** Takes back everything after a journal row, as one undoable action. */
  async restore(seq: number): Promise<Result<Committed>> {
    return this.#told(this.store.restore(seq, this.author));
  }

  async #told(writing: Promise<Result<Committed>>): Promise<Result<Committed>> {
    const done = await writing;
    if (!done.ok) return done;
    this.#onCommit(done.value);
    return done;
  }
}

/** The answer while no project is open. */
export function noProject(): Result<never> {
  return err(problem('not-found', 'project', 'No project is open; open or create one first.'));
}
