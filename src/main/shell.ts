import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { systemClock } from '#base/clock.ts';
import type { Problem } from '#base/problem.ts';
import { portMessage } from '#contract/port-message.ts';
import type { ElectronApi } from './electron-api.ts';
import { EngineProcess } from './engine-process.ts';
import { Home } from './home.ts';
import { setMenu } from './menu.ts';
import { projectPicture } from './project-pictures.ts';
import { Restarts } from './restarts.ts';
import { hardenContents, hardenSession, isOwnFrame, registerSchemes, silenceChromium } from './security.ts';
import { openWindow } from './window.ts';
import { windowFile } from './window-files.ts';

export interface ShellOptions {
  /** Folder of the built window (`out/renderer`). */
  readonly windowFolder: string;
  readonly preload: string;
  /** The built engine program. */
  readonly engine: string;
  readonly icon: string;
  /** The bundler's server while developing, else null. */
  readonly developmentUrl: string | null;
  /** The project to open, else the start page. */
  readonly folder: string | null;
  readonly platform: NodeJS.Platform;
}

/** What a second start tells the first before it ends. */
const secondStartSchema = z.object({ folder: z.string().nullable() });

/** Runs the desktop application: one window, one engine, nothing else. Call before Electron is ready. */
export function startShell(electron: ElectronApi, options: ShellOptions): void {
  const { app } = electron;
  if (!app.requestSingleInstanceLock({ folder: options.folder })) return app.quit();
  const shell = new Shell(electron, options);
  shell.prepare();
  void app.whenReady().then(() => shell.open());
}

class Shell {
  readonly #electron: ElectronApi;
  readonly #options: ShellOptions;
  readonly #home: Home;
  readonly #engine: EngineProcess;
  readonly #windowCrashes = new Restarts(systemClock);
  #window: BrowserWindow | null = null;
  #isEngineStopped = false;

  constructor(electron: ElectronApi, options: ShellOptions) {
    this.#electron = electron;
    this.#options = options;
    this.#home = new Home(options.developmentUrl);
    const fork = () => electron.utilityProcess.fork(options.engine, [], { serviceName: 'Emend engine' });
    this.#engine = new EngineProcess(fork, new Restarts(systemClock));
  }

  /** What must be settled before Electron is ready. */
  prepare(): void {
    const { app } = this.#electron;
    app.enableSandbox();
    registerSchemes(this.#electron);
    silenceChromium(this.#electron, this.#home);
    app.on('web-contents-created', (_event, contents) => hardenContents(contents, this.#home));
    app.on('second-instance', (...told) => this.#startedAgain(told[3]));
    app.on('window-all-closed', () => {
      if (this.#options.platform !== 'darwin') app.quit();
    });
    app.on('activate', () => {
      if (app.isReady()) this.#show();
    });
    app.on('will-quit', (event) => this.#quit(event));
  }

  /** Starts the engine and opens the window. */
  open(): void {
    const { protocol, session, ipcMain, dialog } = this.#electron;
    hardenSession(session.defaultSession, this.#home);
    protocol.handle('emend', ({ url }) => windowFile(url, this.#options.windowFolder));
    protocol.handle('emend-image', ({ url }) => projectPicture(url, this.#engine));
    ipcMain.handle('emend-pick-folder', async ({ senderFrame }) => {
      if (this.#window === null || !isOwnFrame(senderFrame, this.#home)) throw new Error('Not answered.');
      const picked = await dialog.showOpenDialog(this.#window, {
        properties: ['openDirectory', 'createDirectory'],
      });
      return picked.filePaths[0] ?? null;
    });
    this.#engine.restarted.on(() => this.#connect());
    this.#engine.gaveUp.on(() =>
      this.#giveUp('The engine keeps stopping. Your work is on disk; start Emend again.'),
    );
    this.#engine.failed.on((problem) => this.#tell(problem));
    this.#engine.start();
    if (this.#options.folder !== null) this.#engine.open(this.#options.folder);
    setMenu(this.#electron, this.#options.platform);
    this.#show();
  }

  /** Brings the window to the front; opens it where there is none. */
  #show(): void {
    if (this.#window === null) return this.#openWindow();
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  #openWindow(): void {
    const stateFile = join(this.#electron.app.getPath('userData'), 'window.json');
    const window = openWindow(this.#electron, { ...this.#options, home: this.#home, stateFile });
    this.#window = window;
    window.on('closed', () => (this.#window = null));
    window.webContents.on('did-finish-load', () => this.#connect());
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      if (this.#windowCrashes.isWorthAnother()) window.webContents.reload();
      else this.#giveUp('The window keeps crashing. Your work is on disk; start Emend again.');
    });
  }

  /** Gives the window a line of its own to the engine. */
  #connect(): void {
    const contents = this.#window?.webContents;
    if (contents === undefined || !this.#home.isOwn(contents.getURL())) return;
    const { port1, port2 } = new this.#electron.MessageChannelMain();
    this.#engine.connect(port1);
    contents.postMessage(portMessage, null, [port2]);
  }

  #startedAgain(data: unknown): void {
    const folder = secondStartSchema.safeParse(data).data?.folder ?? null;
    if (folder !== null) this.#engine.open(folder);
    if (this.#electron.app.isReady()) this.#show();
  }

  #tell(problem: Problem): void {
    const options = { type: 'error' as const, message: problem.subject, detail: problem.reason };
    if (this.#window === null) void this.#electron.dialog.showMessageBox(options);
    else void this.#electron.dialog.showMessageBox(this.#window, options);
  }

  #giveUp(reason: string): void {
    this.#electron.dialog.showErrorBox('Emend', reason);
    this.#electron.app.quit();
  }

  /** Holds the end until the engine has closed the project. */
  #quit(event: { preventDefault(): void }): void {
    if (this.#isEngineStopped) return;
    event.preventDefault();
    void this.#engine.stop().then(() => {
      this.#isEngineStopped = true;
      this.#electron.app.quit();
    });
  }
}
