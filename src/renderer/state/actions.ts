import { useEffect, useEffectEvent } from 'react';
import type { Class } from '#core/records/class.ts';
import { actionIds, actionSpecs, type ActionId } from './action-specs/all.ts';
import { keysOf, type Keymap } from './action-specs/spec.ts';
import { chordOf, hotkeyChord, isForTyping } from './keys.ts';
import type { ViewName } from './view-name.ts';

/** What an action does where it is mounted. */
export interface Handler {
  run(): void;
  /** Absent: always. */
  isEnabled?(): boolean;
}
export type Handlers = Partial<Record<ActionId, Handler | (() => void)>>;

type ClassHandler = (id: Class['id']) => void;

// What is mounted last is on top, so a view can take over an action of the frame.
const mounted: Handlers[] = [];
const classHandlers: ClassHandler[] = [];

/** Offers actions while the component is mounted: by key, in the palette and on the cheat sheet. */
export function useActions(handlers: Handlers): void {
  const current = useEffectEvent((id: ActionId): Handler | null => {
    const handler = handlers[id];
    if (handler === undefined) return null;
    return typeof handler === 'function' ? { run: handler } : handler;
  });
  const ids = Object.keys(handlers).join(' ');
  useEffect(() => {
    const entry: Handlers = {};
    for (const id of ids.split(' ') as ActionId[]) {
      entry[id] = {
        run: () => current(id)?.run(),
        isEnabled: () => current(id)?.isEnabled?.() ?? true,
      };
    }
    mounted.push(entry);
    return () => void mounted.splice(mounted.indexOf(entry), 1);
  }, [ids]);
}

/** Takes the hotkeys of classes while the component is mounted. */
export function useClassKeys(onClass: ClassHandler): void {
  const current = useEffectEvent(onClass);
  useEffect(() => {
    const handler: ClassHandler = (id) => current(id);
    classHandlers.push(handler);
    return () => void classHandlers.splice(classHandlers.indexOf(handler), 1);
  }, []);
}

function handlerOf(id: ActionId): Handler | null {
  const handler = mounted.findLast((entry) => entry[id] !== undefined)?.[id];
  if (handler === undefined) return null;
  return typeof handler === 'function' ? { run: handler } : handler;
}

/** Does an action if it is offered and possible now; tells whether it did. */
export function runAction(id: ActionId): boolean {
  const handler = handlerOf(id);
  if (handler === null || handler.isEnabled?.() === false) return false;
  handler.run();
  return true;
}

/** Whether an action is offered and possible now. */
export function canRun(id: ActionId): boolean {
  return handlerOf(id)?.isEnabled?.() ?? false;
}

/** The actions that make sense in a view and are offered now, in the order they are declared. */
export function actionsIn(view: ViewName): ActionId[] {
  return actionIds.filter((id) => {
    const { scopes } = actionSpecs[id];
    return (scopes.includes('global') || scopes.includes(view)) && handlerOf(id) !== null;
  });
}

/** What a key press is looked up in. */
export interface KeySituation {
  readonly view: ViewName;
  readonly keymap: Keymap;
  readonly classes: readonly Pick<Class, 'id' | 'hotkey'>[];
}

/** Whether keys belong to what has the focus: a text field, or an open menu or dialog. */
function focusTakes(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role=dialog], [role=menu]') !== null) return true;
  if (
    target.closest(
      'input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true]',
    )
  ) {
    return isForTyping(chord);
  }
  const isPress = chord === 'Enter' || chord === 'Space';
  return isPress && target.closest('button, a, summary, [role=button], [role=tab], [role=treeitem]') !== null;
}

/** Does what a key press means in this situation, and then keeps the browser from doing its own. */
export function pressKey(event: KeyboardEvent, situation: KeySituation): void {
  const chord = chordOf(event);
  if (chord === null || event.defaultPrevented || focusTakes(event.target, chord)) return;
  const isAction = actionsIn(situation.view).some(
    (id) => keysOf(actionSpecs[id], situation.keymap).includes(chord) && runAction(id),
  );
  if (isAction || pressClass(chord, event, situation)) event.preventDefault();
}

function pressClass(chord: string, event: KeyboardEvent, { classes }: KeySituation): boolean {
  const handler = classHandlers.at(-1);
  const pressed = classes.find(({ hotkey }) => hotkey !== null && hotkeyChord(hotkey) === chord);
  if (handler === undefined || pressed === undefined || event.repeat) return false;
  handler(pressed.id);
  return true;
}

/** Whether classes can be given to something now. */
export function canPickClass(): boolean {
  return classHandlers.length > 0;
}

/** Does what the hotkey of a class does. */
export function pickClass(id: Class['id']): void {
  classHandlers.at(-1)?.(id);
}
