import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate } from '#contract/training.ts';
import { areaUnderRoc, averagePrecision } from '#learn/ranking.ts';
import { readCifar, unpackCifar, writeLabels, type CifarImage } from '../support/cifar.ts';
import { sharedPath } from '../support/shared.ts';
import { emendJson, newProjectFolder } from '../support/terminal.ts';
import { figure, type Row } from './row.ts';

// What fine-tuning is worth on real images, through the terminal as a person has it. These take from minutes to an hour.

interface Trained {
  readonly regime: string;
  readonly seconds: number;
  readonly crossValidated: { readonly accuracy: number; readonly units: number | null };
  readonly candidates: readonly Candidate[];
}

const mobileNet = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx') ?? '';
const cifar = sharedPath('data', 'cifar10n_10k') ?? '';

/** CIFAR-10, 10,000 clean labels: MobileNetV2 fine-tuned, then 2,000 unseen images. */
export async function benchFineTune(): Promise<Row[]> {
  const { project } = await cifarProject((image) => image.clean);
  await addMobileNet(project, 96);
  const startedAt = performance.now();
  const trained = await train(project, '--regime', 'head-then-full');
  const minutes = (performance.now() - startedAt) / 60_000;
  const accuracy = await unseenAccuracy(project);
  return [
    {
      what: 'CIFAR-10: MobileNetV2 fine-tuned at 96 px, accuracy on 2,000 unseen',
      target: '≥ 0.88 within 30 min',
      measured: `${accuracy.toFixed(4)} in ${minutes.toFixed(1)} min`,
      ratio: `${trained.crossValidated.accuracy.toFixed(4)} on ${trained.crossValidated.units} labels kept back`,
      isMet: accuracy >= 0.88 && minutes <= 30,
    },
  ];
}

/** CIFAR-10N, aggregate labels: how much better wrong labels are ranked by networks that never saw them. */
export async function benchDeepAudit(): Promise<Row[]> {
  const { project, images } = await cifarProject((image) => image.aggregate);
  await addMobileNet(project, 64);
  await train(project);
  const frozen = await rankedWrong(project, images);
  const startedAt = performance.now();
  const deep = await rankedWrong(project, images, '--deep', '--backbone', 'mobilenet', '--epochs', '5');
  const minutes = (performance.now() - startedAt) / 60_000;
  const gain = deep.precision - frozen.precision;
  return [
    {
      what: 'CIFAR-10N: average precision of wrong labels, audit --deep beside frozen features of MobileNetV2',
      target: '≥ + 0.15',
      measured: `${deep.precision.toFixed(3)} (AUROC ${deep.roc.toFixed(3)}) in ${minutes.toFixed(1)} min`,
      ratio: `+ ${gain.toFixed(3)} over ${frozen.precision.toFixed(3)} (AUROC ${frozen.roc.toFixed(3)})`,
      isMet: gain >= 0.15,
    },
  ];
}

/** Bee pollen and white blood cells: every regime alone, and what is chosen automatically. */
export async function benchRegimes(): Promise<Row[]> {
  const sets = [
    { name: 'bee pollen', project: await beeProject() },
    { name: 'white blood cells', project: await cellProject() },
  ];
  const rows: Row[] = [];
  for (const { name, project } of sets) {
    await addMobileNet(project, 96);
    const alone: Trained[] = [];
    for (const regime of ['prototype', 'head', 'blocks', 'head-then-full']) {
      const trained = await train(project, '--regime', regime);
      alone.push(trained);
      const { accuracy } = trained.crossValidated;
      rows.push(figure(`${name}: ${regime}`, `${accuracy.toFixed(4)} in ${trained.seconds.toFixed(0)} s`));
    }
    const chosen = await train(project, '--regime', 'auto');
    const best = Math.max(...alone.map(({ crossValidated }) => crossValidated.accuracy));
    const { accuracy, units } = chosen.crossValidated;
    const error = Math.sqrt((best * (1 - best)) / (units ?? labelled(name)));
    rows.push({
      what: `${name}: chosen automatically, ${chosen.regime}`,
      target: '≥ best − 1 standard error',
      measured: accuracy.toFixed(4),
      ratio: `best ${best.toFixed(4)}, standard error ${error.toFixed(4)}`,
      isMet: accuracy >= best - error,
    });
  }
  return rows;
}

function labelled(name: string): number {
  return name === 'bee pollen' ? 714 : 300;
}

function train(project: string, ...options: readonly string[]): Promise<Trained> {
  return emendJson<Trained>('train', project, '--backbone', 'mobilenet', ...options);
}

async function addMobileNet(project: string, size: number): Promise<void> {
  await emendJson('backbone', 'add', project, mobileNet, '--id', 'mobilenet', '--size', String(size));
}

async function cifarProject(
  labelOf: (image: CifarImage) => string,
): Promise<{ project: string; images: readonly CifarImage[] }> {
  const project = await newProjectFolder();
  const images = await readCifar(cifar, 10_000);
  const [folder, labels] = [join(project, '..', 'images'), join(project, '..', 'labels.csv')];
  await unpackCifar(images, folder);
  await writeLabels(images, labelOf, labels);
  await emendJson('create', project);
  await emendJson('add', project, folder, '--labels', labels);
  return { project, images };
}

async function unseenAccuracy(project: string): Promise<number> {
  const unseen = await readCifar(join(cifar, 'test_2k'), 2000);
  const folder = join(project, '..', 'unseen');
  await unpackCifar(unseen, folder);
  const { predictions } = await emendJson<{ predictions: { image: string; class: string }[] }>(
    'predict',
    project,
    folder,
  );
  const truth = new Map(unseen.map((image) => [image.name, `class ${image.clean}`]));
  return predictions.filter((each) => each.class === truth.get(each.image)).length / unseen.length;
}

async function rankedWrong(
  project: string,
  images: readonly CifarImage[],
  ...options: readonly string[]
): Promise<{ precision: number; roc: number }> {
  const { units } = await emendJson<{ units: { image: string; score: number }[] }>(
    'audit',
    project,
    ...options,
  );
  const isWrong = new Map(images.map((image) => [image.name, image.clean !== image.aggregate]));
  const suspicion = units.map((unit) => -unit.score);
  const wrong = units.map((unit) => isWrong.get(unit.image) ?? false);
  return { precision: averagePrecision(suspicion, wrong), roc: areaUnderRoc(suspicion, wrong) };
}

async function beeProject(): Promise<string> {
  const project = await newProjectFolder();
  await emendJson('create', project);
  await emendJson('add', project, sharedPath('data', 'bee_pollen') ?? '', '--labels', 'folders');
  return project;
}

async function cellProject(): Promise<string> {
  const project = await newProjectFolder();
  const [folder, labels] = [join(project, '..', 'cells'), join(project, '..', 'labels.csv')];
  await mkdir(folder, { recursive: true });
  const source = sharedPath('data', 'wbc_cells') ?? '';
  const lines = (await readFile(join(source, 'class_labels_dataset1.csv'), 'utf8')).trim().split('\n');
  const rows: string[] = [];
  for (const line of lines.slice(1)) {
    const [id = '', label = ''] = line.trim().split(',');
    const name = `${id.padStart(3, '0')}.png`;
    await symlink(join(source, 'dataset1', name), join(folder, name));
    rows.push(`${name},${label}`);
  }
  await writeFile(labels, `path,label\n${rows.join('\n')}\n`);
  await emendJson('create', project);
  await emendJson('add', project, folder, '--labels', labels);
  return project;
}
