import { must } from '#base/assert.ts';
import { createEngine } from './engine.ts';
import { type ParentPort, ParentService } from './serve-parent.ts';

// The engine process of the Electron shell. The terminal and the loopback server run the engine themselves.

// The processes that the engine starts are forks of this very program, which is Electron unless told to be Node.
process.env['ELECTRON_RUN_AS_NODE'] = '1';

const { parentPort } = process as { parentPort?: ParentPort };
await new ParentService(
  must(parentPort, 'started by Electron'),
  await createEngine({ home: process.env['EMEND_HOME'] }),
).run();
process.exit(0);
