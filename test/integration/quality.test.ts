import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { areaUnderRoc, averagePrecision } from '../../src/learn/ranking.ts';
import { readCifar, unpackCifar, writeLabels } from '../support/cifar.ts';
import { sharedPath } from '../support/shared.ts';
import { emendJson, newProjectFolder } from '../support/terminal.ts';

// What the audit and the models are worth on real images. The figures are printed; the floors are asserted.

interface Trained {
  readonly crossValidated: { readonly accuracy: number; readonly balancedAccuracy: number };
}

const cifar = sharedPath('data', 'cifar10n_10k');
const bees = sharedPath('data', 'bee_pollen');
const cells = sharedPath('data', 'wbc_cells');
const mobileNet = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');

test.skipIf(cifar === null)(
  'CIFAR-10N: wrong labels are ranked first, and a model of clean labels predicts unseen images',
  { timeout: 900_000 },
  async () => {
    const project = await newProjectFolder();
    const images = await readCifar(cifar ?? '', 10_000);
    const folder = join(project, '..', 'images');
    const [noisy, clean] = [join(project, '..', 'noisy.csv'), join(project, '..', 'clean.csv')];
    await unpackCifar(images, folder);
    await writeLabels(images, (image) => image.aggregate, noisy);
    await writeLabels(images, (image) => image.clean, clean);
    await emendJson('create', project);
    expect(await emendJson('add', project, folder, '--labels', noisy)).toMatchObject({ images: 10_000 });
    const audit = await emendJson<{
      units: { image: string; score: number }[];
      estimatedErrors: { count: number; low: number; high: number };
    }>('audit', project);
    const isWrong = new Map(images.map((image) => [image.name, image.clean !== image.aggregate]));
    const suspicion = audit.units.map((unit) => -unit.score);
    const wrong = audit.units.map((unit) => isWrong.get(unit.image) ?? false);
    const found = { ap: averagePrecision(suspicion, wrong), auroc: areaUnderRoc(suspicion, wrong) };

    await emendJson('label', project, '--from', clean, '--annotator', 'Truth');
    await emendJson<Trained>('train', project);
    const unseen = await readCifar(join(cifar ?? '', 'test_2k'), 2000);
    const unseenFolder = join(project, '..', 'unseen');
    await unpackCifar(unseen, unseenFolder);
    const { predictions } = await emendJson<{ predictions: { image: string; class: string }[] }>(
      'predict',
      project,
      unseenFolder,
    );
    const truth = new Map(unseen.map((image) => [image.name, `class ${image.clean}`]));
    const right = predictions.filter((each) => each.class === truth.get(each.image)).length;
    console.log('CIFAR-10N', {
      ...found,
      testAccuracy: right / 2000,
      estimated: audit.estimatedErrors,
      truly: 912,
    });
    expect(audit.units).toHaveLength(10_000);
    expect(found.ap).toBeGreaterThanOrEqual(0.4);
    expect(found.auroc).toBeGreaterThanOrEqual(0.83);
    expect(predictions).toHaveLength(2000);
    expect(right / 2000).toBeGreaterThanOrEqual(0.64);
  },
);

test.skipIf(bees === null || mobileNet === null)(
  'bee pollen: five-fold accuracy of the built-in backbone and of MobileNetV2',
  { timeout: 600_000 },
  async () => {
    const project = await newProjectFolder();
    await emendJson('create', project);
    await emendJson('add', project, bees ?? '', '--labels', 'folders');
    const builtIn = await emendJson<Trained>('train', project);
    await emendJson('backbone', 'add', project, mobileNet ?? '', '--id', 'mobilenet', '--size', '160');
    const imageNet = await emendJson<Trained>('train', project, '--backbone', 'mobilenet');
    console.log('bee pollen', { builtIn: builtIn.crossValidated, mobileNet: imageNet.crossValidated });
    expect(builtIn.crossValidated.accuracy).toBeGreaterThanOrEqual(0.95);
    expect(imageNet.crossValidated.accuracy).toBeGreaterThanOrEqual(0.91);
  },
);

test.skipIf(cells === null || mobileNet === null)(
  'white blood cells: five-fold accuracy with MobileNetV2',
  { timeout: 600_000 },
  async () => {
    const project = await newProjectFolder();
    const folder = join(project, '..', 'cells');
    await mkdir(folder, { recursive: true });
    const lines = (await readFile(join(cells ?? '', 'class_labels_dataset1.csv'), 'utf8')).trim().split('\n');
    const rows = await Promise.all(
      lines.slice(1).map(async (line) => {
        const [id = '', label = ''] = line.trim().split(',');
        const name = `${id.padStart(3, '0')}.png`;
        await symlink(join(cells ?? '', 'dataset1', name), join(folder, name));
        return `${name},${label}`;
      }),
    );
    const labels = join(project, '..', 'labels.csv');
    await writeFile(labels, `path,label\n${rows.join('\n')}\n`);
    await emendJson('create', project);
    expect(await emendJson('add', project, folder, '--labels', labels)).toMatchObject({ images: 300 });
    await emendJson('backbone', 'add', project, mobileNet ?? '', '--id', 'mobilenet', '--size', '160');
    const { crossValidated } = await emendJson<Trained>('train', project, '--backbone', 'mobilenet');
    console.log('white blood cells', crossValidated);
    expect(crossValidated.accuracy).toBeGreaterThanOrEqual(0.72);
  },
);
