import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Emitter } from '#base/emitter.ts';
import { type Problem, problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';
import type { EngineEvent } from '#contract/events.ts';
import {
  type FromEngine,
  type Picture,
  type PictureSize,
  type ToEngine,
  toEngineSchema,
  type VariantRequest,
} from '#contract/shell.ts';

/** A window's end of its line: the oRPC handler takes the port, and messages flow once it is started. */
export type WindowPort = SupportedMessagePort & { start(): void };

/** The process that started this one (`process.parentPort` of an Electron utility process). */
export interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: readonly WindowPort[] }) => void): unknown;
  postMessage(message: FromEngine): void;
}

/** What is served of an engine. */
export interface ServedEngine {
  readonly router: AnyRouter;
  readonly events: Pick<Emitter<EngineEvent>, 'on'>;
  picture(id: string, size: PictureSize): Promise<Result<Picture>>;
  variant(request: VariantRequest): Promise<Result<Picture>>;
  open(folder: string): Promise<Result<unknown>>;
  close(): Promise<void>;
}

/** Answers the process that started the engine, and the windows whose ports it sends. */
export class ParentService {
  readonly #parent: ParentPort;
  readonly #engine: ServedEngine;
  readonly #handler: RPCHandler<Record<never, never>>;
  /** Windows wait for the project that was asked for before them, so that they do not see the start page first. */
  #opening: Promise<void> = Promise.resolve();

  constructor(parent: ParentPort, engine: ServedEngine) {
    this.#parent = parent;
    this.#engine = engine;
    this.#handler = new RPCHandler(engine.router);
    engine.events.on((event) => {
      if (event.type === 'project') parent.postMessage({ type: 'project', folder: event.folder });
    });
  }

  /** Starts to answer; resolves when the parent asked to close and the project is closed. */
  async run(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#parent.on('message', ({ data, ports }) => {
        const message = toEngineSchema.parse(data);
        if (message.type === 'close') resolve();
        else this.#answer(message, ports[0]);
      });
    });
    await this.#engine.close();
  }

  #answer(message: Exclude<ToEngine, { type: 'close' }>, port: WindowPort | undefined): void {
    switch (message.type) {
      case 'connect':
        void this.#opening.then(() => this.#connect(port));
        return;
      case 'open':
        this.#opening = this.#opening.then(() => this.#open(message.folder));
        return;
      case 'picture':
        void this.#send(message, () => this.#engine.picture(message.id, message.size));
        return;
      case 'variant':
        void this.#send(message, () => this.#engine.variant(message));
    }
  }

  #connect(port: WindowPort | undefined): void {
    if (port === undefined) return;
    this.#handler.upgrade(port, { context: {} });
    port.start();
  }

  async #open(folder: string): Promise<void> {
    const opened = await this.#engine.open(folder).catch(() => err(broken(folder)));
    if (!opened.ok) this.#parent.postMessage({ type: 'problem', problem: opened.error });
  }

  async #send(
    { call, id }: { readonly call: number; readonly id: string },
    find: () => Promise<Result<Picture>>,
  ): Promise<void> {
    const picture = await find().catch(() => err(broken(id)));
    if (picture.ok) this.#parent.postMessage({ type: 'picture', call, picture: picture.value });
    else this.#parent.postMessage({ type: 'no-picture', call, problem: picture.error });
  }
}

/** One thing that cannot be answered must not end the process that answers everything else. */
function broken(subject: string): Problem {
  return problem('crashed', subject, 'Emend failed on this; try again, and report it if it stays.');
}
