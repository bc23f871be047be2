import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import type { Regime } from '#contract/training.ts';
import { measuringParts, type Plan } from './plan.ts';
import type { RunSet } from './run-folder.ts';
import { dealPart, type RunContext } from './deal-part.ts';
import { trainPart } from './train-part.ts';

/** What networks of a regime made of units that they had not learned from. */
export interface Measured {
  readonly regime: Regime;
  /** Positions of these units in the run's set, rising. */
  readonly units: Int32Array<ArrayBuffer>;
  /** units × classes. */
  readonly logits: Float32Array<ArrayBuffer>;
  /** Of the last fold. */
  readonly temperature: number;
  readonly seconds: number;
}

/** Trains the networks that measure a regime, one for each fold that is held back. */
export async function measureRegime(
  context: RunContext,
  plan: Plan,
  regime: Regime,
): Promise<Result<Measured>> {
  const { classes, labels } = context.folder.set;
  const logitsOf = new Map<number, Float32Array>();
  let [seconds, temperature] = [0, 1];
  for (const part of measuringParts(plan, regime)) {
    const outcome = await trainPart(context, part);
    if (!outcome.ok) return outcome;
    const { held } = dealPart(context, part);
    for (const [at, unit] of held.entries()) {
      logitsOf.set(unit, outcome.value.logits.subarray(at * classes.length, (at + 1) * classes.length));
    }
    seconds += outcome.value.seconds;
    temperature = outcome.value.temperature;
  }
  const units = Int32Array.from(labels.keys()).filter((unit) => logitsOf.has(unit));
  const logits = new Float32Array(units.length * classes.length);
  for (const [at, unit] of units.entries()) {
    logits.set(must(logitsOf.get(unit), 'a judged unit has logits'), at * classes.length);
  }
  return ok({ regime, units, logits, temperature, seconds });
}

/** Which units are predicted as they are labelled. */
export function rightOf({ labels, classes }: RunSet, { units, logits }: Measured): Uint8Array {
  return Uint8Array.from(units, (unit, at) => {
    const row = logits.subarray(at * classes.length, (at + 1) * classes.length);
    return row.indexOf(Math.max(...row)) === labels[unit] ? 1 : 0;
  });
}
