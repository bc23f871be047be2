import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { sortKeys, type ImageFilter } from '#contract/images.ts';
import type { HeadResult } from '#contract/trainer.ts';
import { imageUnit } from '#core/ids.ts';
import { gatherTrainingSet, type TrainingSet } from '#engine/training-set.ts';
import { predictionRows, suspectRows } from '#engine/training-result.ts';
import { Workspace } from '#engine/workspace.ts';
import { openProject } from '#store/open-project.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { startEngine } from '../support/engine.ts';
import { writeLargeProject } from '../support/large-project.ts';
import { value } from '../support/project.ts';
import { classId } from '../support/records.ts';
import { inWords, measured, type Measured } from '../support/stalls.ts';

// A person waits for nothing that the engine does meanwhile: in a project of 100,000 images no turn of the event loop
// takes longer than a bare SQLite needs to read all ids. Processor time is compared, which a busy machine leaves alone.

const imageCount = 100_000;

/** Runs works one by one, says what they took, and gives the longest turns, beside the baseline. */
async function longestTurns(
  project: string,
  works: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<{ turns: Record<string, number>; bareMs: number }> {
  const turns: Record<string, number> = {};
  for (const [name, work] of Object.entries(works)) {
    const result = await measured(work);
    console.log(`${name}: ${inWords(result)}`);
    turns[name] = result.turnMs;
  }
  return { turns, bareMs: (await bareIds(project)).busyMs };
}

/** Bare SQLite reading what the gallery lists: of three times the longest, as other work on the machine adds to it. */
async function bareIds(project: string): Promise<Measured> {
  const db = new DatabaseSync(join(project, 'project.sqlite'), { readOnly: true });
  const read = async (): Promise<void> => {
    db.prepare('SELECT id, width * 1.0 / height AS aspect FROM image ORDER BY path').all();
  };
  await read();
  const times = [await measured(read), await measured(read), await measured(read)];
  db.close();
  const [longest] = times.sort((a, b) => b.busyMs - a.busyMs);
  const bare = must(longest, 'it was measured');
  console.log(`bare SQLite: ${inWords(bare)}`);
  return bare;
}

/** The works whose turns are longer than so many of the baseline's, which is taken as 50 ms at least. */
function tooLong({ turns, bareMs }: Awaited<ReturnType<typeof longestTurns>>, times: number): string[] {
  const limit = times * Math.max(50, bareMs);
  return Object.entries(turns).flatMap(([name, ms]) => (ms > limit ? [`${name}: ${ms} of ${limit} ms`] : []));
}

test('100,000 images: looking at the project and checking it hold the engine briefly', async () => {
  const { client, folder } = await startEngine();
  const project = await writeLargeProject(join(folder, 'project'), imageCount);
  const list = (filter: Partial<ImageFilter>, by: (typeof sortKeys)[number]) => async (): Promise<void> => {
    const { ids } = await client.images.list({ filter, sort: { by, descending: true } });
    expect(ids.length).toBeGreaterThan(100);
  };
  await client.project.open({ folder: await writeLargeProject(join(folder, 'small'), 10) });
  await client.images.list({ filter: {}, sort: {} });
  const found = await longestTurns(project, {
    open: () => client.project.open({ folder: project }),
    info: () => client.project.info(),
    ...Object.fromEntries(sortKeys.map((by) => [`all by ${by}`, list({}, by)])),
    suspects: list({ suspicion: 0.5 }, 'suspicion'),
    'one class, disagreeing': list({ classes: [classId(1)], disagreeing: true }, 'uncertainty'),
    unlabelled: list({ labelled: false }, 'added'),
    'a part of the path': list({ text: 'plate 7' }, 'labelled'),
    facets: () => client.images.facets(),
    queue: () => client.review.queue({ limit: 200, given: null, suggested: null }),
    'queue of a pair': () => client.review.queue({ limit: 200, given: classId(1), suggested: classId(2) }),
    pairs: () => client.review.pairs(),
    classes: () => client.classes.list(),
    history: () => client.history.list({ before: null, limit: 100 }),
    export: () => client.project.exportCsv({ file: join(folder, 'labels.csv') }),
    verify: () => client.project.verify(),
  });
  expect(tooLong(found, 1.5)).toEqual([]);
});

test('100,000 images: labelling many and reading a label file hold the engine briefly', async () => {
  const { client, folder, done } = await startEngine();
  const project = await writeLargeProject(join(folder, 'project'), imageCount);
  await client.project.open({ folder: project });
  const { ids } = await client.images.list({ filter: {}, sort: {} });
  const units = ids.slice(0, 20_000).map(imageUnit);
  const file = join(folder, 'labels.csv');
  await client.project.exportCsv({ file });
  const found = await longestTurns(project, {
    '20,000 labels': () => client.labels.set({ units, class: classId(2) }),
    '20,000 labels undone': () => client.history.undo(),
    '20,000 predictions accepted': () => client.labels.acceptPredictions({ units }),
    '20,000 labels taken off': () => client.labels.set({ units, class: null }),
    '90,000 labels by somebody else': () => done(client.labels.importCsv({ file, annotator: 'Somebody' })),
  });
  expect(tooLong(found, 3)).toEqual([]);
  const [last] = await client.history.list({ before: null, limit: 1 });
  expect(last).toMatchObject({ action: 'label.import', detail: { count: last?.changes } });
});

test('100,000 images: what surrounds a training holds the engine briefly', async () => {
  const { folder } = await startEngine();
  const project = await writeLargeProject(join(folder, 'project'), imageCount);
  const store = value(await openProject(project));
  const host = { store, clock: () => 1, newId: () => 'ann', onCommit: () => undefined };
  const workspace = value(await Workspace.open(host, 'Ann'));
  let set: TrainingSet | undefined;
  const found = await longestTurns(project, {
    gather: async () => (set = await gatherTrainingSet(workspace, () => 0, null)),
    keep: () => {
      const result = drawnUp(set!);
      return store.replaceResults({
        predictions: { model: 'model', rows: predictionRows(set!, result) },
        audit: { about: '{}', rows: suspectRows(set!, result) },
      });
    },
  });
  const stored = await store.db
    .selectFrom('cache.suspect')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  await store.close();
  expect([set?.units.length, stored?.count]).toEqual([imageCount, (imageCount * 9) / 10]);
  expect(tooLong(found, 3)).toEqual([]);
});

test('a journal of 300,000 actions is read in stretches when its project is opened', async () => {
  const { folder } = await startEngine();
  const project = await writeLargeProject(join(folder, 'project'), 10);
  const db = new DatabaseSync(join(project, 'project.sqlite'));
  db.exec(`INSERT INTO journal
    WITH RECURSIVE number (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < 300000)
    SELECT n, 'ann:' || n, n, 'ann', 's', 'label.set', '{}', 'ann:' || n, NULL, 'h', 'h', 0, '[]' FROM number`);
  const read = async (): Promise<unknown> => db.prepare('SELECT seq, id FROM journal').all();
  const { busyMs } = await measured(read);
  db.close();
  let store: ProjectStore | undefined;
  const opening = await measured(async () => (store = value(await openProject(project))));
  console.log(`open: ${inWords(opening)}; bare SQLite reading as many rows: ${busyMs.toFixed(0)} ms`);
  expect([store?.seq, store?.stacks.undo.length]).toEqual([300_000, 300_000]);
  await store?.close();
  expect(opening.turnMs).toBeLessThan(Math.max(75, busyMs / 2));
});

/** A result of the right shape, without a training. */
function drawnUp({ labels, classes }: TrainingSet): HeadResult {
  const order = Int32Array.from([...labels.keys()].filter((unit) => labels[unit]! >= 0));
  const zeros = new Float32Array(order.length);
  const none = new Int32Array(order.length);
  const audit = {
    ...{ order, suggested: none, score: zeros, wrong: zeros, selfConfidence: zeros, normalizedMargin: zeros },
    ...{ suggestedConfidence: zeros, neighbours: 10, neighboursGiven: none, neighboursSuggested: none },
    joint: new Float32Array(classes.length ** 2),
  };
  return { probabilities: new Float32Array(labels.length * classes.length), audit } as unknown as HeadResult;
}
