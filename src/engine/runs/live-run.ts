import type { Clock } from '#base/clock.ts';
import type { EpochMeasure, Run, RunPart, TuneProgress } from '#contract/training.ts';
import type { RunRecord } from './run-folder.ts';

/** Points that a plot can show. */
const mostPoints = 400;

/** Between two tellings. */
const everyMs = 500;

export interface LiveRunOptions {
  readonly clock: Clock;
  /** Told that `state` is worth another look, about twice a second. */
  readonly onChange: () => void;
}

/** The run that goes on, as windows see it. */
export class LiveRun {
  readonly #options: LiveRunOptions;
  #state: Run;
  #toldAt = -Infinity;

  constructor(record: RunRecord, job: string, options: LiveRunOptions) {
    this.#state = { ...record, job, progress: null };
    this.#options = options;
  }

  get state(): Run {
    return this.#state;
  }

  /** A part begins, or goes on. */
  begin(part: Pick<RunPart, 'regime' | 'fold' | 'folds' | 'ofEpochs'>): void {
    const isSame = (each: RunPart): boolean => each.regime === part.regime && each.fold === part.fold;
    if (!this.#state.parts.some(isSame)) {
      const parts = [...this.#state.parts, { ...part, steps: 0, losses: [], epochs: [] }];
      this.#change({ parts, progress: null });
    }
  }

  step(progress: TuneProgress): void {
    const { step, steps, loss } = progress;
    const bucketOf = (at: number): number => Math.floor((at * mostPoints) / steps);
    this.#changePart(
      (part) => {
        const before = part.losses.filter((point) => bucketOf(point.step) < bucketOf(step));
        return { ...part, steps, losses: [...before, { step, loss }] };
      },
      { progress },
    );
  }

  /** An epoch that is done again after a stop takes the place of the one before. */
  epoch(measure: EpochMeasure): void {
    this.#changePart((part) => ({
      ...part,
      epochs: [...part.epochs.filter(({ epoch }) => epoch < measure.epoch), measure],
    }));
  }

  note(text: string): void {
    if (!this.#state.notes.includes(text)) this.#change({ notes: [...this.#state.notes, text] });
  }

  #changePart(change: (part: RunPart) => RunPart, others: Partial<Run> = {}): void {
    const last = this.#state.parts.length - 1;
    const parts = this.#state.parts.map((part, at) => (at === last ? change(part) : part));
    this.#change({ ...others, parts });
  }

  #change(change: Partial<Run>): void {
    this.#state = { ...this.#state, ...change };
    const now = this.#options.clock();
    if (now - this.#toldAt < everyMs) return;
    this.#toldAt = now;
    this.#options.onChange();
  }
}
