import { create } from 'zustand';
import { client } from './api.ts';
import { shell } from './bridge.ts';

/** What is to be chosen: a folder, or a file of a kind in one. */
export type PickKind = 'folder' | 'project' | 'csv' | 'model';

interface Picking {
  readonly kind: PickKind;
  readonly title: string;
  readonly resolve: (path: string | null) => void;
}

/** The question that the folder dialog asks just now; null while it is closed. */
export const usePicker = create<{ readonly picking: Picking | null }>(() => ({ picking: null }));

/** Asks for a path on the engine's machine: the system's dialog in Electron, our own in a browser. */
export function pickPath(kind: PickKind, title: string): Promise<string | null> {
  const bridge = shell();
  if (bridge !== null && (kind === 'folder' || kind === 'project')) return bridge.pickFolder();
  return new Promise((resolve) => usePicker.setState({ picking: { kind, title, resolve } }));
}

/** Answers the open question. */
export function answerPick(path: string | null): void {
  usePicker.getState().picking?.resolve(path);
  usePicker.setState({ picking: null });
}

const placeKey = 'picker-place';

/** Where the dialog was left the last time, or null for the home folder. */
export function lastPlace(): string | null {
  return localStorage.getItem(placeKey);
}

/** Looks into a folder and remembers it; falls back to the home folder when it is gone. */
export async function browse(path: string | null) {
  try {
    const found = await client.project.browse({ path });
    localStorage.setItem(placeKey, found.path);
    return found;
  } catch (error) {
    if (path === null) throw error;
    return client.project.browse({ path: null });
  }
}
