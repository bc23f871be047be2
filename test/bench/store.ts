import { mkdtemp, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { created, updated } from '../../src/core/changes.ts';
import { KeyIndex } from '../../src/store/key-index.ts';
import { createProject, openProject } from '../../src/store/open-project.ts';
import type { ProjectStore } from '../../src/store/project-store.ts';
import { verifyProject } from '../../src/store/verify.ts';
import { inWords, measured } from '../support/stalls.ts';
import { figure, quantile, type Row } from './row.ts';
import {
  actor,
  addClasses,
  addLabels,
  changeLabels,
  image,
  label,
  people,
  slides,
} from '../support/records.ts';

const imageCount = 10_000;
const perCommit = 500;
const singles = 300;
const step = { ...actor, detail: {} };

/**
 * Milliseconds that the store takes for what a person and an import do, beside bare SQLite: one row inserted with the
 * same durability.
 */
export async function benchStore(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-bench-'));
  try {
    const store = must(await createProject(join(folder, 'project'), { name: 'Bench' }));
    const filled = await fill(store);
    const singles = await compareSingles(store, join(folder, 'bare.sqlite'));
    await store.close();
    return [...filled, singles, ...(await reopen(store.folder)), keyIndex(1_000_000)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fill(store: ProjectStore): Promise<Row[]> {
  must(await store.commit({ ...step, action: 'project.create', changes: people }));
  must(await store.commit({ ...step, action: 'class.create', changes: addClasses(3) }));
  must(await store.commit({ ...step, action: 'images.add', changes: [created('source', slides)] }));
  const added = await told(`add ${imageCount} images by ${perCommit}`, async () => {
    let batch: string | undefined;
    for (let first = 0; first < imageCount; first += perCommit) {
      const numbers = Array.from({ length: perCommit }, (_, i) => first + i);
      const changes = numbers.map((number) => created('image', image(number)));
      const continued = batch === undefined ? {} : { batch };
      batch = must(await store.commit({ ...step, ...continued, action: 'images.add', changes })).batch;
    }
  });
  const label = (name: string, changes: ReturnType<typeof addLabels>): Promise<Row> =>
    told(name, async () => void must(await store.commit({ ...step, action: 'label.set', changes })));
  return [
    added,
    await label(`label ${imageCount} images at once`, addLabels(imageCount, 0)),
    await label(`change ${imageCount} labels at once`, changeLabels(imageCount, 0, 1)),
    await told(`undo ${imageCount} labels`, async () => void must(await store.undo(actor))),
  ];
}

/** Turn by turn, so that other work on the machine hurts both. */
async function compareSingles(store: ProjectStore, bareFile: string): Promise<Row> {
  const db = new DatabaseSync(bareFile);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)',
  );
  const insert = db.prepare('INSERT INTO t (x) VALUES (?)');
  const bare: number[] = [];
  const ours: number[] = [];
  for (let number = 0; number < singles; number++) {
    const changes = [updated('label', label(number, 0), label(number, 2, { time: 20 }))];
    const start = performance.now();
    insert.run('x'.repeat(600));
    const middle = performance.now();
    must(await store.commit({ ...step, action: 'label.set', changes }));
    bare.push(middle - start);
    ours.push(performance.now() - middle);
  }
  db.close();
  const [median, slow, baseline] = [quantile(ours, 0.5), quantile(ours, 0.95), quantile(bare, 0.5)];
  return figure(
    'store: one label written',
    `${median.toFixed(2)} ms (half), ${slow.toFixed(2)} ms (95 %)`,
    `${(median / baseline).toFixed(1)} × a row of bare SQLite (${baseline.toFixed(2)} ms)`,
  );
}

async function reopen(folder: string): Promise<Row[]> {
  return [
    await told('open the project', async () => must(await openProject(folder)).close()),
    await told('verify the project', async () => void must(await verifyProject(folder))),
  ];
}

/** The index of an embedding file for many images: memory, and time to find a row. */
function keyIndex(count: number): Row {
  const before = process.memoryUsage().arrayBuffers;
  const index = new KeyIndex();
  const key = (number: number): Buffer => createHash('sha256').update(String(number)).digest();
  for (let number = 0; number < count; number++) index.add(key(number));
  const megabytes = (process.memoryUsage().arrayBuffers - before) / 2 ** 20;
  return figure(`store: index of ${count} embeddings`, `${megabytes.toFixed(0)} MiB at most`);
}

async function told(name: string, work: () => Promise<void>): Promise<Row> {
  return figure(`store: ${name}`, inWords(await measured(work)));
}

function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
