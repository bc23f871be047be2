import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imageUnit, type UnitId } from '#core/ids.ts';
import {
  allDetails,
  problemOf,
  startEngine,
  writeProject,
  type Client,
  type TestEngine,
} from '../support/engine.ts';
import { colours, drawSquares } from '../support/pictures.ts';
import { value } from '../support/project.ts';
import { addClasses, addImages, ann, bo, classId, imageId } from '../support/records.ts';
import { created } from '../../src/core/changes.ts';
import { label } from '../support/records.ts';
import { openProject } from '../../src/store/open-project.ts';

// Labels through the contract, on a real store: who gave what to which image, taken back and done again.

const units = (...numbers: readonly number[]): UnitId[] =>
  numbers.map((number) => imageUnit(imageId(number)));

/** An engine with a project of ten images and three classes open, at a clock that the test moves. */
async function labelling(): Promise<TestEngine & { project: string; clock: { now: number } }> {
  const clock = { now: Date.UTC(2026, 5, 1) };
  const test = await startEngine({ clock: () => (clock.now += 10) });
  const project = await writeProject(join(test.folder, 'project'), addClasses(3), addImages(10));
  await test.client.project.open({ folder: project });
  return { ...test, project, clock };
}

/** The current class of every labelled image, by number. */
async function given(client: Client): Promise<Record<string, string>> {
  const details = await allDetails(client);
  return Object.fromEntries(
    details.flatMap((each) => (each.given ? [[each.id.slice('image-'.length), each.given.class]] : [])),
  );
}

