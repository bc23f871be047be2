import { seededRandom } from '../../src/base/random.ts';
import { created, updated, type Change } from '../../src/core/changes.ts';
import { openProject } from '../../src/store/open-project.ts';
import type { ProjectStore } from '../../src/store/project-store.ts';
import { print } from './print.ts';
import { actor, label } from './records.ts';

// Labels images of a project until it is killed: node label-program.ts FOLDER SEED. Prints a line
// `seq class unit unit …` for each action once it is acknowledged, never before.
const [, , folder = '', seed = '0'] = process.argv;
const random = seededRandom(Number(seed));
const classOf = new Map<number, number>();

async function act(store: ProjectStore, action: number): Promise<void> {
  const wanted = random.int(3);
  const count = random.next() < 0.05 ? 40 : 1;
  const first = random.int(200 - count);
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const changes = numbers.map((number): Change => {
    const given = classOf.get(number);
    const after = label(number, wanted, { time: 100 });
    return given === undefined
      ? created('label', after)
      : updated('label', label(number, given, { time: 100 }), after);
  });
  const outcome = await store.commit({ ...actor, action: 'label.set', detail: { action }, changes });
  if (!outcome.ok) throw new Error(outcome.error.reason);
  for (const number of numbers) classOf.set(number, wanted);
  await print(`${outcome.value.seq} class-${wanted} ${numbers.map((n) => `image-${n}`).join(' ')}`);
}

const opened = await openProject(folder);
if (!opened.ok) throw new Error(opened.error.reason);
for (let action = 0; ; action++) await act(opened.value, action);
