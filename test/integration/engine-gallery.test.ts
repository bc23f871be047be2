import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageDetail, ImageFilter, ImageSort } from '#contract/images.ts';
import { sortKeys } from '#contract/images.ts';
import { imageUnit, type ClassId } from '#core/ids.ts';
import { splits } from '#core/records/image.ts';
import { hasNewEvidence } from '#core/records/verdict.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { created, type Change } from '../../src/core/changes.ts';
import { openProject } from '../../src/store/open-project.ts';
import { allDetails, startEngine, writeProject, type Client } from '../support/engine.ts';
import { value } from '../support/project.ts';
import { addClasses, ann, bo, classId, image, imageId, label, slides } from '../support/records.ts';

// The gallery's filters and orders, against the same written down once more in JavaScript.

const count = 400;
const classCount = 4;
const words = ['Plate', 'ÜBER', 'über', '세포', '세포'.normalize('NFD'), '100%_', "it's"];

/** Images of two sources with chance labels of two people, chance predictions, audits and verdicts. */
async function randomProject(folder: string): Promise<string> {
  const random = seededRandom(4);
  const second = { ...slides, id: 'other' as typeof slides.id, root: '/images/other' };
  const images = Array.from({ length: count }, (_, n) =>
    image(n, {
      source: random.next() < 0.5 ? slides.id : second.id,
      path: `${pick(words, random)}/${random.int(50)}-${n}.png`,
      split: random.next() < 0.3 ? null : pick(splits, random),
      addedAt: random.int(5),
      height: 100 + random.int(900),
    }),
  );
  const sources = [slides, second].map((each) => created('source', each));
  await writeProject(
    folder,
    addClasses(classCount),
    [...sources, ...images.map((each) => created('image', each))],
    randomLabels(random),
  );
  const store = value(await openProject(folder));
  await store.db.insertInto('cache.prediction').values(randomPredictions(random)).execute();
  await store.db.insertInto('cache.suspect').values(randomSuspects(random)).execute();
  await store.close();
  return folder;
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.int(items.length)]!;
}

const anyClass = (random: Random): ClassId => classId(random.int(classCount));

function randomLabels(random: Random): Change[] {
  return [ann, bo].flatMap((annotator) =>
    Array.from({ length: count }, (_, n) => n)
      .filter(() => random.next() < 0.5)
      .map((n) => created('label', label(n, random.int(classCount), { annotator, time: random.int(6) }))),
  );
}

const numbers = (share: number, random: Random): number[] =>
  Array.from({ length: count }, (_, n) => n).filter(() => random.next() < share);

function randomPredictions(random: Random) {
  return numbers(0.8, random).map((n) => ({
    ...{ unit: imageUnit(imageId(n)), class: anyClass(random), confidence: random.int(10) / 10 },
    probabilities: new Uint8Array(4 * classCount),
  }));
}

function randomSuspects(random: Random) {
  return numbers(0.9, random).map((n, at) => ({
    ...{ unit: imageUnit(imageId(n)), given: anyClass(random), suggested: anyClass(random) },
    ...{ score: random.int(10) / 10, rank: at + 1, wrong: random.int(10) / 10, reasons: '[]' },
  }));
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase();
const within = (ids: readonly string[], id: string | null | undefined): boolean =>
  ids.length === 0 || (typeof id === 'string' && ids.includes(id));

function passes(each: ImageDetail, filter: ImageFilter): boolean {
  const { given, prediction } = each;
  return [
    within(filter.classes, given?.class),
    within(filter.predicted, prediction?.class),
    within(filter.annotators, given?.annotator),
    within(filter.sources, each.source),
    within(filter.splits, each.split),
    filter.labelled === null || filter.labelled === (given !== null),
    filter.suspicion === null || openSuspicion(each) >= filter.suspicion,
    !filter.disagreeing || (given !== null && prediction !== null && given.class !== prediction.class),
    fold(each.path).includes(fold(filter.text)),
  ].every(Boolean);
}

/** How likely the label of an image that waits for a decision is wrong, −1 for the others. */
function openSuspicion({ suspect, verdict }: ImageDetail): number {
  const isOpen = suspect !== null && (verdict === null || hasNewEvidence(verdict, suspect));
  return isOpen ? suspect.wrong : -1;
}

function keyOf(each: ImageDetail, by: ImageSort['by'], position: ReadonlyMap<string, number>): number | null {
  const at = (id: string | undefined): number | null =>
    id === undefined ? null : (position.get(id) ?? null);
  return {
    path: () => 0,
    added: () => each.addedAt,
    labelled: () => each.given?.time ?? null,
    class: () => at(each.given?.class),
    predicted: () => at(each.prediction?.class),
    suspicion: () => (each.suspect === null ? null : 1 - each.suspect.score),
    uncertainty: () => (each.prediction === null ? null : 1 - each.prediction.confidence),
  }[by]();
}

/** What has no key comes last; ties in the order of paths. */
function inOrder(
  details: readonly ImageDetail[],
  sort: ImageSort,
  position: ReadonlyMap<string, number>,
): ImageDetail[] {
  const sign = sort.descending ? -1 : 1;
  const byPath = (a: ImageDetail, b: ImageDetail): number =>
    Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)) || (a.id < b.id ? -1 : 1);
  return [...details].sort((a, b) => {
    const [x, y] = [keyOf(a, sort.by, position), keyOf(b, sort.by, position)];
    if (sort.by === 'path') return sign * byPath(a, b);
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byPath(a, b);
    return sign * (x - y) || byPath(a, b);
  });
}

