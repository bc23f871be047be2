import { seededRandom, shuffle } from '#base/random.ts';
import { applyScale, measureScale } from '#learn/feature-scale.ts';
import { fitRegressions, regressionOf } from '#learn/logistic-head.ts';
import { takeRows } from '#learn/matrix-rows.ts';
import { argmaxRows, balancedAccuracyOf, classCountsOf, confusionOf } from '#learn/metrics.ts';
import { prototypePoint, prototypesOf, shrinkages } from '#learn/prototype-head.ts';
import { logitsOf } from '#learn/softmax-objective.ts';
import { trainHead, type TrainedHead, type TrainingOptions } from '#learn/train-head.ts';
import { onnxAlgebra } from '#trainer/onnx-algebra.ts';
import { embeddedCifar, type EmbeddedImages } from '../support/embedded-cifar.ts';
import { figure, type Row } from './row.ts';

const classCount = 10;
const algebra = onnxAlgebra();

/** What is compared on a long tail; the first is what is trained when nothing is chosen. */
const methods: Readonly<Record<string, Partial<TrainingOptions>>> = {
  'default: cross-entropy, adjusted by cross-validation': {},
  'plain cross-entropy': { adjustment: 0 },
  'cross-entropy, tau 0.5': { adjustment: 0.5 },
  'cross-entropy, tau 1 (as balanced softmax)': { loss: { kind: 'balanced-softmax', tau: 1 } },
  'cross-entropy, tau 1.5': { adjustment: 1.5 },
  'class weights, beta 1': { loss: { kind: 'class-weights', beta: 1 } },
  'class weights, beta .999': { loss: { kind: 'class-weights', beta: 0.999 }, adjustment: 0 },
  'focal, gamma 2, unadjusted': { loss: { kind: 'focal', gamma: 2 }, adjustment: 0 },
  'focal, gamma 2, adjusted by cross-validation': { loss: { kind: 'focal', gamma: 2 } },
  'sampling: balanced': { sampling: 'balanced' },
  'sampling: over': { sampling: 'over' },
  'sampling: under': { sampling: 'under' },
  'sampling: hard, unadjusted': { sampling: 'hard', adjustment: 0 },
  'sampling: cluster centroids': { sampling: 'centroids' },
  'sampling: SMOTE': { sampling: 'smote' },
  'sampling: ensemble of 10 balanced subsets': { sampling: 'ensemble' },
  'class means': { regime: 'prototype' },
  'auto: class means or head': { regime: 'auto' },
};

const imbalance = 50;
const longTails = 3;
const draws = 5;

/** Heads on a 50:1 long tail of CIFAR-10, and class means beside heads on few labels; docs/heads.md says what they say. */
export async function benchHeads(): Promise<Row[]> {
  const images = await embeddedCifar();
  if (images === null) return [];
  return [...(await compareOnLongTail(images)), ...(await compareOnFewLabels(images))];
}

interface Images {
  readonly training: EmbeddedImages;
  readonly test: EmbeddedImages;
}

async function compareOnLongTail({ training, test }: Images): Promise<Row[]> {
  const found = Object.keys(methods).map(() => ({
    balanced: [] as number[],
    rarest: [] as number[],
    tau: [] as number[],
  }));
  for (let seed = 1; seed <= longTails; seed++) {
    const { rows, order } = longTail(training.labels, seed);
    for (const [at, method] of Object.values(methods).entries()) {
      const trained = await train(training, rows, { ...method, seed });
      const confusion = confusionOf(test.labels, await predict(trained, test), classCount);
      const recall = classCountsOf(confusion).map(({ both, support }) => both / support);
      found[at]?.balanced.push(balancedAccuracyOf(confusion));
      found[at]?.rarest.push(mean(order.slice(-3).map((label) => recall[label] ?? 0)));
      found[at]?.tau.push(trained.adjustment);
    }
  }
  const plain = mean(found[1]?.balanced ?? []);
  return Object.keys(methods).map((name, at): Row => {
    const { balanced, rarest, tau } = found[at] ?? { balanced: [], rarest: [], tau: [] };
    const gain = mean(balanced) - plain;
    return {
      what: `CIFAR-10 thinned to 50:1, ${name} (tau ${tau.join(', ')})`,
      measured: `balanced accuracy ${mean(balanced).toFixed(3)}, three rarest classes ${mean(rarest).toFixed(3)}`,
      ratio: `${gain < 0 ? '' : '+'}${gain.toFixed(3)} to plain cross-entropy`,
      ...(at === 0 ? { target: '≥ +0.05', isMet: gain >= 0.05 } : { target: '', isMet: null }),
    };
  });
}

