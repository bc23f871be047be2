import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { inject } from 'vitest';
import { emendJson } from '../../support/terminal.ts';
import { newFolder } from './app.ts';

/**
 * A project of its own with the sample in it, drawn, labelled and trained: a copy of the one that the first test of a
 * run pays for.
 */
export async function sampleProject(): Promise<string> {
  const drawn = join(inject('workshop'), 'sample');
  const ready = `${drawn}-is-ready`;
  if (!existsSync(ready)) {
    await emendJson('sample', drawn);
    await emendJson('train', drawn);
    writeFileSync(ready, '');
  }
  const copy = join(newFolder('project'), 'sample');
  cpSync(drawn, copy, { recursive: true });
  return copy;
}

/** What the sample's images really show, by path. */
export function readTruth(sample: string): ReadonlyMap<string, string> {
  const rows = parse<{ path: string; class: string }>(readFileSync(join(sample, 'sample-truth.csv')), {
    columns: true,
  });
  return new Map(rows.map((row) => [row.path, row.class]));
}

/** A row of an exported file, as far as the tests read it. */
export interface Exported {
  readonly path: string;
  readonly label: string;
  readonly predicted: string;
}

/** All labels and predictions of a project, which may be open in a window. */
export async function exported(project: string): Promise<Exported[]> {
  const file = join(newFolder('export'), 'labels.csv');
  await emendJson('export', project, file);
  return parse<Exported>(readFileSync(file), { columns: true });
}

/** An empty project. */
export async function emptyProject(name = 'Empty'): Promise<string> {
  const folder = join(newFolder('project'), 'project');
  await emendJson('create', folder, '--name', name);
  return folder;
}

/** The images of each class in a grain project that are labelled, and those that are not. */
export const grain = { labelled: 16, unlabelled: 4 } as const;

/** A trained project of noise, `coarse` and `fine`: predictions in seconds, where it does not matter what of. */
export async function grainProject(): Promise<string> {
  const project = await emptyProject('Grain');
  const [labelled, unlabelled] = [newFolder('labelled'), newFolder('unlabelled')];
  for (const [name, blur] of [
    ['coarse', 4],
    ['fine', 0.5],
  ] as const) {
    mkdirSync(join(labelled, name));
    await drawGrain(join(labelled, name, 'old'), { blur, count: grain.labelled });
    await drawGrain(join(unlabelled, name), { blur, count: grain.unlabelled });
  }
  await emendJson('add', project, labelled, '--labels', 'folders');
  await emendJson('add', project, unlabelled, '--labels', 'none');
  await emendJson('train', project);
  return project;
}

async function drawGrain(name: string, { blur, count }: { blur: number; count: number }): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  for (let index = 0; index < count; index++) {
    await sharp({ create: { width: 160, height: 120, channels: 3, background: '#000', noise } })
      .blur(blur)
      .toFile(`${name}-${index}.jpg`);
  }
}

/** Side of the mark on a marked image, in pixels, and where its middle is. */
export const mark = { side: 8, x: 104, y: 84, width: 400, height: 300 } as const;

/** A project of grey images `000.png`, `001.png` … with one red square on each. */
export async function markedProject(count: number): Promise<string> {
  const project = await emptyProject('Marks');
  const folder = newFolder('marks');
  const { side, x, y, width, height } = mark;
  const square = await sharp({ create: { width: side, height: side, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  for (let index = 0; index < count; index++) {
    const grey = { r: 60 + index, g: 60 + index, b: 60 + index };
    await sharp({ create: { width, height, channels: 3, background: grey } })
      .composite([{ input: square, left: x - side / 2, top: y - side / 2 }])
      .png()
      .toFile(join(folder, `${String(index).padStart(3, '0')}.png`));
  }
  await emendJson('add', project, folder, '--labels', 'none');
  return project;
}
