import type { Clock } from '#base/clock.ts';
import type { Emitter } from '#base/emitter.ts';
import type { Result } from '#base/result.ts';
import type { EngineEvent } from '#contract/events.ts';
import type { FilePrediction } from '#contract/model.ts';
import type { Preferences } from '#contract/preferences.ts';
import type { ImagePool } from '#images/image-pool.ts';
import type { Settings } from '#store/settings.ts';
import type { Devices } from './devices.ts';
import type { JobQueue } from './jobs.ts';
import type { LiveRun } from './runs/live-run.ts';
import type { Workspace } from './workspace.ts';

/** What every service of the engine works with. */
export interface EngineHost {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly events: Emitter<EngineEvent>;
  readonly jobs: JobQueue;
  readonly devices: Devices;
  readonly images: ImagePool;
  readonly settings: Settings<Preferences>;
  /** What predict jobs found, as long as they are listed. */
  readonly predictions: Map<string, readonly FilePrediction[]>;
  /** The training of a network that goes on; null while there is none. */
  readonly liveRun: LiveRun | null;
  setLiveRun(run: LiveRun | null): void;
  /** The open project, or the problem that none is. */
  workspace(): Result<Workspace>;
  create(folder: string, name: string): Promise<Result<Workspace>>;
  open(folder: string): Promise<Result<Workspace>>;
  /** Cancels what runs and lets go of the project. */
  leave(): Promise<void>;
}