/** Rows of a long tail: the classes, in random order, have 1,000 images down to 20, geometrically. */
function longTail(labels: Int32Array, seed: number): { rows: Int32Array; order: readonly number[] } {
  const random = seededRandom(seed);
  const order = shuffle(
    Array.from({ length: classCount }, (_, label) => label),
    random,
  );
  const rows = order.flatMap((label, rank) => {
    const own = rowsOf(labels, label, random);
    return [...own.subarray(0, Math.round(own.length * imbalance ** (-rank / (classCount - 1))))];
  });
  return { rows: Int32Array.from(rows).sort(), order };
}

function rowsOf(labels: Int32Array, label: number, random: ReturnType<typeof seededRandom>): Int32Array {
  return shuffle(
    Int32Array.from(labels.keys()).filter((row) => labels[row] === label),
    random,
  );
}

async function compareOnFewLabels({ training, test }: Images): Promise<Row[]> {
  const rows: Row[] = [];
  for (const perClass of [1, 2, 5, 10, 50]) {
    const accuracies = { prototype: [] as number[], head: [] as number[], auto: [] as number[] };
    for (let seed = 1; seed <= draws; seed++) {
      const random = seededRandom(seed);
      const chosen = Int32Array.from(
        Array.from({ length: classCount }, (_, label) => [
          ...rowsOf(training.labels, label, random).subarray(0, perClass),
        ]).flat(),
      );
      for (const regime of ['prototype', 'head', 'auto'] as const) {
        const predicted =
          perClass === 1
            ? await predictFromOne({ training, test }, chosen, regime)
            : await predict(await train(training, chosen, { regime, seed }), test);
        accuracies[regime].push(balancedAccuracyOf(confusionOf(test.labels, predicted, classCount)));
      }
    }
    const { prototype, head, auto } = accuracies;
    const beside = perClass === 1 ? '' : `, auto ${mean(auto).toFixed(3)}`;
    const measured = `class means ${mean(prototype).toFixed(3)}, head ${mean(head).toFixed(3)}${beside}`;
    rows.push(figure(`CIFAR-10, ${perClass} labels a class, balanced accuracy`, measured));
  }
  return rows;
}

/** With one label a class nothing can be cross-validated: class means shrunk most, and a head with a middling penalty. */
async function predictFromOne(
  { training, test }: Images,
  rows: Int32Array,
  regime: 'prototype' | 'head' | 'auto',
): Promise<Int32Array> {
  const { labels, features, ...rest } = unitsOf(training, rows);
  const scale = measureScale(features);
  const examples = { ...rest, labels, features: applyScale(features, scale) };
  const point =
    regime === 'head'
      ? await fitRegressions(algebra, examples, {
          regressions: [regressionOf(examples, 0.1)],
          tolerance: 1e-6,
        })
      : [
          prototypePoint(
            prototypesOf(examples, new Uint8Array(rows.length).fill(1), shrinkages.at(-1) ?? 0),
            1,
          ),
        ];
  const scaled = { ...examples, features: applyScale(test.features, scale) };
  return argmaxRows(await logitsOf(algebra, scaled, point));
}

function unitsOf({ features, labels }: EmbeddedImages, rows: Int32Array) {
  const taken = takeRows(features, rows);
  return {
    features: { ...taken, data: Float32Array.from(taken.data) },
    labels: rows.map((row) => labels[row] ?? 0),
    groups: Int32Array.from(rows.keys()),
    classCount,
  };
}

async function train(
  training: EmbeddedImages,
  rows: Int32Array,
  options: Partial<TrainingOptions>,
): Promise<TrainedHead> {
  const settings = { seed: 1, folds: 5, onProgress: () => undefined, ...options };
  const trained = await trainHead(algebra, unitsOf(training, rows), settings);
  if (!trained.ok) throw new Error(trained.error.reason);
  return trained.value;
}

async function predict({ head }: TrainedHead, { features }: EmbeddedImages): Promise<Int32Array> {
  const coefficients = { data: head.coefficients, rows: classCount, cols: head.dim };
  const logits = await algebra.multiply(features, coefficients, { transposeB: true });
  const shifted = logits.data.map((value, at) => value + (head.intercepts[at % classCount] ?? 0));
  return argmaxRows({ ...logits, data: shifted });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
