import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { reachableBounds } from './bounds.ts';
import type { ElectronApi } from './electron-api.ts';
import type { Home } from './home.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface WindowOptions {
  readonly home: Home;
  /** The built preload script. */
  readonly preload: string;
  readonly icon: string;
  /** Where the window's place is remembered. */
  readonly stateFile: string;
}

/** Opens the window where it was left, with everything closed that a page could abuse. */
export function openWindow(electron: ElectronApi, options: WindowOptions): BrowserWindow {
  const state = readWindowState(options.stateFile);
  const primary = electron.screen.getPrimaryDisplay();
  const others = electron.screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const workAreas = [primary, ...others].map(({ workArea }) => workArea);
  const window = new electron.BrowserWindow({
    ...reachableBounds(state?.bounds ?? null, workAreas),
    ...appearance(options),
  });
  if (state?.isMaximized === true) window.maximize();
  if (state?.isFullScreen === true) window.setFullScreen(true);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => remember(window, options.stateFile));
  void window.loadURL(options.home.url);
  return window;
}

function appearance({ preload, icon }: WindowOptions): BrowserWindowConstructorOptions {
  return {
    title: 'Emend',
    icon,
    minWidth: 800,
    minHeight: 500,
    // Shown when there is something to see, on the ground that the dark theme has.
    show: false,
    backgroundColor: '#101010',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      // Chromium would fetch dictionaries from the network.
      spellcheck: false,
    },
  };
}

function remember(window: BrowserWindow, file: string): void {
  writeWindowState(file, {
    bounds: window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    isFullScreen: window.isFullScreen(),
  });
}
