import { join } from 'node:path';
import { expect, test } from 'vitest';
import { suspectFrom } from '#contract/review.ts';
import type { ClassId, UnitId } from '#core/ids.ts';
import { openProject } from '../../src/store/open-project.ts';
import { addTinyBackbone, allDetails, problemOf, startEngine, type TestEngine } from '../support/engine.ts';
import { drawColours } from '../support/pictures.ts';
import { value } from '../support/project.ts';

// Review after a real training: three colours, and a few squares under the wrong one.

interface Reviewed extends TestEngine {
  readonly project: string;
  readonly red: ClassId;
  readonly blue: ClassId;
  /** The wrong labels: reds called blue, then blues called red. */
  readonly wrong: readonly UnitId[];
  queue(pair?: readonly [ClassId, ClassId]): ReturnType<TestEngine['client']['review']['queue']>;
  train(): Promise<unknown>;
}

async function reviewed(): Promise<Reviewed> {
  const engine = await startEngine();
  const { client, folder, done } = engine;
  const project = join(folder, 'project');
  await client.project.create({ folder: project, name: 'Squares' });
  await drawColours(join(folder, 'images'), ['red', 'blue'], 30);
  const request = {
    folder: join(folder, 'images'),
    labels: { kind: 'folders' },
    annotator: 'Folders',
  } as const;
  await done(client.images.add(request));
  const classes = await client.classes.list();
  const idOf = (name: string): ClassId => classes.find((each) => each.name === name)!.id;
  const [red, blue] = [idOf('red'), idOf('blue')];
  const details = await allDetails(client);
  const unitAt = (path: string): UnitId => details.find((each) => each.path === path)!.unit;
  const reds = ['red/3.png', 'red/4.png', 'red/5.png'].map(unitAt);
  const blues = ['blue/3.png', 'blue/4.png'].map(unitAt);
  await client.labels.set({ units: reds, class: blue });
  await client.labels.set({ units: blues, class: red });
  const backbone = await addTinyBackbone(engine);
  const train = (): Promise<unknown> => done(client.model.train({ backbone }));
  await train();
  const queue: Reviewed['queue'] = ([given, suggested] = [null as never, null as never]) =>
    client.review.queue({ limit: 1000, given, suggested });
  return { ...engine, project, red, blue, wrong: [...reds, ...blues], queue, train };
}

test('the wrong labels come first, with reasons; accept, other class, keep and unsure take them off the queue', async () => {
  const { client, wrong, queue } = await reviewed();
  const before = await queue();
  expect(
    before.items
      .slice(0, 5)
      .map((item) => item.unit)
      .sort(),
  ).toEqual([...wrong].sort());
  expect(before).toMatchObject({ reviewed: 0, fixed: 0 });
  expect(before.waiting).toBe(before.items.length);
  expect(before.items.every((item) => item.wrong >= 0.5)).toBe(true);
  expect(before.items[0]?.reasons.map(({ kind }) => kind)).toContain('neighbours');
  expect((await client.project.info())?.suspects).toBe(before.waiting);

  const [first, second, third, fourth] = before.items;
  const purple = await client.classes.create({ name: 'purple' });
  await client.review.decide({ unit: first!.unit, decision: 'accepted', class: null });
  await client.review.decide({ unit: second!.unit, decision: 'changed', class: purple.id });
  await client.review.decide({ unit: third!.unit, decision: 'kept', class: null });
  await client.review.decide({ unit: fourth!.unit, decision: 'unsure', class: null });
  const after = await queue();
  expect(after).toMatchObject({ waiting: before.waiting - 4, reviewed: 4, fixed: 2 });
  const details = await client.images.details({ ids: before.items.slice(0, 4).map((item) => item.image) });
  expect(details.map((each) => [each.given?.class, each.verdict?.decision])).toEqual([
    [first!.suggested, 'accepted'],
    [purple.id, 'changed'],
    [third!.given, 'kept'],
    [fourth!.given, 'unsure'],
  ]);

  const asked = client.review.decide({ unit: third!.unit, decision: 'changed', class: null });
  expect((await problemOf(asked)).reason).toMatch(/^Choose the class/);
  for (let i = 0; i < 5; i++) await client.history.undo();
  expect(await queue()).toEqual(before);
});

test('a kept label is not asked again after a training, until the evidence against it changes', async () => {
  const { client, project, wrong, queue, train } = await reviewed();
  const kept = wrong[0]!;
  await client.review.decide({ unit: kept, decision: 'kept', class: null });
  await train();
  const rounds = await queue();
  expect(rounds.items.map((item) => item.unit)).not.toContain(kept);
  expect(rounds).toMatchObject({ reviewed: 0, fixed: 0 });
  const ranked = await client.review.ranking();
  expect(ranked.units).toHaveLength(60);

  // The same verdict, given when the label looked better than it does now.
  await client.project.close();
  const store = value(await openProject(project));
  const [verdict] = await store.db.selectFrom('verdict').selectAll().where('id', '=', kept).execute();
  const after = { ...verdict!, score: Math.min(1, verdict!.score + 0.2) };
  const change = { kind: 'verdict', before: verdict!, after } as const;
  const by = { annotator: verdict!.annotator, session: 's' };
  value(await store.commit({ ...by, action: 'suspect.decide', detail: {}, changes: [change as never] }));
  await store.close();
  await client.project.open({ folder: project });
  expect((await queue()).items.map((item) => item.unit)).toContain(kept);
});

