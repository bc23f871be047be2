import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { assert } from '#base/assert.ts';
import { problem, type Problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';

/** What a worker process receives, and what it answers; it answers in the order it was asked. */
export interface Request<Task> {
  readonly id: number;
  readonly task: Task;
}
export interface Answer<Value> {
  readonly id: number;
  readonly result: Result<Value>;
}
/** A worker sends this once, when it can take requests. */
export const readyMessage = 'ready';

export interface ProcessPoolOptions {
  /** URL of the program of the workers. */
  readonly entry: string;
  /** Most processes at a time; they are started when there is work. */
  readonly size: number;
  /** A process that takes longer over one task is killed. */
  readonly timeoutMs: number;
}

export interface TaskOptions {
  /** What the task is about, for its problem: a path. */
  readonly subject: string;
  /** Goes before everything that waits: a person is looking. */
  readonly isUrgent?: boolean;
  /** Tasks that were not begun when this aborts end as `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

interface Job<Task, Value> extends TaskOptions {
  readonly id: number;
  readonly task: Task;
  readonly resolve: (result: Result<Value>) => void;
  crashes: number;
}

interface Worker<Task, Value> {
  readonly child: ChildProcess;
  /** Sent and not answered, in order: the first is the one being worked on. */
  readonly inbox: Job<Task, Value>[];
  timer: NodeJS.Timeout | undefined;
  isReady: boolean;
  hasTimedOut: boolean;
  complaints: string;
}

/** Tasks sent ahead to each process, so that it never waits for the next one to travel. */
const inboxLength = 4;

/**
 * Runs tasks in child processes that may hang or crash at any moment. The task that was running is then to blame: a
 * hang ends it at once; after a crash it gets a second chance, because the system kills processes for reasons of its
 * own (memory). Every other task is done by another process; none is lost or done twice.
 */
export class ProcessPool<Task, Value> {
  readonly #options: ProcessPoolOptions;
  readonly #workers = new Set<Worker<Task, Value>>();
  #urgent: Job<Task, Value>[] = [];
  #waiting: Job<Task, Value>[] = [];
  #nextId = 1;
  #isClosed = false;

  constructor(options: ProcessPoolOptions) {
    this.#options = options;
  }

  /** Process ids of the workers, for diagnosis. */
  get pids(): number[] {
    return [...this.#workers].flatMap(({ child }) => child.pid ?? []);
  }

  /** Ends with the task's own result, or with a problem when it was cancelled, hung or crashed; never rejects. */
  run(task: Task, options: TaskOptions): Promise<Result<Value>> {
    if (this.#isClosed) return Promise.resolve(err(cancelled(options.subject)));
    return new Promise((resolve) => {
      const job: Job<Task, Value> = { ...options, id: this.#nextId++, task, resolve, crashes: 0 };
      (options.isUrgent === true ? this.#urgent : this.#waiting).push(job);
      this.#pump();
    });
  }

  /** Ends all processes; tasks that are not done end as `cancelled`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const workers = [...this.#workers];
    const jobs = [
      ...this.#urgent.splice(0),
      ...this.#waiting.splice(0),
      ...workers.flatMap((w) => w.inbox.splice(0)),
    ];
    for (const job of jobs) job.resolve(err(cancelled(job.subject)));
    await Promise.all(workers.map(end));
  }

  #pump(): void {
    for (;;) {
      const worker = this.#leastBusy();
      if (worker === null) return;
      const job = this.#urgent.shift() ?? this.#waiting.shift();
      if (job === undefined) return;
      if (job.signal?.aborted === true) job.resolve(err(cancelled(job.subject)));
      else this.#send(worker, job);
    }
  }

  /** The process to give the next task to, started if need be; null when all have enough. */
  #leastBusy(): Worker<Task, Value> | null {
    const least = [...this.#workers].reduce<Worker<Task, Value> | null>(
      (best, worker) => (best === null || worker.inbox.length < best.inbox.length ? worker : best),
      null,
    );
    if (least !== null && least.inbox.length === 0) return least;
    const hasWork = this.#urgent.length + this.#waiting.length > 0;
    if (hasWork && this.#workers.size < this.#options.size) return this.#start();
    return least !== null && least.inbox.length < inboxLength ? least : null;
  }

  #start(): Worker<Task, Value> {
    const child = fork(new URL(this.#options.entry), {
      serialization: 'advanced',
      execArgv: [],
      // Decoders print to both; the engine's stdout belongs to the terminal contract.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    const worker: Worker<Task, Value> = {
      child,
      inbox: [],
      timer: undefined,
      isReady: false,
      hasTimedOut: false,
      complaints: '',
    };
    this.#workers.add(worker);
    child.on('message', (message) => this.#receive(worker, message as typeof readyMessage | Answer<Value>));
    child.on('error', () => child.kill('SIGKILL'));
    child.once('close', () => this.#recover(worker));
    child.stderr?.on('data', (text) => (worker.complaints = `${worker.complaints}${text}`.slice(-2000)));
    return worker;
  }

  #send(worker: Worker<Task, Value>, job: Job<Task, Value>): void {
    worker.inbox.push(job);
    const request: Request<Task> = { id: job.id, task: job.task };
    // A process that is gone by now is noticed by its end; the job is still in its inbox.
    worker.child.send(request, () => undefined);
    if (worker.inbox.length === 1) this.#watch(worker);
  }

  /** Gives the first task of the inbox its time; starting up does not count. */
  #watch(worker: Worker<Task, Value>): void {
    clearTimeout(worker.timer);
    // A process without work must not keep the program from ending.
    const isIdle = worker.inbox.length === 0;
    keepProgram(worker.child, !isIdle);
    if (isIdle || !worker.isReady) return;
    worker.timer = setTimeout(() => {
      worker.hasTimedOut = true;
      worker.child.kill('SIGKILL');
    }, this.#options.timeoutMs);
  }

  #receive(worker: Worker<Task, Value>, message: typeof readyMessage | Answer<Value>): void {
    if (message === readyMessage) {
      worker.isReady = true;
    } else {
      const job = worker.inbox.shift();
      if (job === undefined) return; // closed meanwhile
      assert(job.id === message.id, 'a worker answers in order');
      job.resolve(message.result);
    }
    this.#watch(worker);
    this.#pump();
  }

  /** After a process ended: settles the task it was at and puts the others back in front. */
  #recover(worker: Worker<Task, Value>): void {
    clearTimeout(worker.timer);
    this.#workers.delete(worker);
    const jobs = worker.inbox.splice(0);
    const [first] = jobs;
    if (first !== undefined) {
      first.crashes++;
      const verdict = this.#verdict(worker, first);
      if (verdict !== null) jobs.shift()?.resolve(err(verdict));
    }
    this.#urgent.unshift(...jobs.filter((job) => job.isUrgent === true));
    this.#waiting.unshift(...jobs.filter((job) => job.isUrgent !== true));
    this.#pump();
  }

  /** What the task that was running is told, or null for a second chance. */
  #verdict({ hasTimedOut, isReady, complaints }: Worker<Task, Value>, job: Job<Task, Value>): Problem | null {
    if (hasTimedOut) {
      const seconds = Math.round(this.#options.timeoutMs / 1000);
      return problem(
        'crashed',
        job.subject,
        `Nothing came of it in ${seconds} s; it is probably damaged; save the file again.`,
      );
    }
    if (job.crashes < 2) return null;
    if (isReady) {
      return problem(
        'crashed',
        job.subject,
        'The file makes the decoder crash; open it elsewhere and save it again.',
      );
    }
    const why = /\w*Error: .*/.exec(complaints)?.[0] ?? 'no reason given';
    return problem(
      'crashed',
      job.subject,
      `The image process cannot start (${why}); install the program again.`,
    );
  }
}

function cancelled(subject: string): Problem {
  return problem('cancelled', subject, 'Cancelled.');
}

/**
 * Whether this program goes on as long as the process does. Its stderr counts too: the process has ended for us only
 * when that is closed.
 */
function keepProgram(child: ChildProcess, isKept: boolean): void {
  const verb = isKept ? 'ref' : 'unref';
  child[verb]();
  child.channel?.[verb]();
  // A socket, though typed as any stream.
  if (child.stderr instanceof Socket) child.stderr[verb]();
}

async function end({ child, timer }: Pick<Worker<never, never>, 'child' | 'timer'>): Promise<void> {
  clearTimeout(timer);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  keepProgram(child, true);
  child.kill('SIGKILL');
  await ended;
}
