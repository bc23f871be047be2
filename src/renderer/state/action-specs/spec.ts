import type { Preferences } from '#contract/preferences.ts';
import type { ViewName } from '../view-name.ts';

export type Keymap = Preferences['keymap'];

/** Where an action can be done: in some views, or anywhere. */
export type Scope = 'global' | ViewName;

/**
 * An action as the palette, the cheat sheet and the key handling know it. Its id is `area.name` and its text
 * `area.action.name` in the catalogues.
 */
export interface ActionSpec {
  readonly scopes: readonly Scope[];
  /** Chords, the first is shown; by preset where presets differ. */
  readonly keys: readonly string[] | Readonly<Record<Keymap, readonly string[]>>;
}

export type ActionSpecs = Readonly<Record<string, ActionSpec>>;

/** The chords of an action under a preset. */
export function keysOf(spec: ActionSpec, keymap: Keymap): readonly string[] {
  return 'emend' in spec.keys ? spec.keys[keymap] : spec.keys;
}
