import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { Emitter } from '#base/emitter.ts';
import { problem } from '#base/problem.ts';
import { err, ok } from '#base/result.ts';
import type { EngineEvent } from '#contract/events.ts';
import type { FromEngine } from '#contract/shell.ts';
import { defaultAugmentation as settings } from '#contract/training.ts';
import type { ImageId } from '#core/ids.ts';
import { ParentService, type WindowPort } from './serve-parent.ts';

const router = { folder: os.handler(() => opened) };
let opened: string | null = null;

class FakeParent extends EventEmitter {
  readonly posted: FromEngine[] = [];
  postMessage(message: FromEngine): void {
    this.posted.push(message);
  }
  send(data: unknown, ports: readonly unknown[] = []): void {
    this.emit('message', { data, ports });
  }
}

interface Served {
  readonly parent: FakeParent;
  readonly events: Emitter<EngineEvent>;
  readonly ended: Promise<void>;
  closed(): boolean;
}

/** An engine that opens a project when `mayOpen` resolves. */
function serve(mayOpen: Promise<void> = Promise.resolve()): Served {
  opened = null;
  let isClosed = false;
  const events = new Emitter<EngineEvent>();
  const parent = new FakeParent();
  const service = new ParentService(parent, {
    router,
    events,
    picture: (id) => {
      if (id === 'bomb') return Promise.reject(new Error('out of memory'));
      const found = ok({ bytes: Uint8Array.from([7]), type: 'image/png' });
      return Promise.resolve(id === 'cell1' ? found : err(problem('not-found', id, 'No such image.')));
    },
    variant: ({ seed }) => Promise.resolve(ok({ bytes: Uint8Array.from([seed]), type: 'image/png' })),
    open: async (folder) => {
      await mayOpen;
      if (folder === '/bad') return err(problem('damaged', folder, 'This is not a project.'));
      opened = folder;
      return ok(null);
    },
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  });
  return { parent, events, ended: service.run(), closed: () => isClosed };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}

test('windows talk to the engine over the ports they are given, once the project is open', async () => {
  const gate = Promise.withResolvers<void>();
  const { parent } = serve(gate.promise);
  const { port1, port2 } = new MessageChannel();
  parent.send({ type: 'open', folder: '/cells' });
  parent.send({ type: 'connect' }, [port1 as unknown as WindowPort]);
  port2.start();
  const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port2 }));
  const folder = client.folder();
  await new Promise((resolve) => setTimeout(resolve, 200));
  gate.resolve();
  expect(await folder).toBe('/cells');
  port2.close();
});

test('pictures are answered by number, also when they fail', async () => {
  const { parent } = serve();
  parent.send({ type: 'picture', call: 1, id: 'cell1', size: 'full' });
  parent.send({ type: 'picture', call: 2, id: 'cell2', size: 'full' });
  parent.send({ type: 'picture', call: 3, id: 'bomb', size: 'thumbnail' });
  parent.send({ type: 'variant', call: 4, id: 'cell1' as ImageId, side: 64, seed: 9, settings });
  await settle();
  expect(parent.posted).toHaveLength(4);
  expect(parent.posted).toEqual(
    expect.arrayContaining([
      { type: 'picture', call: 1, picture: { type: 'image/png', bytes: Uint8Array.of(7) } },
      { type: 'no-picture', call: 2, problem: expect.objectContaining({ code: 'not-found' }) },
      { type: 'no-picture', call: 3, problem: expect.objectContaining({ code: 'crashed' }) },
      { type: 'picture', call: 4, picture: { type: 'image/png', bytes: Uint8Array.of(9) } },
    ]),
  );
});

test('a project that cannot be opened is told to the parent', async () => {
  const { parent } = serve();
  parent.send({ type: 'open', folder: '/bad' });
  await settle();
  expect(parent.posted).toMatchObject([{ type: 'problem', problem: { code: 'damaged', subject: '/bad' } }]);
});

test('the parent is told which project is open', () => {
  const { parent, events } = serve();
  events.emit({ type: 'model', model: null });
  events.emit({ type: 'project', folder: '/cells' });
  expect(parent.posted).toEqual([{ type: 'project', folder: '/cells' }]);
});

test('closing closes the project and ends the service', async () => {
  const { parent, ended, closed } = serve();
  parent.send({ type: 'close' });
  await ended;
  expect(closed()).toBe(true);
});
