import { EventEmitter } from 'node:events';
import type { ElectronApi } from '../../src/main/electron-api.ts';

/** A call that the shell made of Electron, as `object.method`. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

type Answer = (...args: never[]) => unknown;

export class FakePort extends EventEmitter {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
}

/** An engine process that does what the test tells it. */
export class FakeProcess extends EventEmitter {
  readonly posted: { message: { type: string } & Record<string, unknown>; ports: readonly FakePort[] }[] = [];
  isKilled = false;
  postMessage(message: { type: string }, ports: readonly FakePort[] = []): void {
    this.posted.push({ message: structuredClone(message), ports });
    if (message.type === 'close') setImmediate(() => this.emit('exit', 0));
  }
  kill(): boolean {
    this.isKilled = true;
    return this.emit('exit', 1);
  }
  /** What it was sent, by type. */
  sent(type: string): Record<string, unknown>[] {
    return this.posted.map(({ message }) => message).filter((message) => message.type === type);
  }
}

export class FakeContents extends EventEmitter {
  url = '';
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly posted: { channel: string; ports: readonly FakePort[] }[] = [];
  reloads = 0;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  getURL(): string {
    return this.url;
  }
  postMessage(channel: string, _message: unknown, ports: readonly FakePort[]): void {
    this.posted.push({ channel, ports });
  }
  reload(): void {
    this.reloads++;
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly calls: string[] = [];
  readonly options: Record<string, unknown>;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  isSmall = false;
  isBig = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.calls.push(`load ${url}`);
    return Promise.resolve();
  }
  show = () => this.calls.push('show');
  focus = () => this.calls.push('focus');
  maximize = () => this.calls.push('maximize');
  setFullScreen = () => this.calls.push('full screen');
  restore = () => this.calls.push('restore');
  isMinimized = () => this.isSmall;
  isMaximized = () => this.isBig;
  isFullScreen = () => false;
  getNormalBounds = () => this.bounds;
}

/** Electron as the shell sees it: records what it is asked and lets a test raise every event. */
export class FakeElectron {
  readonly calls: Call[] = [];
  readonly app = new EventEmitter();
  readonly session = new EventEmitter();
  readonly windows: FakeWindow[] = [];
  readonly processes: FakeProcess[] = [];
  readonly schemes = new Map<string, (request: { url: string }) => Promise<Response>>();
  readonly handlers = new Map<string, (event: { senderFrame: unknown }) => Promise<unknown>>();
  readonly guards: Record<string, Answer> = {};
  isFirst = true;
  picked: { canceled: boolean; filePaths: string[] } = { canceled: true, filePaths: [] };
  readonly #userData: string;

  constructor(userData: string) {
    this.#userData = userData;
  }

  /** Arguments of every call by that name. */
  argumentsOf(name: string): (readonly unknown[])[] {
    return this.calls.filter((call) => call.name === name).map(({ args }) => args);
  }

  get window(): FakeWindow {
    return this.windows.at(-1)!;
  }

  get engine(): FakeProcess {
    return this.processes.at(-1)!;
  }

  api(): ElectronApi {
    return {
      app: this.#app(),
      BrowserWindow: this.#windowClass(),
      Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: this.#record('menu') },
      MessageChannelMain: class {
        readonly port1 = new FakePort();
        readonly port2 = new FakePort();
      },
      dialog: {
        showOpenDialog: this.#record('dialog.open', () => Promise.resolve(this.picked)),
        showMessageBox: this.#record('dialog.message', () => Promise.resolve()),
        showErrorBox: this.#record('dialog.error'),
      },
      ipcMain: { handle: (name: string, handler: never) => this.handlers.set(name, handler) },
      protocol: {
        registerSchemesAsPrivileged: this.#record('protocol.privileged'),
        handle: (scheme: string, handler: never) => this.schemes.set(scheme, handler),
      },
      screen: this.#screen(),
      session: { defaultSession: this.#session() },
      utilityProcess: { fork: this.#record('fork', () => this.#fork()) },
    } as unknown as ElectronApi;
  }

  #record(name: string, answer: () => unknown = () => undefined): (...args: unknown[]) => unknown {
    return (...args) => {
      this.calls.push({ name, args });
      return answer();
    };
  }

  #app(): object {
    return Object.assign(this.app, {
      commandLine: { appendSwitch: this.#record('switch') },
      enableSandbox: this.#record('app.enableSandbox'),
      getPath: () => this.#userData,
      isReady: () => true,
      quit: this.#record('app.quit'),
      requestSingleInstanceLock: this.#record('app.lock', () => this.isFirst),
      whenReady: () => Promise.resolve(),
    });
  }

  #windowClass(): unknown {
    const { windows, app } = this;
    return class extends FakeWindow {
      constructor(options: Record<string, unknown>) {
        super(options);
        windows.push(this);
        app.emit('web-contents-created', {}, this.webContents);
      }
    };
  }

  #screen(): object {
    const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
    return { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };
  }

  #session(): object {
    const guard = (name: string) => (handler: Answer) => (this.guards[name] = handler);
    return Object.assign(this.session, {
      webRequest: { onBeforeRequest: guard('request') },
      setPermissionRequestHandler: guard('permission'),
      setPermissionCheckHandler: guard('check'),
      setDevicePermissionHandler: guard('device'),
    });
  }

  #fork(): FakeProcess {
    const process = new FakeProcess();
    this.processes.push(process);
    return process;
  }
}
