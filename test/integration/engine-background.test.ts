import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { addTinyBackbone, allDetails, startEngine, type TestEngine } from '../support/engine.ts';
import { drawColours } from '../support/pictures.ts';

// The head follows corrections without anybody asking, when the person rests.

const restMs = 300;

interface Trained extends TestEngine {
  /** Labels so many more of the red squares blue. */
  mislabel(count: number): Promise<void>;
}

async function trained(): Promise<Trained> {
  const engine = await startEngine({ restMs });
  const { client, folder, done } = engine;
  await drawColours(join(folder, 'images'), ['red', 'blue'], 40);
  await client.project.create({ folder: join(folder, 'project'), name: 'Squares' });
  const labels = { kind: 'folders' } as const;
  await done(client.images.add({ folder: join(folder, 'images'), labels, annotator: null }));
  await done(client.model.train({ backbone: await addTinyBackbone(engine) }));
  const classes = await client.classes.list();
  const idOf = (name: string) =>
    must(
      classes.find((each) => each.name === name),
      name,
    ).id;
  const red = (await allDetails(client)).filter(({ given }) => given?.class === idOf('red'));
  const units = red.map(({ unit }) => unit);
  const mislabel = async (count: number): Promise<void> => {
    await client.labels.set({ units: units.splice(0, count), class: idOf('blue') });
  };
  return { ...engine, mislabel };
}

test('after corrections and a rest the head is trained anew, once, in place of the one before', async () => {
  const { client, mislabel } = await trained();
  const first = must(await client.model.current(), 'a model');
  for (let i = 0; i < 6; i++) await mislabel(2);
  await expect.poll(async () => (await client.model.current())?.id, { timeout: 20_000 }).not.toBe(first.id);
  const second = must(await client.model.current(), 'a model');
  expect(second).toMatchObject({ isAutomatic: true, round: { previous: first.id, corrected: 12 } });
  expect((await client.project.info())?.changedSinceModel).toBe(0);
  const trainings = (await client.jobs.list()).filter(({ kind }) => kind === 'train');
  expect(trainings.map(({ isBackground }) => isBackground)).toEqual([true, false]);

  await mislabel(10);
  await expect.poll(async () => (await client.model.current())?.id, { timeout: 20_000 }).not.toBe(second.id);
  expect(await client.model.current()).toMatchObject({ round: { previous: first.id, corrected: 22 } });
  expect(await client.model.list()).toHaveLength(2);
});

test('few corrections, a preference and work that was asked for each keep it from training', async () => {
  const { client, mislabel, ended } = await trained();
  const first = must(await client.model.current(), 'a model').id;
  await mislabel(9);
  await setTimeout(4 * restMs);
  expect(await client.jobs.list()).toHaveLength(2);
  await client.preferences.set({ backgroundTraining: false });
  await mislabel(1);
  await setTimeout(4 * restMs);
  expect(await client.jobs.list()).toHaveLength(2);
  await client.preferences.set({ backgroundTraining: true });
  await mislabel(1);
  await expect.poll(async () => (await client.jobs.list()).length, { timeout: 20_000 }).toBe(3);
  const [background] = await client.jobs.list();
  const asked = await client.model.train({ backbone: null });
  expect((await ended({ job: must(background, 'a job').id })).state).toBe('cancelled');
  expect((await ended(asked)).state).toBe('done');
  const current = must(await client.model.current(), 'a model');
  expect(current).toMatchObject({ isAutomatic: false, round: { previous: first, corrected: 11 } });
});
