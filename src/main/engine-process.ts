import type { MessagePortMain, UtilityProcess } from 'electron';
import { Emitter } from '#base/emitter.ts';
import { type Problem, problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import {
  type FromEngine,
  fromEngineSchema,
  type Picture,
  type PictureRequest,
  type ToEngine,
  type VariantRequest,
} from '#contract/shell.ts';
import type { Restarts } from './restarts.ts';

/** How long a closing engine may take to finish its writing; what was acknowledged is on disk already. */
const closeMs = 5_000;

const crashed = problem('crashed', 'engine', 'The engine stopped; it is being started again.');

/** The engine as main sees it: a process that is started again whenever it dies. */
export class EngineProcess {
  /** A new process answers after a death: windows need new lines to it. */
  readonly restarted = new Emitter<void>();
  /** It keeps dying and is not started any more. */
  readonly gaveUp = new Emitter<void>();
  /** Something went wrong that no window asked for. */
  readonly failed = new Emitter<Problem>();
  readonly #fork: () => UtilityProcess;
  readonly #restarts: Restarts;
  readonly #calls = new Map<number, (picture: Result<Picture>) => void>();
  #lastCall = 0;
  #process: UtilityProcess | null = null;
  #folder: string | null = null;
  #whenStopped: (() => void) | null = null;

  constructor(fork: () => UtilityProcess, restarts: Restarts) {
    this.#fork = fork;
    this.#restarts = restarts;
  }

  start(): void {
    const started = this.#fork();
    started.on('message', (message) => this.#take(fromEngineSchema.parse(message)));
    started.on('exit', () => this.#exited());
    this.#process = started;
    if (this.#folder !== null) this.open(this.#folder);
  }

  /** Hands the engine its end of a window's line. While it is down that end is closed: `restarted` follows. */
  connect(port: MessagePortMain): void {
    if (this.#process === null) port.close();
    else this.#process.postMessage({ type: 'connect' } satisfies ToEngine, [port]);
  }

  /** Opens a project; it is opened again after a death once the engine said that it is open. */
  open(folder: string): void {
    this.#post({ type: 'open', folder });
  }

  picture(request: PictureRequest): Promise<Result<Picture>> {
    return this.#ask((call) => ({ type: 'picture', call, ...request }));
  }

  /** A picture, varied. */
  variant(request: VariantRequest): Promise<Result<Picture>> {
    return this.#ask((call) => ({ type: 'variant', call, ...request }));
  }

  /** Lets the engine close its project and ends it. */
  stop(): Promise<void> {
    const running = this.#process;
    if (running === null) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => running.kill(), closeMs);
      this.#whenStopped = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#post({ type: 'close' });
    });
  }

  #ask(message: (call: number) => ToEngine): Promise<Result<Picture>> {
    if (this.#process === null) return Promise.resolve(err(crashed));
    const call = ++this.#lastCall;
    return new Promise((resolve) => {
      this.#calls.set(call, resolve);
      this.#post(message(call));
    });
  }

  #post(message: ToEngine): void {
    this.#process?.postMessage(message);
  }

  #take(message: FromEngine): void {
    switch (message.type) {
      case 'picture':
        return this.#settle(message.call, ok(message.picture));
      case 'no-picture':
        return this.#settle(message.call, err(message.problem));
      case 'project':
        this.#folder = message.folder;
        return;
      case 'problem':
        return this.failed.emit(message.problem);
    }
  }

  #settle(call: number, picture: Result<Picture>): void {
    this.#calls.get(call)?.(picture);
    this.#calls.delete(call);
  }

  #exited(): void {
    this.#process = null;
    for (const call of [...this.#calls.keys()]) this.#settle(call, err(crashed));
    if (this.#whenStopped !== null) return this.#whenStopped();
    if (!this.#restarts.isWorthAnother()) return this.gaveUp.emit();
    this.start();
    this.restarted.emit();
  }
}
