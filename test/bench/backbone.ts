import { InferenceSession, Tensor } from 'onnxruntime-node';
import { seededRandom } from '#base/random.ts';
import { accuracyOf, argmaxRows, balancedAccuracyOf, confusionOf } from '#learn/metrics.ts';
import { builtInRecipe, type PatchRecipe } from '#learn/patch-recipe.ts';
import type { SquareImages } from '#learn/patch-sample.ts';
import { areaUnderRoc, averagePrecision } from '#learn/ranking.ts';
import { trainHead, type LabelledUnits, type TrainedHead } from '#learn/train-head.ts';
import { fitPatchDictionary } from '#trainer/fit-patch-dictionary.ts';
import { onnxAlgebra } from '#trainer/onnx-algebra.ts';
import { figure, type Row } from './row.ts';
import { readBees, readBloodCells, readCifarPixels, type LabelledPixels } from '../support/backbone-sets.ts';

export interface BackboneBench {
  readonly recipe?: PatchRecipe;
  readonly size?: number;
  /** Images of each set that the backbone is fitted to, as the engine samples them. */
  readonly sample?: number;
  readonly only?: readonly ('cifar' | 'bees' | 'cells')[];
}

const batchSize = 16;
const algebra = onnxAlgebra();

/** What the built-in backbone is worth on real images; docs/backbone.md says what else was tried. */
export async function benchBackbone(change: BackboneBench = {}): Promise<Row[]> {
  const { size, only, ...plan } = { ...defaults, ...change };
  const rows: Row[] = [];
  const cells = only.includes('cells') ? await readBloodCells(size) : null;
  if (cells !== null)
    rows.push(...(await crossValidated('white blood cells', cells, { ...plan, target: 0 })));
  const bees = only.includes('bees') ? await readBees(size) : null;
  if (bees !== null) rows.push(...(await crossValidated('bee pollen', bees, { ...plan, target: 0.95 })));
  if (only.includes('cifar')) rows.push(...(await cifar(size, plan)));
  return rows;
}

const defaults: Required<BackboneBench> = {
  recipe: builtInRecipe,
  size: 48,
  sample: 2000,
  only: ['cells', 'bees', 'cifar'],
};

interface Plan {
  readonly recipe: PatchRecipe;
  readonly sample: number;
}

async function crossValidated(
  name: string,
  set: LabelledPixels,
  { target, ...plan }: Plan & { readonly target: number },
): Promise<Row[]> {
  const { embed, rows } = await fitted(name, set, plan);
  const units = { ...set, features: await embed(set) };
  const accuracies: number[] = [];
  const balanced: number[] = [];
  for (const seed of [1, 2, 3]) {
    const { validation } = await train(units, seed);
    const predicted = argmaxRows(validation.probabilities);
    const confusion = confusionOf(set.labels, predicted, set.classCount);
    accuracies.push(accuracyOf(confusion));
    balanced.push(balancedAccuracyOf(confusion));
  }
  const what = `${name}: 5-fold accuracy, 3 runs (balanced ${mean(balanced).toFixed(3)})`;
  const accuracy = mean(accuracies);
  return [...rows, target === 0 ? figure(what, accuracy.toFixed(4)) : atLeast(what, accuracy, target)];
}

async function cifar(size: number, plan: Plan): Promise<Row[]> {
  const [training, test] = [await readCifarPixels('train', size), await readCifarPixels('test', size)];
  if (training === null || test === null) return [];
  const { embed, rows } = await fitted('CIFAR-10', training, plan);
  const features = await embed(training);
  const clean = await train({ ...training, features }, 1);
  const predicted = await predict(clean, await embed(test));
  const accuracy = accuracyOf(confusionOf(test.labels, predicted, 10));
  const { audit } = await train({ ...training, labels: training.aggregate, features }, 1);
  const isWrong = training.labels.map((label, i) => Number(label !== training.aggregate[i]));
  const alone = audit.selfConfidence.map((value) => -value);
  const combined = audit.score.map((value) => -value);
  return [
    ...rows,
    atLeast('CIFAR-10: accuracy on 2,000 unseen', accuracy, 0.64),
    atLeast('CIFAR-10N: wrong labels by the head alone, AP', averagePrecision(alone, isWrong), 0.4),
    atLeast('CIFAR-10N: wrong labels by the head alone, AUROC', areaUnderRoc(alone, isWrong), 0.83),
    figure('CIFAR-10N: wrong labels as the audit orders, AP', averagePrecision(combined, isWrong).toFixed(4)),
    figure('CIFAR-10N: wrong labels as the audit orders, AUROC', areaUnderRoc(combined, isWrong).toFixed(4)),
  ];
}

function atLeast(what: string, value: number, target: number): Row {
  return { what, target: `≥ ${target}`, measured: value.toFixed(4), ratio: '', isMet: value >= target };
}

type Embed = (images: SquareImages) => Promise<{ data: Float32Array; rows: number; cols: number }>;

interface Fitted {
  readonly embed: Embed;
  /** How long fitting took and how fast it embeds. */
  readonly rows: Row[];
}

/** Fits the backbone to the first images of a set. */
async function fitted(name: string, images: SquareImages, { recipe, sample }: Plan): Promise<Fitted> {
  const count = Math.min(images.count, sample);
  const start = performance.now();
  const { bytes, dim } = await fitPatchDictionary(
    { ...images, pixels: images.pixels.subarray(0, count * images.size ** 2 * 3), count },
    { algebra, recipe, random: seededRandom(1) },
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const megabytes = (bytes.length / 1e6).toFixed(1);
  const session = await InferenceSession.create(bytes);
  const embed: Embed = async (others) => ({
    data: await embedAll(session, others, dim),
    rows: others.count,
    cols: dim,
  });
  const begin = performance.now();
  await embed(images);
  const speed = (images.count * 1000) / (performance.now() - begin);
  return {
    embed,
    rows: [
      figure(`${name}: built-in backbone fitted to ${count} images`, `${seconds} s, ${megabytes} MB`),
      figure(`${name}: embedded`, `${speed.toFixed(0)}/s`),
    ],
  };
}

async function embedAll(session: InferenceSession, images: SquareImages, dim: number): Promise<Float32Array> {
  const { pixels, count, size } = images;
  const rows = new Float32Array(count * dim);
  const imageBytes = size * size * 3;
  for (let start = 0; start < count; start += batchSize) {
    const end = Math.min(start + batchSize, count);
    const batch = pixels.subarray(start * imageBytes, end * imageBytes);
    const { embedding } = await session.run({
      pixels: new Tensor('uint8', batch, [end - start, size, size, 3]),
    });
    rows.set(embedding!.data as Float32Array, start * dim);
  }
  return rows;
}

async function train(units: LabelledUnits, seed: number): Promise<TrainedHead> {
  const trained = await trainHead(algebra, units, { seed, folds: 5, onProgress: () => undefined });
  if (!trained.ok) throw new Error(trained.error.reason);
  return trained.value;
}

async function predict(
  { head }: TrainedHead,
  features: { data: Float32Array; rows: number; cols: number },
): Promise<Int32Array> {
  const coefficients = { data: head.coefficients, rows: head.classCount, cols: head.dim };
  const logits = await algebra.multiply(features, coefficients, { transposeB: true });
  return argmaxRows({
    ...logits,
    data: logits.data.map((value, at) => value + (head.intercepts[at % head.classCount] ?? 0)),
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