test('every filter and order agrees with the same in JavaScript', async () => {
  const { client, folder } = await startEngine();
  await client.project.open({ folder: await randomProject(join(folder, 'project')) });
  await decideSome(client);
  const details = await allDetails(client);
  expect(details).toHaveLength(count);
  expect(details.filter((each) => each.verdict !== null).length).toBeGreaterThan(15);
  const position = new Map((await client.classes.list()).map((each) => [each.id as string, each.position]));
  const some = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<T[]>([]) },
      { weight: 1, arbitrary: fc.subarray([...items], { minLength: 1 }) },
    );
  const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 2 });
  const filter = fc.record({
    classes: some([0, 1, 2, 3, 9].map(classId)),
    predicted: some([0, 1, 2, 3].map(classId)),
    annotators: some([ann, bo]),
    sources: some([slides.id, 'other' as typeof slides.id]),
    splits: some(splits),
    labelled: rarely(fc.boolean()),
    suspicion: rarely(fc.constantFrom(0, 0.3, 0.5, 0.95)),
    disagreeing: fc.boolean(),
    text: fc.oneof(
      fc.constant(''),
      fc.constantFrom('plate', 'PLATE/1', 'Über', 'ü', '세포', '%_', "'", '/2', 'none'),
    ),
  });
  const sort = fc.record({ by: fc.constantFrom(...sortKeys), descending: fc.boolean() });
  let found = 0;
  await fc.assert(
    fc.asyncProperty(filter, sort, async (wanted, order) => {
      const expected = inOrder(
        details.filter((each) => passes(each, wanted)),
        order,
        position,
      );
      const list = await client.images.list({ filter: wanted, sort: order });
      expect(list.ids).toEqual(expected.map((each) => each.id));
      expect(list.aspects).toEqual(expected.map((each) => each.width / each.height));
      found += list.ids.length;
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(found).toBeGreaterThan(3000);
  const facets = await client.images.facets();
  const counted = (
    name: string,
    of: (each: ImageDetail) => string | null | undefined,
  ): Record<string, number> => {
    const values = details.flatMap((each) => of(each) ?? []);
    expect(values.length, name).toBeGreaterThan(0);
    return Object.fromEntries(
      [...Map.groupBy(values, (each) => each)].map(([key, all]) => [key, all.length]),
    );
  };
  expect(facets).toEqual({
    classes: counted('classes', (each) => each.given?.class),
    predicted: counted('predicted', (each) => each.prediction?.class),
    annotators: counted('annotators', (each) => each.given?.annotator),
    sources: counted('sources', (each) => each.source),
    splits: counted('splits', (each) => each.split),
    unlabelled: details.filter((each) => each.given === null).length,
  });
});

/** Verdicts about some suspects; labels given afterwards change the evidence of a few. */
async function decideSome(client: Client): Promise<void> {
  const { items } = await client.review.queue({ limit: 1000, given: null, suggested: null });
  const decided = items.filter((_, i) => i % 3 > 0);
  const decisions = decided.map(({ unit }) => ({ unit, decision: 'kept' as const, class: null }));
  await client.review.decideAll({ decisions });
}
