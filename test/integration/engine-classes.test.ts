import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imageUnit } from '#core/ids.ts';
import { allDetails, problemOf, startEngine, writeProject, type Client } from '../support/engine.ts';
import { addImages, imageId } from '../support/records.ts';

// The taxonomy through the contract. Ids never change; everything can be taken back.

async function classesOf(names: readonly string[]): Promise<{ client: Client; ids: string[] }> {
  const { client, folder } = await startEngine();
  await client.project.open({ folder: await writeProject(join(folder, 'project'), addImages(9)) });
  const ids: string[] = [];
  for (const name of names) ids.push((await client.classes.create({ name })).id);
  return { client, ids };
}

const about = async (
  client: Client,
  field: 'name' | 'id' | 'parent' | 'units' | 'hotkey',
): Promise<unknown[]> => (await client.classes.list()).map((each) => each[field]);

test('create: next colour, next key, at the end; names and keys are taken once', async () => {
  const { client } = await classesOf(['lymphocyte', 'monocyte']);
  const third = await client.classes.create({ name: '  blast ', hotkey: 'b' });
  expect(third).toMatchObject({ name: 'blast', position: 2, hotkey: 'b', parent: null });
  const colours = new Set((await client.classes.list()).map(({ colour }) => colour));
  expect(colours.size).toBe(3);
  expect(await about(client, 'hotkey')).toEqual(['1', '2', 'b']);
  expect((await problemOf(client.classes.create({ name: 'Monocyte' }))).code).toBe('exists');
  expect((await problemOf(client.classes.create({ name: 'x', hotkey: '1' }))).reason).toMatch(/lymphocyte/);
  expect((await problemOf(client.classes.create({ name: '  ' }))).code).toBe('bad-input');
  expect(await client.classes.list()).toHaveLength(3);
});

test('rename, recolour, re-key, move below another, order: the id stays, and undo takes each back', async () => {
  const { client, ids } = await classesOf(['a', 'b', 'c']);
  const [a = '', b = '', c = ''] = ids as never[];
  const before = await client.classes.list();
  await client.classes.update({ id: a, change: { name: 'alpha', colour: '#010203' } });
  await client.classes.update({ id: a, change: { hotkey: null } });
  await client.classes.update({ id: b, change: { parent: a } });
  await client.classes.update({ id: c, change: { parent: b } });
  await client.classes.reorder({ ids: [c, a, b] });
  expect(await client.classes.list()).toMatchObject([
    { id: c, name: 'c', parent: b, position: 0 },
    { id: a, name: 'alpha', colour: '#010203', hotkey: null, parent: null, position: 1 },
    { id: b, name: 'b', parent: a, position: 2 },
  ]);
  expect((await problemOf(client.classes.update({ id: a, change: { parent: c } }))).reason).toMatch(
    /below itself/,
  );
  expect((await problemOf(client.classes.update({ id: a, change: { name: 'C' } }))).code).toBe('exists');
  for (let i = 0; i < 5; i++) await client.history.undo();
  expect(await client.classes.list()).toEqual(before);
  for (let i = 0; i < 5; i++) await client.history.redo();
  expect(await about(client, 'name')).toEqual(['c', 'alpha', 'b']);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('merge gives labels and children away, keeps who labelled when, and comes back on undo', async () => {
  const { client, ids } = await classesOf(['from', 'into', 'child']);
  const [from = '', into = '', child = ''] = ids as never[];
  await client.classes.update({ id: child, change: { parent: from } });
  const units = Array.from({ length: 9 }, (_, i) => imageUnit(imageId(i)));
  await client.labels.set({ units: units.slice(0, 6), class: from });
  await client.labels.set({ units: units.slice(5), class: into });
  await client.project.setAnnotator({ name: 'Second' });
  await client.labels.set({ units: units.slice(0, 2), class: into });
  const before = { details: await allDetails(client), classes: await client.classes.list() };
  expect((await problemOf(client.classes.merge({ from, into: child }))).reason).toMatch(/other way round/);
  expect((await problemOf(client.classes.merge({ from, into: from }))).code).toBe('bad-input');
  expect((await problemOf(client.classes.remove({ id: from }))).reason).toMatch(/merge/);

  await client.classes.merge({ from, into });
  expect(await client.classes.list()).toMatchObject([
    { id: into, units: 9 },
    { id: child, parent: into },
  ]);
  const after = await allDetails(client);
  const said = (details: typeof after): unknown =>
    details.map((each) => each.labels.map(({ id, time, annotator }) => [id, time, annotator]));
  expect(said(after)).toEqual(said(before.details));
  expect((await problemOf(client.labels.set({ units, class: from }))).code).toBe('not-found');

  await client.history.undo();
  expect(await allDetails(client)).toEqual(before.details);
  expect(await client.classes.list()).toEqual(before.classes);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a class without labels can be removed; its children move up', async () => {
  const { client, ids } = await classesOf(['top', 'middle', 'low']);
  const [top = '', middle = '', low = ''] = ids as never[];
  await client.classes.update({ id: middle, change: { parent: top } });
  await client.classes.update({ id: low, change: { parent: middle } });
  await client.classes.remove({ id: middle });
  expect(await about(client, 'parent')).toEqual([null, top]);
  // Behind the class at position 2, though there are two.
  expect((await client.classes.create({ name: 'again' })).position).toBe(3);
  await client.history.undo();
  await client.history.undo();
  expect(await about(client, 'id')).toEqual([top, middle, low]);
});
