import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { ClassId, UnitId } from '#core/ids.ts';
import { newProject, value } from '#test/support/project.ts';
import { actor, addImages, imageId } from '#test/support/records.ts';
import { openProject } from './open-project.ts';
import type { ProjectStore } from './project-store.ts';
import type { Results } from './replace-results.ts';

const count = 1200;

/** Results whose every row names its model as the class. */
function resultsOf(model: string): Required<Results> {
  const units = Array.from({ length: count }, (_, i) => imageId(i) as string as UnitId);
  const name = model as ClassId;
  return {
    predictions: {
      model,
      rows: units.map((unit) => ({
        unit,
        class: name,
        confidence: 1,
        probabilities: new Uint8Array(4),
      })),
    },
    audit: {
      about: model,
      rows: units.map((unit, i) => ({
        ...{ unit, given: name, suggested: name, score: 0, rank: i + 1, wrong: 1, reasons: '[]' },
      })),
    },
  };
}

/** Which model a reader sees in every table, all in one statement. */
async function seen(db: ProjectStore['db']): Promise<unknown> {
  const { rows } = await sql`
    SELECT (SELECT value FROM cache.meta WHERE key = 'model') AS model,
      (SELECT group_concat(DISTINCT class) FROM cache.prediction) AS predicted,
      (SELECT group_concat(DISTINCT given) FROM cache.suspect) AS audited,
      (SELECT count(*) FROM cache.prediction) + (SELECT count(*) FROM cache.suspect) AS units`.execute(db);
  return rows[0];
}

const whole = (model: string): unknown => ({ model, predicted: model, audited: model, units: 2 * count });

async function projectOfImages(): Promise<ProjectStore> {
  const store = await newProject();
  value(await store.commit({ ...actor, action: 'images.add', detail: {}, changes: addImages(count) }));
  return store;
}

test('readers see one model or the next, whole, on every connection', async () => {
  const store = await projectOfImages();
  await store.replaceResults(resultsOf('a'));
  // The thread behind it takes a while to start.
  await seen(store.background);
  let isOver = false;
  const writing = store.replaceResults(resultsOf('b')).then(() => (isOver = true));
  const found: unknown[] = [];
  while (!isOver) found.push(await seen(store.db), await seen(store.background));
  await writing;
  expect(found.length).toBeGreaterThan(2);
  for (const each of found) expect([whole('a'), whole('b')]).toContainEqual(each);
  for (const model of ['c', 'd', 'e']) await store.replaceResults(resultsOf(model));
  expect(await seen(store.background)).toEqual(whole('e'));
  expect(value(await store.verify()).problems).toEqual([]);
});

test('after a failure midway the old results stand, and the next ones go in', async () => {
  const store = await projectOfImages();
  await store.replaceResults(resultsOf('a'));
  const failing = resultsOf('b');
  const rows = (function* () {
    yield* failing.audit.rows;
    throw new Error('stopped');
  })();
  const audit = { ...failing.audit, rows };
  await expect(store.replaceResults({ ...failing, audit })).rejects.toThrow('stopped');
  await store.close();
  const again = value(await openProject(store.folder));
  expect(await seen(again.db)).toEqual(whole('a'));
  await again.replaceResults(resultsOf('c'));
  expect(await seen(again.db)).toEqual(whole('c'));
  await again.close();
});

test('either half is replaced alone', async () => {
  const store = await projectOfImages();
  await store.replaceResults(resultsOf('a'));
  await store.replaceResults({ predictions: resultsOf('b').predictions });
  expect(await seen(store.db)).toMatchObject({ model: 'b', predicted: 'b', audited: 'a' });
  await store.replaceResults({ audit: resultsOf('c').audit });
  expect(await seen(store.db)).toMatchObject({ model: 'b', predicted: 'b', audited: 'c' });
  await store.close();
});
