import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '#base/problem.ts';
import { addTinyBackbone, allDetails, problemOf, startEngine, type TestEngine } from '../support/engine.ts';
import { colours, drawColours, drawSquares } from '../support/pictures.ts';

// Adding images: real files, real image processes.

async function emptyProject(): Promise<TestEngine & { project: string; images: string }> {
  const test = await startEngine();
  const project = join(test.folder, 'project');
  await test.client.project.create({ folder: project, name: 'Squares' });
  return { ...test, project, images: join(test.folder, 'images') };
}

const byFolders = { labels: { kind: 'folders' }, annotator: null } as const;
const unlabelled = { labels: { kind: 'none' }, annotator: null } as const;

test('cancelled midway it keeps what it has; adding again resumes, and a later file goes in, too', async () => {
  const { client, images, ended, done, reaches } = await emptyProject();
  await drawColours(images, ['red', 'blue'], 700);
  const request = { folder: images, ...byFolders };
  const first = await client.images.add(request);
  await reaches(first, (job) => job.step === 'read' && job.done > 0);
  expect(await client.jobs.cancel(first)).toEqual({ cancelled: true });
  expect(await ended(first)).toMatchObject({ state: 'cancelled', skippedCount: 0 });
  const kept = (await client.project.info())!.images;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(1400);

  await drawSquares([join(images, 'red', 'later.png')], colours.red);
  const second = await done(client.images.add(request));
  expect(second.summary).toMatchObject({ images: 1401 - kept, labels: 1401 - kept, known: kept });
  expect(await client.project.info()).toMatchObject({ images: 1401, labelled: 1401, classes: 2 });
  expect(await client.project.info()).toMatchObject({
    sources: [{ name: 'images', images: 1401, available: true }],
  });
  expect((await done(client.images.add(request))).summary).toMatchObject({ images: 0, known: 1401 });

  await client.history.undo();
  expect((await client.project.info())?.images).toBe(kept);
  await client.history.redo();
  expect((await client.project.info())?.images).toBe(1401);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a folder that is not there, and a job that waits and is cancelled', async () => {
  const { client, images, ended, folder } = await emptyProject();
  await drawColours(images, ['red'], 30);
  const job = await ended(client.images.add({ folder: join(folder, 'nowhere'), ...unlabelled }));
  expect(job).toMatchObject({
    state: 'failed',
    problem: { code: 'not-found', reason: expect.stringMatching(/\.$/) },
  });
  const running = await client.images.add({ folder: images, ...unlabelled });
  const waiting = await client.images.add({ folder: images, ...unlabelled });
  await client.jobs.cancel(waiting);
  expect((await client.jobs.list())[0]).toMatchObject({ id: waiting.job, state: 'cancelled' });
  expect(await ended(running)).toMatchObject({ state: 'done', summary: { images: 30 } });
});

test('odd names: other scripts, blanks, quotes, percent signs, decompositions', async () => {
  const { client, engine, images, done } = await emptyProject();
  const names = [
    '세포/작은 것.png',
    "a b/it's 100% «ü».png",
    'e\u0301.png',
    '#?&=+.png',
    'ЯЗЫК/ни.png',
    '🩸.png',
  ];
  await drawSquares(
    names.map((name) => join(images, name)),
    colours.green,
  );
  const file = join(images, 'labels.csv');
  await writeFile(file, `path,label\n${names.map((name) => `"${name}","${name.length}글자"`).join('\n')}\n`);
  const request = { folder: images, labels: { kind: 'csv', file }, annotator: '김' } as const;
  expect((await done(client.images.add(request))).summary).toMatchObject({ images: 6, labels: 6 });
  const details = await allDetails(client);
  expect(details.map((each) => each.path).sort()).toEqual([...names].sort());
  for (const { id } of details) expect(await engine.picture(id, 'full')).toMatchObject({ ok: true });
  const out = join(images, 'out.csv');
  await client.project.exportCsv({ file: out });
  const again = await done(client.labels.importCsv({ file: out, annotator: '김' }));
  expect(again).toMatchObject({ summary: { labels: 0 }, skippedCount: 0 });
});

test('a folder that moved is found again; a folder without the images is refused', async () => {
  const { client, engine, images, folder, done } = await emptyProject();
  await drawColours(images, ['red'], 3);
  await done(client.images.add({ folder: images, ...unlabelled }));
  const moved = join(folder, 'moved');
  await rename(images, moved);
  const [source] = (await client.project.info())!.sources;
  expect(source?.available).toBe(false);
  const [image] = await allDetails(client);
  const lost = await engine.picture(image!.id, 'full');
  expect(lost).toMatchObject({
    ok: false,
    error: { code: 'not-found', reason: expect.stringMatching(/Data/) },
  });
  expect(await engine.picture(image!.id, 'thumbnail')).toMatchObject({ ok: true });
  expect((await problemOf(client.project.relocate({ source: source!.id, root: folder }))).code).toBe(
    'not-found',
  );
  expect(await client.project.relocate({ source: source!.id, root: moved })).toEqual({
    found: 3,
    missing: 0,
  });
  expect(await engine.picture(image!.id, 'full')).toMatchObject({ ok: true });
  expect((await done(client.images.add({ folder: moved, ...unlabelled }))).summary).toMatchObject({
    images: 0,
    known: 3,
  });
  await client.history.undo();
  expect((await client.project.info())?.sources).toMatchObject([{ root: images, available: false }]);
});

