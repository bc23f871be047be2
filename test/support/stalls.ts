import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/** How long some work took, and how long it held the event loop at the longest. */
export interface Measured {
  readonly elapsedMs: number;
  /** Processor time of this thread. */
  readonly busyMs: number;
  /** Longest delay of the event loop: what a person waits for, other programs' share of the machine included. */
  readonly delayMs: number;
  /** Most processor time between two turns of the event loop: the same on a busy machine. */
  readonly turnMs: number;
}

/** Does work and watches the event loop meanwhile. */
export async function measured(work: () => Promise<unknown>): Promise<Measured> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let turnMs = 0;
  let isOver = false;
  let last = cpuMs();
  const watch = (): void => {
    turnMs = Math.max(turnMs, cpuMs() - last);
    last = cpuMs();
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  const start = performance.now();
  const busySince = cpuMs();
  await work();
  const elapsedMs = performance.now() - start;
  const busyMs = cpuMs() - busySince;
  // The delay of a turn is known when the next one has come.
  await setTimeout(5);
  isOver = true;
  delays.disable();
  return { elapsedMs, busyMs, delayMs: delays.max / 1e6, turnMs };
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The figures as text. */
export function inWords({ elapsedMs, delayMs, turnMs }: Measured): string {
  return `${elapsedMs.toFixed(0)} ms, event loop held ${delayMs.toFixed(0)} ms (${turnMs.toFixed(0)} ms of processor)`;
}
