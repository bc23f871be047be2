import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addTinyBackbone, startEngine, writeProject, type TestEngine } from '../support/engine.ts';
import { drawColours } from '../support/pictures.ts';
import { addClasses, addImages, imageId } from '../support/records.ts';

// What must not go wrong while the training process works, or dies.

async function trainable(count: number): Promise<TestEngine & { backbone: string; project: string }> {
  const engine = await startEngine();
  const { client, folder, done } = engine;
  const project = join(folder, 'project');
  await client.project.create({ folder: project, name: 'Squares' });
  await drawColours(join(folder, 'images'), ['red', 'blue'], count);
  const labels = { kind: 'folders' } as const;
  await done(client.images.add({ folder: join(folder, 'images'), labels, annotator: null }));
  return { ...engine, project, backbone: await addTinyBackbone(engine) };
}

/** Process ids of the training processes of this very process. */
function trainers(): number[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args=']).toString().split('\n');
  return list.flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    const isOurs = Number(parent) === process.pid && args.some((arg) => /trainer[/\\]main\.\w+$/.test(arg));
    return isOurs ? [Number(pid)] : [];
  });
}

test.skipIf(process.platform === 'win32')(
  'the training process is killed: the job fails with a sentence, and the next training works',
  async () => {
    const { client, backbone, ended, done, reaches } = await trainable(60);
    await client.classes.create({ name: 'unused' });
    const killed = await client.model.train({ backbone });
    await expect.poll(trainers, { interval: 20, timeout: 30_000 }).toHaveLength(1);
    await reaches(killed, (job) => job.state === 'running');
    for (const pid of trainers()) process.kill(pid, 'SIGKILL');
    expect(await ended(killed)).toMatchObject({
      state: 'failed',
      problem: {
        code: 'crashed',
        reason: expect.stringMatching(/^The training process ended .*SIGKILL.*\.$/),
      },
    });
    expect(await client.model.current()).toBeNull();
    expect((await done(client.model.train({ backbone }))).summary).toMatchObject({ units: 120 });
    expect(await client.model.current()).toMatchObject({ units: 120 });
    expect(trainers()).toEqual([]);
    expect((await client.project.verify()).problems).toEqual([]);
  },
);