test('images inside the project folder move with it', async () => {
  const setting = await emptyProject();
  const { client, engine, project, folder, done } = setting;
  const images = join(project, 'images');
  await drawColours(images, ['red', 'blue'], 10);
  await done(client.images.add({ folder: images, ...byFolders }));
  await client.project.close();
  const moved = join(folder, 'elsewhere', 'moved');
  await mkdir(dirname(moved));
  await rename(project, moved);
  // Without the cache, every thumbnail has to be made again from its file.
  for (const end of ['', '-wal', '-shm']) await rm(join(moved, `cache.sqlite${end}`), { force: true });

  const inside = join(moved, 'images');
  expect(await client.project.open({ folder: moved })).toMatchObject({
    sources: [{ name: 'images', root: inside, images: 20, available: true }],
  });
  const [image] = await allDetails(client);
  for (const size of ['full', 'thumbnail'] as const)
    expect(await engine.picture(image!.id, size)).toMatchObject({ ok: true });
  const embedded = await done(client.model.embed({ backbone: await addTinyBackbone(setting) }));
  expect(embedded).toMatchObject({ summary: { units: 20 }, skippedCount: 0 });
  expect((await done(client.images.add({ folder: inside, ...byFolders }))).summary).toMatchObject({
    images: 0,
    known: 20,
  });
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a source that is moved into the project folder is stored as inside it', async () => {
  const { client, images, project, folder, done } = await emptyProject();
  await drawColours(images, ['red'], 3);
  await done(client.images.add({ folder: images, ...unlabelled }));
  await rename(images, join(project, 'pictures'));
  const [source] = (await client.project.info())!.sources;
  await client.project.relocate({ source: source!.id, root: join(project, 'pictures') });
  await client.project.close();
  const moved = join(folder, 'moved');
  await rename(project, moved);
  expect((await client.project.open({ folder: moved })).sources).toMatchObject([
    { root: join(moved, 'pictures'), available: true },
  ]);
});

test('a file that was deleted since has no picture, and training goes on without it', async () => {
  const test = await emptyProject();
  const { client, engine, images, done } = test;
  await drawColours(images, ['red', 'blue'], 20);
  await writeFile(join(images, 'red', 'broken.png'), 'no picture');
  const added = await done(client.images.add({ folder: images, ...byFolders }));
  expect(added).toMatchObject({ summary: { images: 40 }, skippedCount: 1 });
  await rm(join(images, 'red', '7.png'));
  const gone = (await allDetails(client)).find((each) => each.path === 'red/7.png');
  expect(await engine.picture(gone!.id, 'full')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await engine.picture('../../etc/passwd', 'full')).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  const trained = await done(client.model.train({ backbone: await addTinyBackbone(test) }));
  expect(trained).toMatchObject({ summary: { units: 39 }, skippedCount: 1 });
  expect(await client.jobs.skipped({ job: trained.id })).toMatchObject([
    { path: join(images, 'red', '7.png') },
  ]);
  const [after] = await client.images.details({ ids: [gone!.id] });
  expect(after).toMatchObject({ prediction: null, suspect: null, given: { class: gone!.given!.class } });
});

