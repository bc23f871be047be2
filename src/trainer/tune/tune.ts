import type { Clock } from '#base/clock.ts';
import { rateAt, type Schedule } from '#graph/training/schedule.ts';
import { stepsPerEpoch, type TrainingData } from './batch-source.ts';
import { BatchesAhead } from './batches-ahead.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { Stepper } from './stepper.ts';

const checkpointEveryMs = 30_000;

/** What a step tells. */
export interface Metrics {
  /** Steps taken, of how many. */
  readonly step: number;
  readonly steps: number;
  /** Of the batch, before the step. */
  readonly loss: number;
  readonly rate: number;
}

export interface TuneRun {
  /** Where checkpoints are written. */
  readonly folder: string;
  readonly data: TrainingData;
  readonly stepper: Stepper;
  readonly schedule: Schedule;
  readonly clock: Clock;
  readonly onStep: (metrics: Metrics) => void;
  /** Told after each epoch, counted from 1. */
  readonly onEpoch: (epoch: number) => Promise<void>;
  /** Losses of the units that are trained on, for epochs that follow them. */
  readonly measureLosses: () => Promise<Float32Array>;
}

/** Trains to the end of the schedule, from the last checkpoint in the folder where there is one. */
export async function tune(run: TuneRun): Promise<void> {
  const { stepper, data, schedule, clock } = run;
  const { epochs } = data;
  const found = await readCheckpoint(run.folder);
  if (found !== null) stepper.restore(found.state, found.step);
  if (found?.losses) epochs.follow(found.losses);
  const perEpoch = stepsPerEpoch(data);
  let savedAt = clock();
  const batches = new BatchesAhead(data);
  while (stepper.count < schedule.steps) {
    const batch = await batches.take(stepper.count);
    const rate = rateAt(stepper.count + 1, schedule);
    const { loss } = await stepper.step(batch, rate);
    run.onStep({ step: stepper.count, steps: schedule.steps, loss, rate });
    const isEpoch = stepper.count % perEpoch === 0;
    if (isEpoch) await run.onEpoch(stepper.count / perEpoch);
    if (isEpoch && epochs.followsLosses) epochs.follow(await run.measureLosses());
    if (!isEpoch && clock() - savedAt < checkpointEveryMs) continue;
    await writeCheckpoint(run.folder, { step: stepper.count, state: stepper.state, losses: epochs.losses });
    savedAt = clock();
  }
}