test('many images get a class at once, lose it, and undo and redo know it after a restart', async () => {
  const { client, project, engine } = await labelling();
  expect(await client.labels.set({ units: units(0, 1, 2, 3), class: classId(0) })).toMatchObject({
    changed: 4,
  });
  expect(await client.labels.set({ units: units(2, 3, 4), class: classId(1) })).toMatchObject({ changed: 3 });
  expect(await client.labels.set({ units: units(0, 4, 9), class: null })).toMatchObject({ changed: 2 });
  const end = { 1: classId(0), 2: classId(1), 3: classId(1) };
  expect(await given(client)).toEqual(end);
  expect((await client.history.state()).undo).toMatchObject({ action: 'label.clear', detail: { count: 2 } });

  await client.project.close();
  await client.project.open({ folder: project });
  expect(await given(client)).toEqual(end);
  await client.history.undo();
  await client.history.undo();
  expect(await given(client)).toEqual({ 0: classId(0), 1: classId(0), 2: classId(0), 3: classId(0) });
  expect((await client.history.state()).redo).toMatchObject({ action: 'label.set', detail: { count: 3 } });

  await engine.open(project);
  await client.project.close();
  await client.project.open({ folder: project });
  await client.history.redo();
  await client.history.redo();
  expect(await given(client)).toEqual(end);
  expect((await problemOf(client.history.redo())).reason).toMatch(/^There is nothing to redo\.$/);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('what is said again is not written again, and units or classes that are not there change nothing', async () => {
  const { client } = await labelling();
  const { seq } = await client.labels.set({ units: units(0), class: classId(0) });
  expect(await client.labels.set({ units: units(0), class: classId(0) })).toEqual({ seq, changed: 0 });
  expect(await client.labels.set({ units: units(77), class: classId(0) })).toEqual({ seq, changed: 0 });
  expect(await client.labels.set({ units: units(5), class: null })).toEqual({ seq, changed: 0 });
  expect(await problemOf(client.labels.set({ units: units(0), class: classId(9) }))).toMatchObject({
    code: 'not-found',
    reason: expect.stringMatching(/class/),
  });
  expect((await problemOf(client.labels.acceptPredictions({ units: units(0) }))).reason).toMatch(
    /train first/,
  );
});

test('two windows label the same images at the same time: every label is acknowledged, the last one stands', async () => {
  const { client } = await labelling();
  for (let i = 0; i < 12; i++) await client.labels.set({ units: units(0), class: classId(i % 3) });
  const wanted = Array.from({ length: 60 }, (_, i) => classId(i % 3));
  const answers = await Promise.all(
    wanted.map((each, i) => {
      if (i % 7 === 2) return client.history.undo();
      return client.labels.set({ units: units(0, 1, 2), class: i % 11 === 5 ? null : each });
    }),
  );
  expect(answers.every(({ seq }) => seq > 0)).toBe(true);
  expect(await given(client)).toEqual({ 0: classId(2), 1: classId(2), 2: classId(2) });
  expect((await client.project.verify()).problems).toEqual([]);
});

test("a reviewer's label stands above older ones, even those dated in the future by another machine's clock", async () => {
  const { client, project, clock } = await labelling();
  await client.project.close();
  const store = value(await openProject(project));
  const future = clock.now + 1e9;
  const changes = [0, 1].map((n) => created('label', label(n, 0, { annotator: bo, time: future })));
  value(await store.commit({ annotator: bo, session: 's', action: 'label.import', detail: {}, changes }));
  await store.close();
  await client.project.open({ folder: project });
  await client.project.setAnnotator({ name: 'Reviewer' });
  await client.labels.set({ units: units(0), class: classId(1) });
  const file = join(project, 'review.csv');
  await writeFile(file, 'path,label\nfolder/1.png,Class 2\n');
  expect(await client.labels.importCsv({ file, annotator: 'Second' })).toEqual({ job: expect.any(String) });
  await expect.poll(() => given(client)).toEqual({ 0: classId(1), 1: classId(2) });
  const [first] = await client.images.details({ ids: [imageId(0)] });
  expect(first?.labels.map((each) => [each.annotator === bo, each.class])).toEqual([
    [false, classId(1)],
    [true, classId(0)],
  ]);
  expect(first?.given?.time).toBe(future + 1);
});

test('the history lists what was done, newest first, by pages, and anything after a row can be taken back', async () => {
  const { client } = await labelling();
  const { seq } = await client.labels.set({ units: units(0), class: classId(0) });
  for (const number of [1, 2, 3]) await client.labels.set({ units: units(number), class: classId(1) });
  await client.classes.create({ name: 'New' });
  const list = await client.history.list({ before: null, limit: 3 });
  expect(list.map((line) => [line.seq, line.action, line.undone])).toEqual([
    [seq + 4, 'class.create', false],
    [seq + 3, 'label.set', false],
    [seq + 2, 'label.set', false],
  ]);
  const [older] = await client.history.list({ before: seq + 2, limit: 1 });
  expect(older).toMatchObject({ seq: seq + 1, changes: 1, detail: { class: 'Class 1', count: 1 } });
  await client.history.restore({ seq });
  expect(await given(client)).toEqual({ 0: classId(0) });
  expect(await client.classes.list()).toHaveLength(3);
  await client.history.undo();
  expect(Object.keys(await given(client))).toHaveLength(4);
  expect(await client.classes.list()).toHaveLength(4);
  const [undone] = await client.history.list({ before: null, limit: 1 });
  expect(undone?.targetAction).toEqual({ action: 'history.restore', detail: { seq } });
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a run of work ends with a rest of half an hour; the labels name the run that the history names', async () => {
  const { client, clock } = await labelling();
  await client.labels.set({ units: units(0, 1), class: classId(0) });
  clock.now += 31 * 60_000;
  await client.labels.set({ units: units(2, 3), class: classId(0) });
  await client.labels.set({ units: units(4), class: classId(0) });
  const [third, second, first] = await client.history.list({ before: null, limit: 3 });
  const sessions = (await allDetails(client)).flatMap((each) => each.given?.session ?? []);
  expect(third?.session).toBe(second?.session);
  expect(first?.session).not.toBe(second?.session);
  expect(sessions).toEqual([first, first, second, second, third].map((line) => line?.session));
});

test('a label file with several annotators, times, groups and splits', async () => {
  const { client, project, done } = await labelling();
  const file = join(project, 'labels.csv');
  await writeFile(
    file,
    [
      '\uFEFFPath;Label;Annotator;Time;Group;Split',
      'folder/0.png;Class 0;Ann;2020-01-01T00:00:00Z;patient 1;train',
      'folder/0.png;Class 1;Bo;2021-01-01T00:00:00Z;;',
      'folder/1.png;Class 1;Ann;1600000000;patient 1;val',
      'folder/1.png;Class 2;Ann;1500000000;;',
      '.\\folder\\2.png;a new one;Ann;1600000000000;patient 2;test',
      'folder/3.png;;;;patient 3;',
      'folder/4.png;Class 0;;;;',
      'folder/5.png;Class 0;Ann;yesterday;;',
      'folder/6.png;Class 0;Ann;;;holdout',
      'nowhere.png;Class 0;Ann;;;',
    ].join('\n'),
  );
  const job = await done(client.labels.importCsv({ file, annotator: 'Chris' }));
  expect(job).toMatchObject({ summary: { labels: 5, images: 4 }, skippedCount: 3 });
  expect((await client.jobs.skipped({ job: job.id })).map(({ path }) => path)).toEqual([
    'folder/5.png',
    'folder/6.png',
    'nowhere.png',
  ]);
  const byPath = new Map((await allDetails(client)).map((each) => [each.path, each]));
  const at = (number: number): unknown => {
    const { given: current, labels, groupId, split } = byPath.get(`folder/${number}.png`)!;
    return [current?.annotator, current?.class, labels.length, groupId, split];
  };
  const { annotators } = (await client.project.info())!;
  const chris = annotators.find(({ name }) => name === 'Chris')?.id;
  const made = (await client.classes.list()).find(({ name }) => name === 'a new one')?.id;
  expect([0, 1, 2, 3, 4, 5].map(at)).toEqual([
    [bo, classId(1), 2, 'patient 1', 'train'],
    [ann, classId(1), 1, 'patient 1', 'dev'],
    [ann, made, 1, 'patient 2', 'test'],
    [undefined, undefined, 0, 'patient 3', null],
    [chris, classId(0), 1, null, null],
    [undefined, undefined, 0, null, null],
  ]);
  expect(byPath.get('folder/0.png')?.given?.time).toBe(Date.UTC(2021, 0, 1));

  const again = await done(client.labels.importCsv({ file, annotator: 'Chris' }));
  expect(again.summary).toEqual({ labels: 0, images: 0 });
  await client.history.undo();
  expect((await client.project.info())?.labelled).toBe(0);
  expect((await client.classes.list()).map(({ name }) => name)).not.toContain('a new one');
  expect((await allDetails(client)).every((each) => each.groupId === null && each.split === null)).toBe(true);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a label file of many rows, each naming its annotator', async () => {
  const { client, project, done, ended } = await labelling();
  const file = join(project, 'many.csv');
  const rows = Array.from(
    { length: 40_000 },
    (_, i) => `folder/${i % 10}.png,Class ${i % 3},Bo,${1.6e9 + i}`,
  );
  await writeFile(file, ['path,label,annotator,time', ...rows].join('\n'));
  expect((await done(client.labels.importCsv({ file, annotator: null }))).summary).toMatchObject({
    labels: 10,
  });
  const [first] = await client.images.details({ ids: [imageId(0)] });
  expect(first?.given).toMatchObject({ class: classId(39_990 % 3), time: (1.6e9 + 39_990) * 1000 });
  const missing = await ended(client.labels.importCsv({ file: join(project, 'none.csv'), annotator: null }));
  expect(missing).toMatchObject({ state: 'failed', problem: { code: 'not-found' } });
});

test('what a label file says about images that are not there creates nothing, nor does a line without a label', async () => {
  const { client, project, done, ended } = await labelling();
  const before = [await client.classes.list(), (await client.project.info())!.annotators.length];
  const file = join(project, 'labels.csv');
  const lines = ['nowhere.png,ghost,Ghost', 'folder/1.png,,Silent', 'folder/2.png,short'];
  await writeFile(file, ['path,label,annotator', ...lines].join('\n'));
  const job = await done(client.labels.importCsv({ file, annotator: 'Nobody' }));
  expect(job).toMatchObject({ summary: { labels: 0 }, skippedCount: 2 });
  expect(await client.jobs.skipped({ job: job.id })).toMatchObject([
    { path: 'folder/2.png', reason: 'Line 4 has 2 fields, but the first line names 3; mend it.' },
    { path: 'nowhere.png' },
  ]);
  expect([await client.classes.list(), (await client.project.info())!.annotators.length]).toEqual(before);

  const images = join(project, 'images');
  await drawSquares([join(images, 'a.png')], colours.red);
  await writeFile(file, ['path,label,annotator', 'a.png,seen,Kim', ...lines].join('\n'));
  await done(client.images.add({ folder: images, labels: { kind: 'csv', file }, annotator: 'Nobody' }));
  const { annotators } = (await client.project.info())!;
  expect(annotators.map(({ name }) => name)).toContain('Kim');
  expect(annotators).toHaveLength((before[1] as number) + 1);
  expect((await client.classes.list()).map(({ name }) => name)).toContain('seen');
  expect(await client.classes.list()).toHaveLength((before[0] as unknown[]).length + 1);

  await writeFile(file, '');
  expect(await ended(client.labels.importCsv({ file, annotator: null }))).toMatchObject({
    problem: { code: 'bad-input', reason: 'The file is empty; its first line must name path and label.' },
  });
});
