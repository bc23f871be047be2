import { actionSpecs, type ActionId } from './action-specs/all.ts';
import { keysOf } from './action-specs/spec.ts';
import { usePreferences } from './preferences.ts';

/** The key that is shown for an action under the person's preset, if it has one. */
export function useChord(id: ActionId): string | undefined {
  const { keymap } = usePreferences();
  return keysOf(actionSpecs[id], keymap)[0];
}