test('a second engine looks at the project only, and says so whatever it is asked to change', async () => {
  const { client, project, images, done, folder } = await emptyProject();
  await drawColours(images, ['red', 'blue'], 5);
  await done(client.images.add({ folder: images, ...byFolders }));
  const second = await startEngine();
  const info = await second.client.project.open({ folder: project });
  expect(info).toMatchObject({ readOnly: true, images: 10, labelled: 10 });
  const other = second.client;
  const [image] = await allDetails(other);
  const units = [image!.unit];
  const [one, two] = await other.classes.list();
  const file = join(folder, 'x');
  const mutations: Record<string, () => Promise<unknown>> = {
    set: () => other.labels.set({ units, class: one!.id }),
    clear: () => other.labels.set({ units, class: null }),
    accept: () => other.labels.acceptPredictions({ units }),
    import: () => other.labels.importCsv({ file, annotator: null }),
    create: () => other.classes.create({ name: 'x' }),
    update: () => other.classes.update({ id: one!.id, change: { name: 'y' } }),
    reorder: () => other.classes.reorder({ ids: [two!.id, one!.id] }),
    merge: () => other.classes.merge({ from: one!.id, into: two!.id }),
    remove: () => other.classes.remove({ id: one!.id }),
    decide: () => other.review.decide({ unit: image!.unit, decision: 'kept', class: null }),
    decideAll: () =>
      other.review.decideAll({ decisions: [{ unit: image!.unit, decision: 'kept', class: null }] }),
    undo: () => other.history.undo(),
    redo: () => other.history.redo(),
    restore: () => other.history.restore({ seq: 1 }),
    relocate: () => other.project.relocate({ source: image!.source, root: images }),
    add: () => other.images.add({ folder: images, ...byFolders }),
    train: () => other.model.train({ backbone: null }),
    embed: () => other.model.embed({ backbone: null }),
    addBackbone: () => other.model.addBackbone({ file, id: null, size: null }),
  };
  const refused: [string, Problem][] = [];
  for (const [name, ask] of Object.entries(mutations)) refused.push([name, await problemOf(ask())]);
  for (const [name, problem] of refused) {
    expect(problem, name).toMatchObject({
      code: 'locked',
      reason: expect.stringMatching(/^The project .*\.$/),
    });
  }
  expect(await other.project.setAnnotator({ name: 'Guest' })).toMatchObject({ name: 'Guest' });
  expect(await other.model.backbones()).toMatchObject([{ builtIn: true, embedded: 0 }]);
  expect((await other.project.verify()).ok).toBe(true);

  // What the writer does is seen, and once it is gone the project can be opened to change it.
  await client.labels.set({ units, class: two!.id });
  expect((await other.images.details({ ids: [image!.id] }))[0]?.given?.class).toBe(two!.id);
  await client.project.close();
  expect(await other.project.open({ folder: project })).toMatchObject({ readOnly: false });
  expect(await other.labels.set({ units, class: one!.id })).toMatchObject({ changed: 1 });
});

test('the sample leaves other projects alone; in a new folder it can be stopped and gone on with', async () => {
  const { client, project, ended, reaches } = await emptyProject();
  expect(await problemOf(client.project.sample({ folder: project }))).toMatchObject({
    code: 'exists',
    reason: 'This is a project of its own; name a new folder for the sample.',
  });
  expect(await readdir(project)).not.toContain('images');
  expect(await client.project.info()).toMatchObject({ name: 'Squares', images: 0 });

  const folder = join(project, '..', 'sample');
  for (let turn = 0; turn < 2; turn++) {
    const started = await client.project.sample({ folder });
    await reaches(started, ({ step, done }) => step === 'draw' && done > 0);
    await client.jobs.cancel(started);
    expect(await ended(started)).toMatchObject({ state: 'cancelled' });
  }
});

test('what the file system refuses is told in one sentence', async () => {
  const { client, images, folder, ended } = await emptyProject();
  await drawColours(images, ['red'], 1);
  const file = join(images, 'red', '0.png');
  expect(await ended(client.images.add({ folder: file, ...unlabelled }))).toMatchObject({
    problem: { code: 'bad-input', reason: 'This is a file; name the folder that it is in.' },
  });
  expect(await problemOf(client.project.open({ folder: file }))).toMatchObject({
    code: 'bad-input',
    reason: 'This is a file; name the folder of a project.',
  });
  expect(await problemOf(client.project.exportCsv({ file: images }))).toMatchObject({
    code: 'bad-input',
    reason: 'This is a folder; name a file instead.',
  });
  expect(await problemOf(client.project.exportCsv({ file: join(file, 'x.csv') }))).toMatchObject({
    code: 'bad-input',
    reason: 'A part of this path is a file, not a folder; choose another path.',
  });
  // Settings that cannot be written: nobody expects it in the procedure that is asked.
  await rm(join(folder, 'home'), { recursive: true });
  await writeFile(join(folder, 'home'), '');
  expect(await problemOf(client.preferences.set({ annotator: 'Kim' }))).toMatchObject({
    code: 'bad-input',
    reason: 'A part of this path is a file, not a folder; choose another path.',
  });
  await expect(client.project.close()).rejects.toMatchObject({ code: 'PROBLEM' });
  expect(await client.project.info()).toBeNull();
  await rm(join(folder, 'home'));
});

test.runIf(existsSync('/proc/self'))('where no folder can be made no project is made, at once', async () => {
  const { client } = await emptyProject();
  const reason = 'No folder can be made here; choose another place.';
  expect(await problemOf(client.project.create({ folder: '/proc/x', name: 'x' }))).toMatchObject({ reason });
  expect(await problemOf(client.project.exportCsv({ file: '/proc/x/labels.csv' }))).toMatchObject({ reason });
});
