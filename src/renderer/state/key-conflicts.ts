import { actionIds, actionSpecs, type ActionId } from './action-specs/all.ts';
import { keysOf, type ActionSpec, type Keymap } from './action-specs/spec.ts';

/** Two actions that one chord would start in the same place. */
export interface KeyConflict {
  readonly chord: string;
  readonly actions: readonly [string, string];
}

function meet(a: ActionSpec, b: ActionSpec): boolean {
  const anywhere = a.scopes.includes('global') || b.scopes.includes('global');
  return anywhere || a.scopes.some((scope) => b.scopes.includes(scope));
}

/** All pairs of actions that fight for a chord under a preset. */
export function keyConflicts(specs: Readonly<Record<string, ActionSpec>>, keymap: Keymap): KeyConflict[] {
  const entries = Object.entries(specs);
  return entries.flatMap(([id, spec], index) =>
    entries
      .slice(index + 1)
      .filter(([, other]) => meet(spec, other))
      .flatMap(([otherId, other]) =>
        keysOf(spec, keymap)
          .filter((chord) => keysOf(other, keymap).includes(chord))
          .map((chord): KeyConflict => ({ chord, actions: [id, otherId] })),
      ),
  );
}

/** The action that already uses a chord somewhere, or null: a class must not take it as its hotkey. */
export function actionUsing(chord: string, keymap: Keymap): ActionId | null {
  return actionIds.find((id) => keysOf(actionSpecs[id], keymap).includes(chord)) ?? null;
}
