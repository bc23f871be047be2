import type { EngineEvent } from '#contract/events.ts';
import { defaultChoices } from '#contract/training.ts';
import type { EngineHost } from './host.ts';
import { currentAudit } from './current-audit.ts';
import type { JobBody } from './jobs.ts';
import { countChangedLabels } from './project-info.ts';
import { train } from './train.ts';
import type { Workspace } from './workspace.ts';

/** Labels that must have changed since the last audit. */
const leastChanges = 10;

export interface BackgroundOptions {
  /** How long the person must have rested from labelling. */
  readonly restMs: number;
}

/**
 * Trains the head anew after corrections, when the person rests: suspects and predictions follow the labels without
 * anybody asking. Only after a first training, only while nothing else runs, and only where the preference allows it.
 */
export class BackgroundTraining {
  readonly #host: EngineHost;
  readonly #restMs: number;
  readonly #stop: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: EngineHost, { restMs }: BackgroundOptions) {
    this.#host = host;
    this.#restMs = restMs;
    this.#stop = host.events.on((event) => this.#hear(event));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #hear(event: EngineEvent): void {
    if (event.type === 'project') clearTimeout(this.#timer);
    if (event.type !== 'changed' || !event.kinds.includes('label')) return;
    clearTimeout(this.#timer);
    // It keeps no program alive that has nothing else to do.
    this.#timer = setTimeout(() => void this.#rested(), this.#restMs).unref();
  }

  async #rested(): Promise<void> {
    const { jobs, settings } = this.#host;
    const found = this.#host.workspace();
    if (!found.ok || found.value.store.readOnly || !settings.preferences.backgroundTraining) return;
    if (jobs.isBusy || !(await isWorthIt(found.value))) return;
    const request = { backbone: null, regime: 'head', choices: defaultChoices } as const;
    const body: JobBody = (job) => train(this.#host, found.value, { ...request, job, isAutomatic: true });
    jobs.start('train', body, { isBackground: true });
  }
}

/** Whether enough has changed since an audit that this would make better: a deep one it would not. */
async function isWorthIt(workspace: Workspace): Promise<boolean> {
  const audit = await currentAudit(workspace.store);
  if (audit === null || audit.isDeep) return false;
  return (await countChangedLabels(workspace)) >= leastChanges;
}
