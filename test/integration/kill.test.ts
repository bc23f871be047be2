import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { openProject } from '../../src/store/open-project.ts';
import { verifyProject } from '../../src/store/verify.ts';
import { linesUntilKilled } from '../support/kill.ts';
import { newProject, temporaryFolder, value } from '../support/project.ts';
import { actor, addClasses, addImages } from '../support/records.ts';

/** Programs that label until they are killed and print each acknowledged action; see the first for what they print. */
const programs = [['the store', '../support/label-program.ts']] as const;
const rounds = 50;
const atOnce = 4;

/** What must be there: the rows, and for each unit the class of the last acknowledged action about it. */
async function checkAcknowledged(folder: string, lines: readonly string[]): Promise<void> {
  const store = value(await openProject(folder));
  const journal = await store.db.selectFrom('journal').select(['seq', 'changes']).execute();
  const bySeq = new Map(journal.map((row) => [row.seq, row.changes]));
  const lost = lines.filter((line) => {
    const [seq, wanted, ...units] = line.split(' ');
    const changes = JSON.parse(bySeq.get(Number(seq)) ?? '[]') as {
      after: { unit: string; class: string };
    }[];
    const isThere = changes.every(({ after }, i) => after.unit === units[i] && after.class === wanted);
    return !isThere || changes.length !== units.length;
  });
  expect(lost).toEqual([]);
  await store.close();
  expect(value(await verifyProject(folder)).problems).toEqual([]);
}

it.each(programs)(
  '%s loses nothing that it acknowledged when it is killed',
  async (_, path) => {
    const program = fileURLToPath(new URL(path, import.meta.url));
    const base = await newProject();
    value(await base.commit({ ...actor, action: 'class.create', detail: {}, changes: addClasses(3) }));
    value(await base.commit({ ...actor, action: 'images.add', detail: {}, changes: addImages(200) }));
    await base.close();
    const copies = temporaryFolder();
    const random = seededRandom(7);
    const round = async (number: number): Promise<void> => {
      const folder = join(copies, String(number));
      cpSync(base.folder, folder, { recursive: true });
      const moment = { actions: 1 + random.int(999), delayMs: random.int(4) };
      const lines = await linesUntilKilled(program, [folder, String(number)], moment);
      expect(lines.length).toBeGreaterThanOrEqual(moment.actions);
      await checkAcknowledged(folder, lines);
    };
    for (let first = 0; first < rounds; first += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, rounds - first) }, (_, i) => first + i);
      await Promise.all(numbers.map(round));
    }
  },
  240_000,
);
