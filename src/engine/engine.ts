import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { systemClock, type Clock } from '#base/clock.ts';
import { Emitter } from '#base/emitter.ts';
import { newId } from '#base/ids.ts';
import { ok, type Result } from '#base/result.ts';
import type { EngineEvent } from '#contract/events.ts';
import type { FilePrediction } from '#contract/model.ts';
import { preferencesSchema, type Preferences } from '#contract/preferences.ts';
import type { Picture, PictureSize, VariantRequest } from '#contract/shell.ts';
import { createImagePool, type ImagePool } from '#images/image-pool.ts';
import { createProject, openProject } from '#store/open-project.ts';
import { Settings, settingsFolder } from '#store/settings.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { Devices } from './devices.ts';
import { BackgroundTraining } from './background-training.ts';
import type { EngineHost } from './host.ts';
import { JobQueue } from './jobs.ts';
import { findPicture } from './pictures.ts';
import { remember } from './recent.ts';
import { engineRouter, type EngineRouter } from './router.ts';
import type { LiveRun } from './runs/live-run.ts';
import { Turns } from './turns.ts';
import { Variants } from './variants.ts';
import { noProject, Workspace } from './workspace.ts';

export interface EngineOptions {
  readonly clock?: Clock;
  /** Folder of the person's settings; the system's place for them unless told (`EMEND_HOME`). */
  readonly home?: string | undefined;
  /** How long a person must rest from labelling before the head is trained anew in the background. */
  readonly restMs?: number;
  /** Where faults of those who listen to the engine are told, a line each; standard error unless given. */
  readonly log?: (line: string) => void;
}

/** The engine as its shells see it. It holds at most one open project. */
export interface Engine {
  /** Implements the contract. */
  readonly router: EngineRouter;
  /** What windows are told; the contract's event stream carries the same. */
  readonly events: Emitter<EngineEvent>;
  /** An image of the open project, encoded for a browser. */
  picture(id: string, size: PictureSize): Promise<Result<Picture>>;
  /** An image of the open project, varied as training varies it. */
  variant(request: VariantRequest): Promise<Result<Picture>>;
  open(folder: string): Promise<Result<unknown>>;
  close(): Promise<void>;
}

const usualRestMs = 8000;

/** Starts an engine without a project. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const folder = settingsFolder(options.home);
  const settings = await Settings.open({ folder, schema: preferencesSchema });
  const log = options.log ?? ((line) => process.stderr.write(`${line}\n`));
  return new ProjectEngine({
    clock: options.clock ?? systemClock,
    ...{ settings, log, restMs: options.restMs ?? usualRestMs },
  });
}

interface EngineParts {
  readonly clock: Clock;
  readonly settings: Settings<Preferences>;
  readonly log: (line: string) => void;
  readonly restMs: number;
}

class ProjectEngine implements Engine, EngineHost {
  readonly clock: Clock;
  readonly events: Emitter<EngineEvent>;
  readonly images: ImagePool = createImagePool();
  readonly devices = new Devices();
  readonly settings: Settings<Preferences>;
  readonly predictions = new Map<string, readonly FilePrediction[]>();
  readonly jobs: JobQueue;
  readonly router: EngineRouter;
  readonly #background: BackgroundTraining;
  #workspace: Workspace | null = null;
  #variants: Variants | null = null;
  #liveRun: LiveRun | null = null;
  /** Projects are opened and closed one after another. */
  readonly #turns = new Turns();

  constructor({ clock, settings, log, restMs }: EngineParts) {
    this.clock = clock;
    this.settings = settings;
    this.events = new Emitter((error) => log(`A listener to the engine failed: ${String(error)}`));
    this.jobs = new JobQueue({
      clock,
      newId: this.newId,
      onChange: (job) => this.events.emit({ type: 'job', job }),
    });
    this.router = engineRouter(this);
    this.#background = new BackgroundTraining(this, { restMs });
  }

  newId = (): string => newId((length) => randomBytes(length));

  get liveRun(): LiveRun | null {
    return this.#liveRun;
  }

  setLiveRun(run: LiveRun | null): void {
    this.#liveRun = run;
  }

  workspace(): Result<Workspace> {
    return this.#workspace === null ? noProject() : ok(this.#workspace);
  }

  create(folder: string, name: string): Promise<Result<Workspace>> {
    return this.#turns.take(async () =>
      this.#enter(await createProject(resolve(folder), { name, clock: this.clock })),
    );
  }

  /** Opens a project; when another program works on it, to look at only. */
  open(folder: string): Promise<Result<Workspace>> {
    return this.#turns.take(async () => {
      const path = resolve(folder);
      const current = this.#workspace;
      if (current?.store.folder === path && !current.store.readOnly) return ok(current);
      const opened = await openProject(path, { clock: this.clock });
      const isLocked = !opened.ok && opened.error.code === 'locked';
      return this.#enter(isLocked ? await openProject(path, { clock: this.clock, readOnly: true }) : opened);
    });
  }

  leave(): Promise<void> {
    return this.#turns.take(() => this.#leave());
  }

  /** Nothing new is begun on the project from the start of this. */
  async #leave(): Promise<void> {
    const workspace = this.#workspace;
    if (workspace === null) return;
    this.#workspace = null;
    this.#variants = null;
    await this.jobs.cancelAll();
    try {
      await workspace.inTurn(() => remember(this.settings, workspace));
    } finally {
      await workspace.store.close();
      this.events.emit({ type: 'project', folder: null });
    }
  }

  async picture(id: string, size: PictureSize): Promise<Result<Picture>> {
    return this.#workspace === null ? noProject() : findPicture(this.#workspace, this.images, { id, size });
  }

  async variant(request: VariantRequest): Promise<Result<Picture>> {
    return this.#variants === null ? noProject() : this.#variants.picture(request);
  }

  async close(): Promise<void> {
    this.#background.close();
    await this.leave();
    await this.devices.close();
    await this.images.close();
  }

  /** Works on a project that was opened; whatever was open before is let go only now that this one is there. */
  async #enter(store: Result<ProjectStore>): Promise<Result<Workspace>> {
    if (!store.ok) return store;
    await this.#leave();
    const opened = await Workspace.open(
      {
        store: store.value,
        clock: this.clock,
        newId: this.newId,
        onCommit: ({ seq, kinds }) => this.events.emit({ type: 'changed', seq, kinds: [...kinds] }),
      },
      this.settings.preferences.annotator,
    );
    if (!opened.ok) {
      await store.value.close();
      return opened;
    }
    this.#workspace = opened.value;
    this.#variants = new Variants(opened.value, this.images);
    await remember(this.settings, opened.value);
    this.events.emit({ type: 'project', folder: opened.value.store.folder });
    return opened;
  }
}
