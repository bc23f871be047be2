import type { EngineEvent } from '#contract/events.ts';
import { protocolVersion } from '#contract/protocol-version.ts';
import type { EngineHost } from '../host.ts';
import { os } from './os.ts';

/** Long-running work: list, cancel, what was left out. */
export function jobRouter(host: EngineHost) {
  return {
    list: os.jobs.list.handler(() => host.jobs.list()),
    cancel: os.jobs.cancel.handler(({ input }) => ({ cancelled: host.jobs.cancel(input.job) })),
    skipped: os.jobs.skipped.handler(({ input }) => [...host.jobs.skipped(input.job)]),
  };
}

/** The event stream. */
export function eventRouter(host: EngineHost) {
  return { subscribe: os.events.subscribe.handler(({ signal }) => eventsUntil(host, signal)) };
}

/** A window that does not read for this many events is told to fetch everything again by losing its stream. */
const mostWaiting = 10_000;

async function* eventsUntil(host: EngineHost, signal: AbortSignal | undefined): AsyncGenerator<EngineEvent> {
  const waiting: EngineEvent[] = [];
  let wake = (): void => undefined;
  let isLost = false;
  const stop = host.events.on((event) => {
    isLost = waiting.push(event) > mostWaiting;
    if (isLost) stop();
    wake();
  });
  signal?.addEventListener('abort', () => wake());
  try {
    yield { type: 'hello', protocol: protocolVersion };
    while (!signal?.aborted && !isLost) {
      for (let event = waiting.shift(); event !== undefined && !isLost; event = waiting.shift()) yield event;
      if (signal?.aborted || isLost) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
  }
}
