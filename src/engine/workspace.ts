import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Clock } from '#base/clock.ts';
import type { Committed } from '#contract/labels.ts';
import { created, type Change } from '#core/changes.ts';
import type { AnnotatorId } from '#core/ids.ts';
import type { ActionName, JournalEntry } from '#core/journal.ts';
import type { Annotator } from '#core/records/annotator.ts';
import type { ProjectStore } from '#store/project-store.ts';

/** A run of work ends when nothing was done for this long. */
const sessionGapMs = 30 * 60 * 1000;

export interface WorkspaceOptions {
  readonly store: ProjectStore;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** What one user action asks to write. */
export interface Action {
  readonly action: ActionName;
  readonly detail: JournalEntry['detail'];
  readonly changes: readonly Change[];
  /** Rows of one action that share this are undone together. */
  readonly batch?: string;
}

/** An open project and who works on it. Every change of the project goes through `commit`. */
export class Workspace {
  readonly store: ProjectStore;
  readonly clock: Clock;
  readonly newId: () => string;
  #annotator: Annotator;
  #session: string;
  #lastActionAt: number;

  private constructor(options: WorkspaceOptions, annotator: Annotator) {
    this.store = options.store;
    this.clock = options.clock;
    this.newId = options.newId;
    this.#annotator = annotator;
    this.#session = options.newId();
    this.#lastActionAt = options.clock();
  }

  /** Starts to work on a project as the annotator of that name, who is created when new. */
  static async open(options: WorkspaceOptions, annotatorName: string): Promise<Result<Workspace>> {
    const nobody: Annotator = { id: 'nobody' as AnnotatorId, name: annotatorName };
    const workspace = new Workspace(options, nobody);
    const set = await workspace.setAnnotator(annotatorName);
    return set.ok ? ok(workspace) : set;
  }

  get annotator(): Annotator {
    return this.#annotator;
  }

  /** The current run of work; a new one begins after half an hour of rest. */
  get session(): string {
    if (this.clock() - this.#lastActionAt > sessionGapMs) this.#session = this.newId();
    return this.#session;
  }

  /** Changes who labels from now on. */
  async setAnnotator(name: string): Promise<Result<Annotator>> {
    const annotator = await this.annotatorNamed(name);
    if (!annotator.ok) return annotator;
    if (annotator.value.id !== this.#annotator.id) this.#session = this.newId();
    this.#annotator = annotator.value;
    return annotator;
  }

  /** The annotator of that name, created when new. A read-only project knows them for this sitting only. */
  async annotatorNamed(name: string): Promise<Result<Annotator>> {
    const found = await this.store.db
      .selectFrom('annotator')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    if (found) return ok(found as Annotator);
    const annotator: Annotator = { id: this.newId() as AnnotatorId, name };
    if (this.store.readOnly) return ok(annotator);
    const done = await this.store.commit({
      action: 'annotator.create',
      detail: { name },
      annotator: annotator.id,
      session: this.#session,
      changes: [created('annotator', annotator)],
    });
    return done.ok ? ok(annotator) : done;
  }

  /** Writes one action; resolves once it is on disk. An action that changes nothing writes nothing. */
  async commit(action: Action): Promise<Result<Committed>> {
    if (action.changes.length === 0) return ok({ seq: await this.store.lastSeq(), changed: 0 });
    const { session } = this;
    this.#lastActionAt = this.clock();
    const done = await this.store.commit({ ...action, annotator: this.#annotator.id, session });
    return done.ok ? ok({ seq: done.value.seq, changed: action.changes.length }) : done;
  }

  /** Who writes undo and redo rows. */
  get author(): { annotator: AnnotatorId; session: string } {
    return { annotator: this.#annotator.id, session: this.session };
  }
}

/** The answer while no project is open. */
export function noProject(): Result<never> {
  return err(problem('not-found', 'project', 'no project is open; open or create one first'));
}
