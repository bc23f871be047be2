import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';
import { portMessage } from '#contract/port-message.ts';

/** What the preload script works with, passed in for tests. */
export interface PreloadApi {
  readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  readonly ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on'>;
  readonly webUtils: Pick<WebUtils, 'getPathForFile'>;
  /** The page's window. */
  readonly target: Pick<Window, 'postMessage'>;
}

/** `window.emend`. */
export interface Bridge {
  readonly shell: 'electron';
  /** Asks for a folder with the system's dialog; null when cancelled. */
  pickFolder(): Promise<string | null>;
  /** Where a dropped file or folder lies on disk; an empty text for what has no place there. */
  pathOf(file: File): string;
}

/** Gives the page `window.emend` and passes on the ports that main sends: all that it gets of Electron. */
export function exposeBridge({ contextBridge, ipcRenderer, webUtils, target }: PreloadApi): void {
  const bridge: Bridge = {
    shell: 'electron',
    pickFolder: () => ipcRenderer.invoke('emend-pick-folder'),
    pathOf: (file) => webUtils.getPathForFile(file),
  };
  contextBridge.exposeInMainWorld('emend', bridge);
  // Only our own page is ever shown, so whatever origin it has (a development server's, say) may have the port.
  ipcRenderer.on(portMessage, ({ ports }) => target.postMessage(portMessage, '*', [...ports]));
}