test('a training is cancelled within two seconds at any step, leaves nothing half, and can be repeated', async () => {
  const { client, backbone, ended, done, reaches, project } = await trainable(400);
  for (const step of ['starting', 'embed', 'head']) {
    const started = await client.model.train({ backbone });
    await reaches(started, (job) => job.step === step || job.finishedAt !== null);
    const since = performance.now();
    await client.jobs.cancel(started);
    const job = await ended(started);
    const seconds = (performance.now() - since) / 1000;
    console.log(`cancelled in ${step} after ${seconds.toFixed(2)} s`);
    expect(job).toMatchObject({ state: 'cancelled', skippedCount: 0 });
    expect(seconds).toBeLessThan(2);
  }
  expect((await client.model.list()).length).toBe(0);
  await done(client.model.train({ backbone }));
  const models = await readdir(join(project, 'models'));
  expect(models.filter((name) => name.endsWith('.json'))).toHaveLength(1);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('the built-in backbone that is fitted again stays usable, with its embeddings, until the new one is there', async () => {
  const { client, folder, ended, done, reaches } = await startEngine();
  const [project, images] = [join(folder, 'project'), join(folder, 'images')];
  await client.project.create({ folder: project, name: 'Squares' });
  const add = async (count: number): Promise<void> => {
    await drawColours(images, ['red', 'blue'], count);
    await done(client.images.add({ folder: images, labels: { kind: 'folders' }, annotator: null }));
  };
  await add(10);
  await done(client.model.embed({ backbone: null }));
  const before = await client.model.backbones();
  const file = await onnxFiles(project);
  expect([before[0]?.embedded, file.length]).toEqual([20, 1]);

  await add(50);
  const stopped = await client.model.embed({ backbone: null });
  await reaches(stopped, (job) => job.step === 'backbone' || job.finishedAt !== null);
  await client.jobs.cancel(stopped);
  expect(await ended(stopped)).toMatchObject({ state: 'cancelled', step: 'backbone' });
  expect(await client.model.backbones()).toEqual(before);
  expect(await onnxFiles(project)).toEqual(file);

  await done(client.model.embed({ backbone: null }));
  expect((await client.model.backbones())[0]?.embedded).toBe(100);
  expect(await onnxFiles(project)).toHaveLength(1);
  expect(await onnxFiles(project)).not.toEqual(file);
});

async function onnxFiles(project: string): Promise<string[]> {
  return (await readdir(join(project, 'backbones'))).filter((name) => name.endsWith('.onnx'));
}

test('a window that fails on an event stops no job, no other window and no later job', async () => {
  const lines: string[] = [];
  const { client, engine, folder, done } = await startEngine({ log: (line) => lines.push(line) });
  engine.events.on(() => {
    throw new Error('its window is gone');
  });
  const heard: string[] = [];
  engine.events.on((event) => heard.push(event.type));
  await client.project.create({ folder: join(folder, 'project'), name: 'Squares' });
  const images = join(folder, 'images');
  for (const count of [2, 4]) {
    await drawColours(images, ['red'], count);
    const labels = { kind: 'folders' } as const;
    const added = await done(client.images.add({ folder: images, labels, annotator: null }));
    expect(added.summary).toMatchObject({ images: 2 });
  }
  expect(new Set(heard)).toEqual(new Set(['project', 'changed', 'job']));
  expect(lines).toEqual(['A listener to the engine failed: Error: its window is gone']);
});

test('looking at neighbours and backbones while images are embedded takes nothing away from the embeddings', async () => {
  const { client, backbone, done, reaches, ended } = await trainable(300);
  const started = await client.model.embed({ backbone });
  await reaches(started, (job) => job.step === 'embed' || job.finishedAt !== null);
  const { ids } = await client.images.list({ filter: {}, sort: {} });
  let looks = 0;
  let isOver = false;
  void ended(started).then(() => (isOver = true));
  while (!isOver) {
    await client.model.backbones();
    await client.images.neighbours({ id: ids[looks++ % ids.length]!, class: null, count: 5 });
  }
  expect((await ended(started)).summary).toMatchObject({ units: 600 });
  expect(looks).toBeGreaterThan(0);
  expect((await client.project.verify()).problems).toEqual([]);
  await done(client.model.train({ backbone }));
  const near = await client.images.neighbours({ id: ids[0]!, class: null, count: 5 });
  expect(near).toHaveLength(5);
  expect(near[0]!.similarity).toBeGreaterThan(0.9);
});

test('a project that is closed or changed for another while a job runs: the job is cancelled, nobody hangs', async () => {
  const { client, backbone, ended, folder, reaches } = await trainable(300);
  const other = await writeProject(join(folder, 'other'), addClasses(2), addImages(5));
  const running = await client.model.train({ backbone });
  const waiting = await client.model.embed({ backbone });
  await reaches(running, (job) => job.state === 'running');
  const asked = [
    client.images.list({ filter: {}, sort: {} }),
    client.images.facets(),
    client.project.verify(),
    client.labels.set({ units: [imageId(0) as never], class: null }),
    client.review.queue({ limit: 10, given: null, suggested: null }),
  ];
  const answers = Promise.allSettled(asked);
  expect(await client.project.open({ folder: other })).toMatchObject({
    folder: other,
    images: 5,
    readOnly: false,
  });
  expect(await ended(running)).toMatchObject({ state: 'cancelled' });
  expect(await ended(waiting)).toMatchObject({ state: 'cancelled' });
  for (const answer of await answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'PROBLEM' });
  }
});

test('the same project is opened twice at once, and another one meanwhile: one is open, none stays locked', async () => {
  const { client, folder } = await startEngine();
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  for (const project of [one, two]) await writeProject(project, addImages(2));
  const open = (project: string): ReturnType<typeof client.project.open> =>
    client.project.open({ folder: project });
  const answers = await Promise.allSettled([open(one), open(one), open(two), open(one), open(two)]);
  for (const answer of answers) {
    if (answer.status === 'fulfilled') expect(answer.value.readOnly).toBe(false);
    else expect(answer.reason).toMatchObject({ code: 'PROBLEM', data: { code: 'busy' } });
  }
  expect((await client.project.info())?.folder).toBe(two);
  const second = await startEngine();
  expect(await second.client.project.open({ folder: one })).toMatchObject({ readOnly: false });
  await client.project.close();
  expect(await second.client.project.open({ folder: two })).toMatchObject({ readOnly: false });
  expect(await client.project.info()).toBeNull();
});
