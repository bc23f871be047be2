import { client, queryClient } from './api.ts';
import { useConnection } from './connection.ts';
import type { EngineEvent } from '#contract/events.ts';
import { protocolVersion } from '#contract/protocol-version.ts';
import { refresh } from './refresh.ts';
import { resetView, useView } from './view.ts';

/** Events come in bursts while a job writes; what they make old is fetched at most this often. */
const burstMs = 80;

class Burst {
  readonly #events = new Map<string, EngineEvent>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  add(event: EngineEvent): void {
    const name = event.type === 'changed' ? event.kinds.join() : event.type === 'job' ? event.job.id : '';
    this.#events.set(`${event.type} ${name}`, event);
    this.#timer ??= setTimeout(() => this.#flush(), burstMs);
  }

  #flush(): void {
    this.#timer = null;
    const events = [...this.#events.values()];
    this.#events.clear();
    for (const event of events) refresh(queryClient, event);
  }
}

function onProject(folder: string | null): void {
  const { view } = useView.getState();
  if (folder === null) resetView('start');
  else if (view === 'start') resetView('gallery');
}

/** After an update the engine may be newer than this window: its files are fetched anew, once. */
function reloadUnlessSame(protocol: number): void {
  const reloadedFor = 'emend.reloadedFor';
  if (protocol === protocolVersion || sessionStorage.getItem(reloadedFor) === String(protocol)) return;
  sessionStorage.setItem(reloadedFor, String(protocol));
  location.reload();
}

/** A window that was opened without a place to go to shows the project that is open already. */
async function showOpenProject(): Promise<void> {
  if (window.location.hash !== '' || useView.getState().view !== 'start') return;
  if ((await client.project.info()) !== null) resetView('gallery');
}

async function listen(burst: Burst, signal: AbortSignal): Promise<void> {
  for await (const event of await client.events.subscribe(undefined, { signal })) {
    if (event.type === 'hello') {
      reloadUnlessSame(event.protocol);
      await showOpenProject();
      continue;
    }
    if (event.type === 'project') onProject(event.folder);
    burst.add(event);
  }
}

/** Keeps everything that is shown up to date with the engine, across lost connections, until aborted. */
export function watchEngine(signal: AbortSignal): void {
  const burst = new Burst();
  const start = (): void => {
    listen(burst, signal).catch(() => {
      // The connection went; the next one starts to listen again.
    });
  };
  let times = useConnection.getState().times;
  if (times > 0) start();
  const unsubscribe = useConnection.subscribe((connection) => {
    if (connection.times === times) return;
    const isAgain = times > 0;
    times = connection.times;
    start();
    if (isAgain) void queryClient.invalidateQueries();
  });
  signal.addEventListener('abort', unsubscribe);
}
