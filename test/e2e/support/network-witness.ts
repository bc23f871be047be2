// Loaded into every process of the program under test: notes each wish to talk to somebody else.

import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const notes = process.env['EMEND_WITNESS'] ?? '';
const note = (line: string): void => appendFileSync(notes, `${line}\n`);

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Notes a call of a method before it is done. */
function watch(target: object, method: string, describe: (args: readonly unknown[]) => string): void {
  const methods = target as Record<string, Method>;
  const original = methods[method] as Method;
  methods[method] = function watched(...args) {
    note(`${method} ${describe(args)}`);
    return original.apply(this, args);
  };
}

watch(net.Socket.prototype, 'connect', (args) => JSON.stringify(args));
watch(dgram.Socket.prototype, 'send', (args) => JSON.stringify(args.slice(1)));
for (const method of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  watch(dns, method, ([host]) => String(host));
  watch(dns.promises, method, ([host]) => String(host));
}
syncBuiltinESMExports();
note(`watching ${process.argv[1] ?? ''}`);
