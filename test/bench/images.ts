import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { must } from '#base/assert.ts';
import { planSample, writeSample } from '#engine/sample.ts';
import { createImagePool, type ImagePool } from '#images/image-pool.ts';
import { sharedPath } from '#test/support/shared.ts';
import { figure, type Row } from './row.ts';

const processes = 2;

/** How fast images are added, turned into pixels and drawn, as ratios to sharp alone in the same run. */
export async function benchImages(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'emend-bench-'));
  const pool = createImagePool({ processes });
  try {
    const rows: Row[] = [];
    for (const [name, paths] of sets(folder)) rows.push(...(await benchSet(pool, name, paths)));
    return [...rows, await benchSample(pool, folder)];
  } finally {
    await pool.close();
    rmSync(folder, { recursive: true });
  }
}

function sets(folder: string): [name: string, paths: string[]][] {
  const found: [string, string[]][] = [];
  const cifar = sharedPath('data', 'cifar10n_10k');
  if (cifar !== null) found.push(['10,000 JPEGs of 32 × 32', unpack(cifar, folder)]);
  const blood = sharedPath('data', 'bccd');
  if (blood !== null) {
    const names = readdirSync(blood, { recursive: true, encoding: 'utf8' });
    const photos = names.filter((name) => name.endsWith('.jpg')).map((name) => join(blood, name));
    found.push([`${photos.length} JPEGs of 640 × 480`, photos]);
  }
  return found;
}

/** Writes the files that the set keeps in one. */
function unpack(set: string, folder: string): string[] {
  const all = readFileSync(join(set, 'images.bin'));
  const rows = readFileSync(join(set, 'index.csv'), 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [index = 0, offset = 0, length = 0] = row.split(',').map(Number);
    const path = join(folder, `${index}.jpg`);
    writeFileSync(path, all.subarray(offset, offset + length));
    return path;
  });
}

async function benchSet(pool: ImagePool, name: string, paths: readonly string[]): Promise<Row[]> {
  await pool.importImages(paths.slice(0, 20)); // starts the processes
  const raw = await perSecond(paths.length, () => decodeRaw(paths));
  const row = (what: string, rate: number): Row => {
    const ratio = `${(rate / raw).toFixed(2)} × sharp decoding alone (${raw.toFixed(0)}/s)`;
    return figure(`${name}: ${what}`, `${rate.toFixed(0)}/s`, ratio);
  };
  const read = await perSecond(paths.length, () => pool.importImages(paths));
  const scaled = await perSecond(paths.length, () => pool.pixels(paths, { size: 48 }));
  return [row('read, hash, size, thumbnail', read), row('pixels at 48 px', scaled)];
}

/** What the same number of threads decode in this process with nothing around them. */
async function decodeRaw(paths: readonly string[]): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < paths.length) {
      const path = must(paths[next++], 'within the list');
      await sharp(readFileSync(path)).raw().toBuffer();
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
}

async function benchSample(pool: ImagePool, folder: string): Promise<Row> {
  const plan = planSample(1);
  const rate = await perSecond(plan.length, () => writeSample(folder, plan, { pool }));
  return figure(`sample of ${plan.length} cells drawn`, `${(plan.length / rate).toFixed(1)} s`);
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1000);
}
