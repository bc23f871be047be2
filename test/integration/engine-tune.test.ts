import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { problemOf } from '../support/engine.ts';
import { stripes, stripesChoices as choices } from '../support/stripes-project.ts';

// The engine trains whole networks: measured on labels that were kept back, chosen, kept and put to use.

test('a network is trained, measured on labels kept back, put to use, compared and deleted', async () => {
  const { client, backbone, done } = await stripes();
  const asked = { regime: 'head-then-full', isDeep: false, isOfFolds: false } as const;
  expect(await client.model.plan(asked)).toMatchObject({ parts: 6, newLabels: null, isAdvised: true });
  const job = await done(client.model.train({ backbone, regime: 'head-then-full', choices }));
  expect(await client.model.plan(asked)).toMatchObject({ parts: 6, newLabels: 0, isAdvised: false });
  const [network, head] = await client.model.list();
  expect(await client.model.current()).toEqual(network);
  expect(job.summary).toMatchObject({ model: network?.id, units: 90 });
  expect(network).toMatchObject({
    ...{ regime: 'head-then-full', base: backbone, head: head?.id, units: 90, l2: null },
    crossValidated: { folds: 5, units: 90 },
    candidates: [{ regime: 'head' }, { regime: 'head-then-full', isChosen: true }],
  });
  expect(network?.parts.map(({ fold }) => fold)).toEqual([1, 2, 3, 4, 5, null]);
  expect(network?.parts[0]?.epochs).toHaveLength(20);
  expect(await client.model.run()).toBeNull();
  const [ours, theirs] = [must(network, 'a network'), must(head, 'a head')];
  expect(ours.crossValidated.accuracy.value).toBeGreaterThan(theirs.crossValidated.accuracy.value);

  const comparison = await client.model.compare({ first: theirs.id, second: ours.id });
  const { fixed, broken, units, difference } = comparison;
  expect(units).toBe(90);
  expect(difference?.value).toBeCloseTo((fixed - broken) / 90, 9);
  expect(comparison.flips.length).toBeGreaterThanOrEqual(fixed + broken);
  expect(comparison.perClass.reduce((sum, each) => sum + each.support, 0)).toBe(90);

  await done(client.model.promote({ model: theirs.id }));
  expect((await client.model.current())?.id).toBe(theirs.id);
  expect((await problemOf(client.model.remove({ model: theirs.id }))).code).toBe('busy');
  await done(client.model.promote({ model: ours.id }));
  await done(client.model.promote({ model: theirs.id }));
  await client.model.remove({ model: ours.id });
  expect((await client.model.list()).map(({ id }) => id)).toEqual([theirs.id]);
  expect((await client.model.backbones()).map(({ id }) => id)).not.toContain(ours.backbone);
  expect((await client.project.verify()).problems).toEqual([]);
});

test('a training that was cancelled goes on where it was, or is dropped', async () => {
  const { client, backbone, done, ended } = await stripes();
  const started = await client.model.train({ backbone, regime: 'full', choices });
  const reached = async (): Promise<boolean> => {
    const run = await client.model.run();
    return (run?.parts.at(-1)?.fold ?? 0) >= 2 && (run?.progress ?? null) !== null;
  };
  await expect.poll(reached, { timeout: 60_000, interval: 20 }).toBe(true);
  expect((await problemOf(client.model.discardRun())).code).toBe('busy');
  const since = performance.now();
  await client.jobs.cancel(started);
  expect((await ended(started)).state).toBe('cancelled');
  expect(performance.now() - since).toBeLessThan(2000);
  const stopped = must(await client.model.run(), 'a stopped run');
  expect(stopped).toMatchObject({ job: null, progress: null, backbone, request: { regime: 'full' } });
  await done(client.model.resume());
  expect(await client.model.current()).toMatchObject({ regime: 'full', base: backbone });
  expect(await client.model.run()).toBeNull();

  const again = await client.model.train({ backbone, regime: 'full', choices });
  await expect
    .poll(async () => (await client.model.run())?.progress ?? null, { timeout: 30_000 })
    .not.toBeNull();
  await client.jobs.cancel(again);
  await ended(again);
  await client.model.discardRun();
  expect(await client.model.run()).toBeNull();
  expect((await ended(client.model.resume())).problem?.code).toBe('not-found');
});

test('automatic: few labels stay with the head; a deep audit judges every label by networks', async () => {
  const { client, backbone, done } = await stripes();
  await done(client.model.train({ backbone, regime: 'auto', choices }));
  expect(await client.model.current()).toMatchObject({ regime: 'head' });
  const before = await client.review.ranking();
  await done(client.model.auditDeep({ backbone, regime: 'head-then-full', choices }));
  const after = await client.review.ranking();
  expect(after.units).toHaveLength(90);
  expect(after.units.map(({ score }) => score)).not.toEqual(before.units.map(({ score }) => score));
  expect(await client.model.current()).toMatchObject({ regime: 'head' });
  expect(await client.model.run()).toBeNull();
});

test('a network that begins with a head knows nothing of the labels that it is measured on', async () => {
  const { client, backbone, done } = await stripes(0);
  const untrained = { ...choices, epochs: 1, rate: 1e-9 };
  await done(client.model.train({ backbone, regime: 'head-then-full', choices: untrained }));
  const network = must(await client.model.current(), 'a network');
  expect(network.regime).toBe('head-then-full');
  // A third is chance; a head of all labels gives .48.
  expect(network.crossValidated.accuracy.value).toBeLessThan(0.4);
});
