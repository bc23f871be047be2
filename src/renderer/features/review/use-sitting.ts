import { create } from 'zustand';
import type { Decide } from '#contract/review.ts';
import type { UnitId } from '#core/ids.ts';
import { api, client, queryClient } from '../../state/api.ts';
import { saving } from '../../state/saving.ts';
import { toastError } from '../../state/toast.tsx';
import { decided, failed, freshSitting, looking, settled, skipped, type Sitting } from './sitting.ts';

interface SittingState {
  readonly sitting: Sitting;
  /** The project whose suspects are looked at; another one starts another sitting. */
  readonly project: string | null;
}

/** The sitting outlives the view, so that looking at something else does not lose what was put off. */
export const useSitting = create<SittingState>(() => ({ sitting: freshSitting, project: null }));

function change(next: (sitting: Sitting) => Sitting): void {
  useSitting.setState(({ sitting }) => ({ sitting: next(sitting) }));
}

/** Begins anew in another project. */
export function sitDown(project: string | null): void {
  if (useSitting.getState().project !== project) useSitting.setState({ sitting: freshSitting, project });
}

/** Keeps in place what is on screen. */
export function look(units: readonly UnitId[]): void {
  change((sitting) => looking(sitting, units));
}

/** Puts a suspect off to the end of this sitting. */
export function skip(unit: UnitId): void {
  change((sitting) => skipped(sitting, unit));
}

/** Records decisions as one action. The next suspects show at once; those that could not be saved come back. */
export async function decide(decisions: Decide[]): Promise<void> {
  const [first] = decisions;
  if (first === undefined) return;
  const units = decisions.map(({ unit }) => unit);
  change((sitting) => decided(sitting, units));
  try {
    await saving(() =>
      decisions.length === 1 ? client.review.decide(first) : client.review.decideAll({ decisions }),
    );
    await queryClient.invalidateQueries({ queryKey: api.review.queue.key() });
    change((sitting) => settled(sitting, units));
  } catch (error) {
    change((sitting) => failed(sitting, units));
    toastError(error);
  }
}
