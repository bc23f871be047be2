import { createRouterClient } from '@orpc/server';
import { must } from '../../src/base/assert.ts';
import { seededRandom } from '../../src/base/random.ts';
import { imageUnit, type ClassId, type UnitId } from '../../src/core/ids.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { print } from './print.ts';
import { classId, imageId } from './records.ts';

// Works on a project through the whole engine until it is killed:
// node engine-program.ts HOME FOLDER SEED IMAGES. Prints a line of JSON for each action once it is acknowledged, never
// before: the journal row, what was done, and what that row must hold.

const [, , home = '', folder = '', seed = '0', images = '0'] = process.argv;
const random = seededRandom(Number(seed));
const engine = await createEngine({ home });
const client = createRouterClient(engine.router, { context: {} });
await client.project.open({ folder });
const classes: ClassId[] = [0, 1, 2].map(classId);
let canUndo = 0;
let canRedo = 0;

/** What was done; `class` and `units` are what the row's labels or verdicts must say. */
interface Done {
  readonly seq: number;
  readonly action: string;
  readonly class?: string | null;
  readonly units?: readonly string[];
}

function someUnits(count: number): UnitId[] {
  const first = random.int(Number(images) - count + 1);
  return Array.from({ length: count }, (_, i) => imageUnit(imageId(first + i)));
}

const someClass = (): ClassId => must(classes[random.int(classes.length)], 'there are classes');

async function label(count: number, wanted: ClassId | null): Promise<Done | null> {
  const units = someUnits(count);
  const { seq, changed } = await client.labels.set({ units, class: wanted });
  return changed === 0
    ? null
    : { seq, action: wanted === null ? 'label.clear' : 'label.set', class: wanted, units };
}

async function decide(): Promise<Done> {
  const units = someUnits(1);
  const decision = random.next() < 0.5 ? 'kept' : 'unsure';
  const { seq } = await client.review.decide({ unit: must(units[0], 'one unit'), decision, class: null });
  return { seq, action: 'suspect.decide', units };
}

async function createClass(action: number): Promise<Done> {
  const { id } = await client.classes.create({ name: `made ${action}`, hotkey: null });
  classes.push(id);
  // Nothing else writes, so that this row is the newest.
  const info = must(await client.project.info(), 'the project is open');
  return { seq: info.seq, action: 'class.create', class: id };
}

async function act(action: number): Promise<Done | null> {
  const dice = random.next();
  if (dice < 0.08 && canUndo > 0) {
    canUndo--;
    canRedo++;
    return { seq: (await client.history.undo()).seq, action: 'undo' };
  }
  if (dice < 0.14 && canRedo > 0) {
    canRedo--;
    canUndo++;
    return { seq: (await client.history.redo()).seq, action: 'redo' };
  }
  const done = await (dice < 0.2
    ? label(30 + random.int(90), someClass())
    : dice < 0.3
      ? label(1 + random.int(5), null)
      : dice < 0.4
        ? decide()
        : dice < 0.42
          ? createClass(action)
          : label(1, someClass()));
  if (done !== null) {
    canUndo++;
    canRedo = 0;
  }
  return done;
}

for (let action = 0; ; action++) {
  const done = await act(action).catch((error: unknown) => {
    // A class whose creation was undone cannot be given any more.
    if ((error as { data?: { code?: string } }).data?.code === 'not-found') return null;
    throw error;
  });
  if (done !== null) await print(JSON.stringify(done));
}
