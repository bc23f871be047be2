import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { entryUrl } from '#base/entry.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { fromTrainerSchema, type FromTrainer, type ToTrainer } from '#contract/trainer.ts';

const killAfterMs = 1500;

/** Training gives way to whatever a person does meanwhile. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where the system does not allow it, it trains as fast as everything else.
  }
}

/** A running trainer and what it says. Knows nothing of jobs. */
export class TrainerProcess {
  readonly #child: ChildProcess;
  /** Settles when the process is gone and its last message has arrived. */
  readonly #gone: Promise<void>;
  readonly #messages: FromTrainer[] = [];
  /** Thrown at once. */
  #failure: Error | null = null;
  /** Thrown when all messages are read: how the process ended. */
  #ending: Error | null = null;
  #wake: () => void = () => {};

  /** @param isQuiet keeps back what it prints, as graphics drivers do about cards that they cannot use */
  constructor({ isQuiet }: { readonly isQuiet: boolean }) {
    // Standard output stays closed: what the terminal prints there is one JSON document.
    this.#child = fork(new URL(entryUrl(import.meta.url, 'trainer')), [], {
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', isQuiet ? 'ignore' : 'inherit', 'ipc'],
    });
    giveWay(this.#child);
    this.#gone = this.#watch();
    this.#child.on('message', (message) => this.#receive(message));
  }

  /** Resolves when the message is on its way; also when nobody is there any more, which `next` reports. */
  send(message: ToTrainer): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#child.connected) return resolve();
      this.#child.send(message, () => resolve());
    });
  }

  /** The next message, in order; throws when there will be none. */
  async next(): Promise<FromTrainer> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#ending !== null) throw this.#ending;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Makes `next` throw from now on. The first failure is the one that counts. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake();
  }

  /** Ends the process, by force if need be, and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), killAfterMs);
    await this.#gone;
    clearTimeout(timer);
  }

  #receive(message: unknown): void {
    const parsed = fromTrainerSchema.safeParse(message);
    if (parsed.success) this.#messages.push(parsed.data);
    else this.fail(new Error(`The trainer sent what was not agreed: ${parsed.error.message}`));
    this.#wake();
  }

  /** Waits for the channel, too: messages may still be under way when the process is gone. */
  async #watch(): Promise<void> {
    const child = this.#child;
    const disconnected = new Promise<void>((resolve) => child.once('disconnect', resolve));
    this.#ending = await new Promise<Error>((resolve) => {
      child.once('error', ({ message }) =>
        resolve(crashed(`could not be started (${message}); reinstall Emend.`)),
      );
      child.once('exit', (code, signal) => {
        const how = signal ?? `exit code ${code}`;
        const reason = `ended unexpectedly (${how}); if memory ran out, use smaller images, then try again.`;
        void disconnected.then(() => resolve(crashed(reason)));
      });
    });
    this.#wake();
  }
}

function crashed(what: string): ProblemError {
  return new ProblemError(problem('crashed', 'trainer', `The training process ${what}`));
}
