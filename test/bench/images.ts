import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { must } from '#base/assert.ts';
import { planSample, writeSample } from '#engine/sample.ts';
import { createImagePool, type ImagePool } from '#images/image-pool.ts';
import { sharedPath } from '#test/support/shared.ts';

const processes = 2;

/** Prints how fast images are added, turned into pixels and drawn, as ratios to sharp alone in the same run. */
export async function benchImages(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'emend-bench-'));
  const pool = createImagePool({ processes });
  try {
    for (const [name, paths] of sets(folder)) await benchSet(pool, { name, paths, print });
    await benchSample(pool, folder, print);
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

interface Set {
  readonly name: string;
  readonly paths: readonly string[];
  readonly print: (line: string) => void;
}

async function benchSet(pool: ImagePool, { name, paths, print }: Set): Promise<void> {
  await pool.importImages(paths.slice(0, 20)); // starts the processes
  const raw = await perSecond(paths.length, () => decodeRaw(paths));
  print(`images: ${name}: sharp alone ${raw.toFixed(0)} images/s`);
  const tell = (what: string, rate: number): void =>
    print(`images: ${name}: ${what} ${rate.toFixed(0)} images/s, ${(rate / raw).toFixed(2)} × sharp alone`);
  tell('add (read, hash, size, thumbnail)', await perSecond(paths.length, () => pool.importImages(paths)));
  tell('pixels at 48 px', await perSecond(paths.length, () => pool.pixels(paths, { size: 48 })));
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

async function benchSample(pool: ImagePool, folder: string, print: (line: string) => void): Promise<void> {
  const plan = planSample(1);
  const rate = await perSecond(plan.length, () => writeSample(folder, plan, { pool }));
  print(`images: sample of ${plan.length} cells drawn in ${(plan.length / rate).toFixed(1)} s`);
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1000);
}
