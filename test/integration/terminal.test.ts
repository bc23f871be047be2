import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { drawColours } from '../support/pictures.ts';
import { emend, emendJson, newProjectFolder } from '../support/terminal.ts';

// The promises of the terminal: one JSON document on stdout, progress on stderr, four exit statuses.

interface Audit {
  units: { image: string; given: string; suggested: string; score: number; rank: number; object: null }[];
  estimatedErrors: { count: number; low: number; high: number };
  seconds: number;
}

let project: string;
let images: string;

beforeAll(async () => {
  project = await newProjectFolder();
  images = join(project, '..', 'images');
  await drawColours(images, ['red', 'blue'], 30);
  await writeFile(join(images, 'red', 'broken.png'), 'not a picture');
  await emendJson('create', project, '--name', 'Squares');
});

test('add: folders are labels, what cannot be read is listed, a second run adds nothing', async () => {
  const added = await emendJson<{
    images: number;
    labels: number;
    skipped: { path: string; reason: string }[];
  }>('add', project, images, '--labels', 'folders', '--annotator', 'Kim');
  expect(added).toMatchObject({ images: 60, labels: 60 });
  expect(added.skipped).toEqual([{ path: 'red/broken.png', reason: expect.any(String) }]);
  expect(await emendJson('add', project, images, '--labels', 'folders')).toMatchObject({
    images: 0,
    labels: 0,
  });
  expect(await emendJson('info', project)).toMatchObject({
    name: 'Squares',
    images: 60,
    labelled: 60,
    classes: 2,
  });
});

test('label: a wrong label goes in from a CSV file, and the audit puts it first', async () => {
  const file = join(project, '..', 'labels.csv');
  await writeFile(file, 'path,label\nred/3.png,blue\nnowhere.png,blue\n');
  expect(await emendJson('label', project, '--from', file, '--annotator', 'Lee')).toEqual({
    labels: 1,
    skipped: [{ path: 'nowhere.png', reason: expect.any(String) }],
  });
  const trained = await emendJson<{ model: string; crossValidated: Record<string, number>; seconds: number }>(
    'train',
    project,
  );
  expect(trained.crossValidated['accuracy']).toBeGreaterThan(0.9);
  expect(trained.crossValidated['balancedAccuracy']).toBeGreaterThan(0.9);
  const audit = await emendJson<Audit>('audit', project);
  expect(audit.units).toHaveLength(60);
  expect(audit.units[0]).toMatchObject({
    image: 'red/3.png',
    object: null,
    given: 'blue',
    suggested: 'red',
    rank: 1,
  });
  expect(audit.units.map((unit) => unit.rank)).toEqual(audit.units.map((_, i) => i + 1));
  const scores = audit.units.map((unit) => unit.score);
  expect(scores).toEqual([...scores].sort((a, b) => a - b));
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...scores)).toBeLessThanOrEqual(1);
});

test('predict: a folder that does not belong to the project', async () => {
  const { predictions } = await emendJson<{
    predictions: { image: string; class: string; probabilities: Record<string, number> }[];
  }>('predict', project, images);
  expect(predictions).toHaveLength(60);
  const right = predictions.filter((each) => each.image.startsWith(`${each.class}/`));
  expect(right.length).toBeGreaterThan(55);
  expect(Object.values(predictions[0]!.probabilities).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 4);
});

test('export: a CSV that can be read as labels again', async () => {
  const file = join(project, '..', 'out.csv');
  expect(await emendJson('export', project, file)).toMatchObject({ rows: 60 });
  const text = await readFile(file, 'utf8');
  expect(text.split('\n')[0]).toBe('path,label,annotator,time,group,split,predicted,confidence,score');
  expect(text).toMatch(/red\/3\.png,blue,Lee,/);
  expect(await emendJson('label', project, '--from', file, '--annotator', 'Lee')).toMatchObject({
    labels: 0,
  });
});

test('embed, backbone list and verify', async () => {
  expect(await emendJson('embed', project)).toMatchObject({ units: 60, dim: expect.any(Number) });
  expect(await emendJson('backbone', 'list', project)).toMatchObject({
    backbones: [{ builtIn: true, embedded: 60 }],
  });
  expect(await emendJson('verify', project)).toMatchObject({ ok: true, problems: [] });
});

test('exit statuses: 2 for wrong usage, 3 for bad input with one line', async () => {
  expect(await emend('bogus')).toMatchObject({ status: 2, stdout: '' });
  expect(await emend('add', project)).toMatchObject({ status: 2 });
  const missing = await emend('info', '/nowhere/at/all', '--json');
  expect(missing).toMatchObject({ status: 3, stdout: '' });
  expect(missing.stderr.trim()).toMatch(/^\/nowhere\/at\/all: .+\.$/);
  expect((await emend('add', project, '/nowhere')).status).toBe(3);
  expect((await emend('label', project, '--from', '/nowhere.csv', '--annotator', 'x')).status).toBe(3);
  expect((await emend('--help')).status).toBe(0);
});

test('what no command can take is refused in one line, never with a stack', async () => {
  for (const size of ['abc', '160.5', '7', '-5', '1e9']) {
    const ran = await emend('backbone', 'add', project, 'model.onnx', '--size', size);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain('A side is 8 to 1024 pixels.');
  }
  const nameless = await emend('create', join(project, '..', 'other'), '--name', '');
  expect(nameless).toMatchObject({ status: 3, stdout: '' });
  expect(nameless.stderr.trim()).toBe('name: It must not be empty.');
  const nobody = await emend('label', project, '--from', 'labels.csv', '--annotator', '', '--json');
  expect(nobody).toMatchObject({ status: 3, stdout: '' });
  expect(nobody.stderr.trim()).toBe('annotator: It must not be empty.');
});

test('bad input ends with 3 and one line that says what to do', async () => {
  const folder = join(project, '..');
  const asked: Record<string, readonly string[]> = {
    'This is a file; name the folder that it is in.': ['add', project, join(images, 'red', '1.png')],
    'This is a folder; name a file instead.': ['export', project, images],
    'This is a folder; choose a CSV file in it.': ['label', project, '--from', folder, '--annotator', 'x'],
    'This is a project of its own; name a new folder for the sample.': ['sample', project],
  };
  for (const [reason, args] of Object.entries(asked)) {
    const ran = await emend(...args);
    expect(ran, reason).toMatchObject({ status: 3, stdout: '' });
    expect(ran.stderr.trim()).toMatch(/^\/[^\n]+: [^\n]+\.$/);
    expect(ran.stderr).toContain(`: ${reason}`);
  }
});
