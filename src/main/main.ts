import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { entryUrl } from '#base/entry.ts';
import { projectArgument } from './project-argument.ts';
import { startShell } from './shell.ts';

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  screen,
  session,
  utilityProcess,
};

/** Path of a file, seen from the build folder `out/main`. */
function built(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

startShell(electron, {
  windowFolder: built('../renderer'),
  preload: built('../preload/preload.cjs'),
  engine: fileURLToPath(entryUrl(import.meta.url, 'engine')),
  icon: built('../../resources/icon.png'),
  developmentUrl: app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null),
  folder: projectArgument(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd()),
  platform: process.platform,
});