test('a grid of one class pair is decided in one undoable step', async () => {
  const { client, wrong, queue, red, blue, train } = await reviewed();
  const pairs = await client.review.pairs();
  const pair = pairs.find((each) => each.given === blue && each.suggested === red)!;
  const inQueue = (await queue()).items.filter((item) => item.given === blue && item.suggested === red);
  expect(pair.waiting).toBe(inQueue.length);
  expect(pair.wrong).toBeCloseTo(
    inQueue.reduce((sum, item) => sum + item.wrong, 0),
    6,
  );
  const all = await queue([blue, red]);
  expect(all).toMatchObject({ items: inQueue, waiting: pair.waiting });
  expect(all.items.every((item) => item.given === blue && item.suggested === red)).toBe(true);
  expect(
    all.items
      .slice(0, 3)
      .map((item) => item.unit)
      .sort(),
  ).toEqual(wrong.slice(0, 3).sort());

  const { seq } = (await client.project.info())!;
  const decisions = all.items.map((item, i) => ({
    unit: item.unit,
    decision: i < 3 ? ('accepted' as const) : ('kept' as const),
    class: null,
  }));
  expect(await client.review.decideAll({ decisions })).toMatchObject({ seq: seq + 1 });
  expect((await queue([blue, red])).items).toEqual([]);
  expect((await client.project.info())?.changedSinceModel).toBe(3);
  const details = await client.images.details({ ids: all.items.slice(0, 3).map((item) => item.image) });
  expect(details.every((each) => each.given?.class === red)).toBe(true);
  await client.history.undo();
  expect(await queue([blue, red])).toEqual(all);
  await client.history.redo();
  const unknown = { unit: 'nobody' as UnitId, decision: 'kept' as const, class: null };
  const mixed = client.review.decideAll({ decisions: [{ ...unknown, unit: wrong[3]! }, unknown] });
  expect((await problemOf(mixed)).code).toBe('not-found');
  expect((await client.images.details({ ids: [wrong[3]! as never] }))[0]?.verdict).toBeNull();

  await train();
  const model = await client.model.current();
  expect(model?.round).toMatchObject({ corrected: 3 });
  expect((await client.project.info())?.changedSinceModel).toBe(0);
});

test('whoever counts suspects, counts the same: the queue, its pairs, the project and the gallery', async () => {
  const { client, queue, red } = await reviewed();
  const agree = async (): Promise<number> => {
    const { items, waiting } = await queue();
    const pairs = await client.review.pairs();
    const ofPairs = await Promise.all(pairs.map(({ given, suggested }) => queue([given, suggested])));
    expect(ofPairs.map((pair) => pair.waiting)).toEqual(pairs.map((pair) => pair.waiting));
    expect(ofPairs.flatMap((pair) => pair.items).sort((a, b) => a.rank - b.rank)).toEqual(items);
    expect((await client.project.info())?.suspects).toBe(waiting);
    const sort = { by: 'suspicion', descending: true } as const;
    const { ids } = await client.images.list({ filter: { suspicion: suspectFrom }, sort });
    expect(ids).toEqual(items.map((item) => item.image));
    return waiting;
  };
  const before = await agree();
  const [first] = (await queue()).items;
  await client.review.decide({ unit: first!.unit, decision: 'kept', class: null });
  expect(await agree()).toBe(before - 1);
  await client.classes.merge({ from: red, into: (await client.classes.create({ name: 'other' })).id });
  expect(await agree()).toBe(0);
});

test('suggestions of a class that was merged away are not asked about, until the merge is taken back', async () => {
  const { client, queue, red } = await reviewed();
  const other = await client.classes.create({ name: 'other' });
  const before = await queue();
  await client.classes.merge({ from: red, into: other.id });
  expect((await queue()).items.filter((item) => item.suggested === red || item.given === red)).toEqual([]);
  await client.history.undo();
  expect(await queue()).toEqual(before);
});

test('predictions are accepted for unlabelled images, in one step', async () => {
  const { client, train } = await reviewed();
  const details = await allDetails(client);
  const units = details.filter((each) => /\/1\d\.png/.test(each.path)).map((each) => each.unit);
  await client.labels.set({ units, class: null });
  await train();
  const { ids } = await client.images.list({ filter: { labelled: false }, sort: { by: 'uncertainty' } });
  expect(ids).toHaveLength(20);
  expect(await client.labels.acceptPredictions({ units: ids as never })).toMatchObject({ changed: 20 });
  const classes = new Map((await client.classes.list()).map((each) => [each.id, each.name]));
  const after = await client.images.details({ ids });
  expect(after.every((each) => each.path.startsWith(`${classes.get(each.given!.class)}/`))).toBe(true);
  await client.history.undo();
  expect((await client.images.facets()).unlabelled).toBe(20);
});
