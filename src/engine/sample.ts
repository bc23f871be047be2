import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '#base/problem.ts';
import { seededRandom, shuffle, type Random } from '#base/random.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { BatchOptions, ImagePool } from '#images/image-pool.ts';
import { cellKinds, type CellKind, type CellPicture } from '#images/sample/cell-picture.ts';
import { makeFolder } from '#store/make-folder.ts';

/** What was done to a label on purpose, so that tests can see whether it is found. */
export type Planted = 'none' | 'flip' | 'pattern';

/** One image of the sample project. */
export interface SampleImage {
  /** Name within the folder of images; says nothing about the class. */
  readonly file: string;
  /** What is drawn: its kind is the true class. */
  readonly picture: CellPicture;
  /** Who labelled it, or null: unlabelled. */
  readonly label: SampleLabel | null;
  readonly planted: Planted;
}

export interface SampleLabel {
  readonly class: CellKind;
  readonly annotator: string;
  /** Milliseconds since 1970-01-01 UTC; pauses of days part the sessions. */
  readonly time: number;
}

const imageCount = 1200;
const labelledShare = 0.85;
const flipShare = 0.04;
const sessionsEach = 3;
const firstSession = Date.UTC(2026, 2, 2, 8, 30);
const dayMs = 86_400_000;

/** Basophils are the rare class. */
const kindShares: Readonly<Record<CellKind, number>> = {
  neutrophil: 0.36,
  lymphocyte: 0.25,
  monocyte: 0.17,
  eosinophil: 0.11,
  'platelet clump': 0.1,
  basophil: 0.01,
};
const unusualShares: Readonly<Record<CellKind, number>> = {
  neutrophil: 0.2,
  lymphocyte: 0.25,
  monocyte: 0.45,
  eosinophil: 0.25,
  'platelet clump': 0.3,
  basophil: 0.3,
};
const readers = [
  { name: 'Reader 1', share: 0.28 },
  { name: 'Reader 2', share: 0.22 },
  { name: 'Reader 3', share: 0.3 },
  { name: 'Reader 4', share: 0.2 },
] as const;

/** The systematic error: this reader takes small round monocytes for lymphocytes, always. */
export const plantedPattern = {
  annotator: 'Reader 3',
  kind: 'monocyte',
  variant: 'unusual',
  given: 'lymphocyte',
} as const;

/** The whole sample project, the same for the same seed: pictures, labels and planted errors. */
export function planSample(seed: number): SampleImage[] {
  const random = seededRandom(seed);
  const pictures = shuffle(drawList(random), random);
  const schedule = readingOrder(random);
  return pictures.map((picture, i) => {
    const file = `cell-${String(i + 1).padStart(4, '0')}.jpg`;
    const reading = random.next() < labelledShare ? schedule(random) : null;
    if (reading === null) return { file, picture, label: null, planted: 'none' };
    const planted = plant(picture, reading.annotator, random);
    const given = planted === 'flip' ? otherKind(picture.kind, random) : picture.kind;
    const label = { ...reading, class: planted === 'pattern' ? plantedPattern.given : given };
    return { file, picture, label, planted };
  });
}

/** Exact shares of kinds and variants, so that every seed has its rare class. */
function drawList(random: Random): CellPicture[] {
  return cellKinds.flatMap((kind) => {
    const count = Math.round(imageCount * kindShares[kind]);
    const unusual = Math.round(count * unusualShares[kind]);
    return Array.from({ length: count }, (_, i) => ({
      kind,
      variant: i < unusual ? ('unusual' as const) : ('typical' as const),
      seed: random.int(2 ** 31),
      sizePx: 96 + 4 * random.int(9),
    }));
  });
}

type Reading = Pick<SampleLabel, 'annotator' | 'time'>;

/** Deals images to readers, who work through theirs in a few sessions over some weeks, seconds per image. */
function readingOrder(random: Random): (random: Random) => Reading {
  const perSession = Math.ceil((imageCount * labelledShare) / (readers.length * sessionsEach));
  const clocks = readers.map((_, i) => ({ time: firstSession + i * dayMs + random.int(7_200_000), read: 0 }));
  return (next) => {
    const chosen = pick(
      readers.map(({ share }) => share),
      next,
    );
    const clock = clocks[chosen] ?? { time: firstSession, read: 0 };
    const isNewSession = clock.read > 0 && clock.read % perSession === 0;
    clock.read++;
    clock.time += isNewSession ? (6 + next.int(8)) * dayMs + next.int(3_600_000) : 2500 + next.int(7000);
    return { annotator: readers[chosen]?.name ?? readers[0].name, time: clock.time };
  };
}

function plant({ kind, variant }: CellPicture, annotator: string, random: Random): Planted {
  const isFlipped = random.next() < flipShare;
  const { annotator: who, kind: which, variant: look } = plantedPattern;
  if (annotator === who && kind === which && variant === look) return 'pattern';
  return isFlipped ? 'flip' : 'none';
}

/** A slip of the hand: another class, the common ones more often. */
function otherKind(kind: CellKind, random: Random): CellKind {
  const others = cellKinds.filter((other) => other !== kind);
  return (
    others[
      pick(
        others.map((other) => kindShares[other]),
        random,
      )
    ] ?? kind
  );
}

/** A position, as often as its weight says. */
function pick(weights: readonly number[], random: Random): number {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found < 0 ? weights.length - 1 : found;
}

/** Files that `writeSample` writes into the project's folder. */
export const sampleFiles = {
  images: 'images',
  labels: 'sample-labels.csv',
  truth: 'sample-truth.csv',
} as const;

/**
 * Writes the labels as a label file (`path,label,annotator,time`) and the truth (`path,class,planted`), then draws the
 * images into `images/` beside them. Only tests read the truth.
 * @param folder the project's folder, which exists
 */
export async function writeSample(
  folder: string,
  plan: readonly SampleImage[],
  { pool, ...batch }: BatchOptions & { readonly pool: ImagePool },
): Promise<Result<{ images: number }>> {
  await writeTables(folder, plan);
  const images = join(folder, sampleFiles.images);
  await makeFolder(images);
  const drawn = await pool.draw(
    plan.map(({ file, picture }) => ({ path: join(images, file), picture })),
    batch,
  );
  const failed = drawn.find((result): result is { ok: false; error: Problem } => !result.ok);
  return failed === undefined ? ok({ images: plan.length }) : err(failed.error);
}

async function writeTables(folder: string, plan: readonly SampleImage[]): Promise<void> {
  const labels = plan.flatMap(({ file, label }) =>
    label === null ? [] : [[file, label.class, label.annotator, new Date(label.time).toISOString()]],
  );
  await writeFile(join(folder, sampleFiles.labels), csv(['path', 'label', 'annotator', 'time'], labels));
  const truth = plan.map(({ file, picture, planted }) => [file, picture.kind, planted]);
  await writeFile(join(folder, sampleFiles.truth), csv(['path', 'class', 'planted'], truth));
}

/** Lines of a table whose values hold no comma. */
function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
