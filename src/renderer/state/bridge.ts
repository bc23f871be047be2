/** What the preload script of the Electron shell offers the window. Absent when the app is served to a browser. */
export interface ShellBridge {
  /** Opens the system's folder dialog; null when the person cancels. */
  pickFolder(): Promise<string | null>;
  /** Where a dropped file or folder lies on disk; an empty text for what has no place there. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly emend?: ShellBridge;
  }
}

/** The Electron shell's bridge, or null in a browser. */
export function shell(): ShellBridge | null {
  return window.emend ?? null;
}
