import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import type { Change } from '../../src/core/changes.ts';
import { openProject } from '../../src/store/open-project.ts';
import { verifyProject } from '../../src/store/verify.ts';
import { writeProject } from '../support/engine.ts';
import { linesUntilKilled } from '../support/kill.ts';
import { temporaryFolder, value } from '../support/project.ts';
import { addClasses, addImages, classId, imageId } from '../support/records.ts';

const rounds = 50;
const atOnce = 4;
const imageCount = 200;
const program = fileURLToPath(new URL('../support/engine-program.ts', import.meta.url));

/** A line of the program: an acknowledged action, and what its journal row must hold. */
interface Acknowledged {
  readonly seq: number;
  readonly action: string;
  readonly class?: string | null;
  readonly units?: readonly string[];
}

/** A project with an audit of every image, so that there is something to decide about. */
async function audited(folder: string): Promise<string> {
  await writeProject(folder, addClasses(3), addImages(imageCount));
  const store = value(await openProject(folder));
  const rows = Array.from({ length: imageCount }, (_, number) => ({
    ...{ unit: imageId(number) as never, given: classId(0), suggested: classId(1) },
    ...{ score: 0.5, rank: number + 1, wrong: 0.5, reasons: '[]' },
  }));
  await store.db.insertInto('cache.suspect').values(rows).execute();
  await store.close();
  return folder;
}

/** Every acknowledged row is in the journal with what it was about, and the project is consistent. */
async function checkAcknowledged(folder: string, lines: readonly Acknowledged[]): Promise<void> {
  const store = value(await openProject(folder));
  const journal = await store.db.selectFrom('journal').select(['seq', 'action', 'changes']).execute();
  await store.close();
  const rows = new Map(journal.map((row) => [row.seq, row]));
  const lost = lines.filter((line) => {
    const row = rows.get(line.seq);
    return row?.action !== line.action || !isAbout(line, JSON.parse(row.changes) as Change[]);
  });
  expect(lost).toEqual([]);
  expect(value(await verifyProject(folder)).problems).toEqual([]);
}

/** Whether a row's changes are those that were acknowledged. */
function isAbout({ action, class: wanted, units }: Acknowledged, changes: readonly Change[]): boolean {
  const [first] = changes;
  if (first === undefined) return false;
  if (action === 'class.create') return first.after?.id === wanted;
  if (action === 'suspect.decide') return first.after?.id === units?.[0];
  if (!action.startsWith('label.')) return true;
  return changes.every(
    (change) =>
      change.kind === 'label' &&
      units?.includes((change.after ?? change.before)?.unit ?? '') === true &&
      (change.after?.class ?? null) === wanted,
  );
}

it('the engine loses nothing that it acknowledged when it is killed', { timeout: 600_000 }, async () => {
  const work = temporaryFolder();
  const base = await audited(join(work, 'base'));
  const random = seededRandom(11);
  let acknowledged = 0;
  const round = async (number: number, moment: { actions: number; delayMs: number }): Promise<void> => {
    const folder = join(work, String(number));
    cpSync(base, folder, { recursive: true });
    const args = [join(work, `home-${number}`), folder, String(number), String(imageCount)];
    const lines = (await linesUntilKilled(program, args, moment)).map(
      (line) => JSON.parse(line) as Acknowledged,
    );
    expect(lines.length).toBeGreaterThanOrEqual(moment.actions);
    acknowledged += lines.length;
    await checkAcknowledged(folder, lines);
  };
  const start = performance.now();
  for (let first = 0; first < rounds; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, rounds - first) }, (_, i) => first + i);
    const moments = numbers.map(() => ({ actions: 1 + random.int(999), delayMs: random.int(4) }));
    await Promise.all(numbers.map((number, i) => round(number, moments[i]!)));
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${rounds} engines killed, ${acknowledged} acknowledged actions found again, ${seconds} s`);
});
