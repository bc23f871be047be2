import { expect, test } from 'vitest';
import type { ClassId, UnitId } from '#core/ids.ts';
import { newProject } from '#test/support/project.ts';
import { dropJudged, keepJudged } from './judged.ts';
import type { JudgedTable } from './schema.ts';

const count = 4500;

function* rows(given: string): Generator<Omit<JudgedTable, 'model'>> {
  for (let i = 0; i < count; i++) {
    const unit = `unit ${i}` as UnitId;
    const id = given as ClassId;
    yield { unit, given: id, class: id, confidence: 0.5, probabilities: new Uint8Array(8) };
  }
}

test('what models judged is kept by model, replaced and forgotten', async () => {
  const { db, close } = await opened();
  const countOf = async (model: string, given: string): Promise<unknown> =>
    db
      .selectFrom('cache.judged')
      .select((on) => on.fn.countAll<number>().as('count'))
      .where('model', '=', model)
      .where('given', '=', given as ClassId)
      .executeTakeFirst();
  await keepJudged(db, 'a', rows('x'));
  await keepJudged(db, 'b', rows('x'));
  await keepJudged(db, 'a', rows('y'));
  expect(await countOf('a', 'x')).toEqual({ count: 0 });
  expect(await countOf('a', 'y')).toEqual({ count });
  await dropJudged(db, 'a');
  expect(await countOf('a', 'y')).toEqual({ count: 0 });
  expect(await countOf('b', 'x')).toEqual({ count });
  await close();
});

async function opened() {
  const store = await newProject();
  return { db: store.db, close: () => store.close() };
}
