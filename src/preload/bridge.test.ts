import { EventEmitter } from 'node:events';
import { expect, expectTypeOf, test } from 'vitest';
import type { ShellBridge } from '#renderer/state/bridge.ts';
import { type Bridge, exposeBridge, type PreloadApi } from './bridge.ts';

class FakeIpc extends EventEmitter {
  readonly invoked: string[] = [];
  invoke(channel: string): Promise<unknown> {
    this.invoked.push(channel);
    return Promise.resolve('/cells');
  }
}

function expose(): { ipc: FakeIpc; worlds: Map<string, Bridge>; posted: unknown[][] } {
  const ipc = new FakeIpc();
  const worlds = new Map<string, Bridge>();
  const posted: unknown[][] = [];
  const api = {
    contextBridge: { exposeInMainWorld: (name: string, bridge: Bridge) => worlds.set(name, bridge) },
    ipcRenderer: ipc,
    webUtils: { getPathForFile: (file: { path: string }) => file.path },
    target: { postMessage: (...args: unknown[]) => posted.push(args) },
  };
  exposeBridge(api as unknown as PreloadApi);
  return { ipc, worlds, posted };
}

test('the page gets these functions and nothing else of Electron', async () => {
  const { ipc, worlds } = expose();
  expect([...worlds.keys()]).toEqual(['emend']);
  const bridge = worlds.get('emend')!;
  expect(Object.keys(bridge).sort()).toEqual(['pathOf', 'pickFolder', 'shell']);
  expect(await bridge.pickFolder()).toBe('/cells');
  expect(ipc.invoked).toEqual(['emend-pick-folder']);
  expectTypeOf<Bridge>().toExtend<ShellBridge>();
});

test('ports from main are passed on to the page', () => {
  const { ipc, posted } = expose();
  const port = {};
  ipc.emit('emend-port', { ports: [port] }, null);
  expect(posted).toEqual([['emend-port', '*', [port]]]);
});
