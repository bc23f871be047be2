import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { tuneNetwork } from '#engine/trainer-host.ts';
import { prepareStripes, stripesJob } from '../support/stripes-run.ts';

const program = fileURLToPath(new URL('../support/tune-program.ts', import.meta.url));

/** More images than the set has: the step is as large, and the rest of it weighs nothing. */
const largeBatch = 4096;
/** Of which Node takes 0.6 GB before it does anything. */
const fewBytes = 1_400_000_000;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Printed {
  readonly notes: readonly string[];
  readonly losses: readonly number[];
}

/** Trains with a large batch in processes that get so much memory. */
async function train(name: string, limit: readonly string[]): Promise<Printed> {
  const work = join(folder, name);
  await mkdir(work);
  const [command = '', ...args] = [...limit, process.execPath, program, work, `${largeBatch}`];
  const { stdout } = await promisify(execFile)(command, args);
  return JSON.parse(stdout) as Printed;
}

test.skipIf(process.platform !== 'linux')(
  'a training that does not get the memory for its batch goes on in parts, to the same result',
  async () => {
    const whole = await train('whole', []);
    const limited = await train('limited', ['prlimit', `--data=${fewBytes}`]);
    expect(whole.notes).toEqual([]);
    expect(limited.notes).toEqual([expect.stringContaining('at a time')]);
    console.log(limited.notes[0]);
    expect(limited.losses).toHaveLength(whole.losses.length);
    limited.losses.forEach((loss, epoch) => expect(loss).toBeCloseTo(must(whole.losses[epoch], 'a loss'), 4));
  },
);

test('a training is cancelled within two seconds, in the middle of a long step', async () => {
  const stripes = await prepareStripes(await mkdtemp(join(folder, 'slow-')));
  const job = await stripesJob(stripes, 'run', { epochs: 100, batch: largeBatch });
  const abort = new AbortController();
  let [toldAt, abortedAt, stepMs] = [0, 0, 0];
  const outcome = await tuneNetwork(job, {
    signal: abort.signal,
    onTraining: () => {
      const now = performance.now();
      if (toldAt > 0 && stepMs === 0) {
        stepMs = now - toldAt;
        setTimeout(() => {
          abortedAt = performance.now();
          abort.abort();
        }, stepMs / 4);
      }
      toldAt = now;
    },
  });
  const tookMs = performance.now() - abortedAt;
  console.log(`cancelled in ${tookMs.toFixed(0)} ms, in a step of ${stepMs.toFixed(0)} ms`);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(tookMs).toBeLessThan(2000);
});
