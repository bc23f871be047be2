import type { UnitId } from '#core/ids.ts';

/** What a person did since the queue was opened, beyond what the engine keeps. */
export interface Sitting {
  /** Decided about, not yet known to have left the queue. */
  readonly pending: readonly UnitId[];
  /** Decided about, in that order. One that is in the queue and not pending was taken back. */
  readonly past: readonly UnitId[];
  /** Put off to the end, in that order. */
  readonly skipped: readonly UnitId[];
  /** On screen, in that order: they stay there when the labels are audited anew meanwhile. */
  readonly shown: readonly UnitId[];
}

export const freshSitting: Sitting = { pending: [], past: [], skipped: [], shown: [] };

const without = (units: readonly UnitId[], gone: readonly UnitId[]): readonly UnitId[] =>
  units.filter((unit) => !gone.includes(unit));

/** The person decided: the next suspects show at once, before the engine answers. */
export function decided(sitting: Sitting, units: readonly UnitId[]): Sitting {
  return {
    ...sitting,
    pending: [...without(sitting.pending, units), ...units],
    past: [...without(sitting.past, units), ...units],
    skipped: without(sitting.skipped, units),
  };
}

/** The decision is on disk and the queue was read again. */
export function settled(sitting: Sitting, units: readonly UnitId[]): Sitting {
  return { ...sitting, pending: without(sitting.pending, units) };
}

/** The decision was not saved: the suspects come back as if nothing had happened. */
export function failed(sitting: Sitting, units: readonly UnitId[]): Sitting {
  return {
    ...sitting,
    pending: without(sitting.pending, units),
    past: without(sitting.past, units),
  };
}

/** The suspect goes to the end of this sitting's queue, again if it was there before. */
export function skipped(sitting: Sitting, unit: UnitId): Sitting {
  return {
    ...sitting,
    past: without(sitting.past, [unit]),
    skipped: [...without(sitting.skipped, [unit]), unit],
  };
}

/** These are on screen now. */
export function looking(sitting: Sitting, units: readonly UnitId[]): Sitting {
  return { ...sitting, shown: units };
}

/**
 * The queue as this person sees it: what was taken back first, in the order it was decided in, so that undoing step by
 * step goes back and deciding again goes forth; then what is on screen, then the engine's order; then what was put off,
 * in the order it was.
 */
export function ordered<T extends { readonly unit: UnitId }>(items: readonly T[], sitting: Sitting): T[] {
  const pending = new Set(sitting.pending);
  const past = new Map(sitting.past.map((unit, at) => [unit, at]));
  const late = new Map(sitting.skipped.map((unit, at) => [unit, at]));
  const shown = new Map(sitting.shown.map((unit, at) => [unit, at]));
  const here = items.filter(({ unit }) => !pending.has(unit));
  const back = here.filter(({ unit }) => past.has(unit));
  const waiting = here.filter(({ unit }) => !past.has(unit) && !late.has(unit));
  const onScreen = waiting.filter(({ unit }) => shown.has(unit));
  const putOff = here.filter(({ unit }) => !past.has(unit) && late.has(unit));
  const at = (places: Map<UnitId, number>, item: T) => places.get(item.unit) ?? 0;
  return [
    ...back.sort((a, b) => at(past, a) - at(past, b)),
    ...onScreen.sort((a, b) => at(shown, a) - at(shown, b)),
    ...waiting.filter(({ unit }) => !shown.has(unit)),
    ...putOff.sort((a, b) => at(late, a) - at(late, b)),
  ];
}
