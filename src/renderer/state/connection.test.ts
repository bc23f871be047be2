import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection, ConnectionLostError, useConnection, type Transport } from './connection.ts';

const options = { context: {} };

function transport(answer: string): Transport & { close: () => void } {
  let close = (): void => {};
  const closed = new Promise<void>((resolve) => (close = resolve));
  return { link: { call: async () => answer }, closed, close: () => close() };
}

beforeEach(() => {
  vi.useFakeTimers();
  useConnection.setState({ status: 'connecting', times: 0 });
});
afterEach(() => vi.useRealTimers());

test('reconnects by itself and says so meanwhile', async () => {
  const first = transport('first');
  const ways = [async () => first, () => Promise.reject(new Error('down')), async () => transport('second')];
  const connection = new Connection(() => (ways.shift() ?? ways[0]!)());
  expect(await connection.call([], null, options)).toBe('first');
  expect(useConnection.getState()).toEqual({ status: 'connected', times: 1 });

  first.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(useConnection.getState().status).toBe('lost');
  const waiting = connection.call([], null, options);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await waiting).toBe('second');
  expect(useConnection.getState()).toEqual({ status: 'connected', times: 2 });
});

test('a call does not wait for ever', async () => {
  const connection = new Connection(() => Promise.reject(new Error('down')));
  const call = expect(connection.call([], null, options)).rejects.toThrow(ConnectionLostError);
  await vi.advanceTimersByTimeAsync(10_000);
  await call;
});
