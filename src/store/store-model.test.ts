import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ticking, value } from '#test/support/project.ts';
import { aClass, actor, addImages, bo, classId, imageId, people } from '#test/support/records.ts';
import { created, removed, updated, type Change } from '#core/changes.ts';
import { imageUnit } from '#core/ids.ts';
import type { Class } from '#core/records/class.ts';
import { recordKinds } from '#core/records/records.ts';
import { labelId } from '#core/records/label.ts';
import { createProject, openProject } from './open-project.ts';
import type { ProjectStore } from './project-store.ts';
import type { Action } from './project-writer.ts';
import { verifyProject } from './verify.ts';

/** What a person does next, in small numbers that are read modulo what there is. */
type Command =
  | { readonly do: 'label'; readonly units: readonly number[]; readonly class: number; readonly bo: boolean }
  | { readonly do: 'clear'; readonly unit: number; readonly bo: boolean }
  | { readonly do: 'create' }
  | { readonly do: 'merge'; readonly from: number; readonly into: number }
  | { readonly do: 'restore'; readonly seq: number }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  | { readonly do: 'reopen' };

const imageCount = 6;
const small = fc.nat(20);
const commands = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('label' as const),
        units: fc.uniqueArray(fc.nat(imageCount - 1), { minLength: 1 }),
        class: small,
        bo: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('clear' as const),
        unit: fc.nat(imageCount - 1),
        bo: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'create' as const }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), from: small, into: small }) },
    { weight: 3, arbitrary: fc.constant({ do: 'undo' as const }) },
    { weight: 2, arbitrary: fc.constant({ do: 'redo' as const }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), seq: small }) },
    { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
  ),
  { minLength: 1, maxLength: 25 },
);

/** Somebody at work: turns commands into actions on what the project holds now. */
class Worker {
  store: ProjectStore;
  #made = 0;
  #now = 0;

  constructor(store: ProjectStore) {
    this.store = store;
  }

  async run(command: Command): Promise<void> {
    if (command.do === 'undo') await this.store.undo(actor);
    else if (command.do === 'redo') await this.store.redo(actor);
    else if (command.do === 'restore') await this.store.restore(3 + command.seq, actor);
    else if (command.do === 'reopen') {
      await this.store.close();
      this.store = value(await openProject(this.store.folder));
    } else await this.#act(command);
  }

  async #act(command: Extract<Command, { do: 'label' | 'clear' | 'create' | 'merge' }>): Promise<void> {
    const act = async (action: Action['action'], changes: Change[]): Promise<void> => {
      if (changes.length > 0) value(await this.store.commit({ ...actor, action, detail: {}, changes }));
    };
    switch (command.do) {
      case 'create':
        return act('class.create', [
          created('class', aClass(++this.#made, { id: `made-${this.#made}` as never })),
        ]);
      case 'clear':
        return act('label.clear', await this.#clear(command));
      case 'label':
        return act('label.set', await this.#label(command));
      case 'merge':
        return act('class.merge', await this.#merge(command));
    }
  }

  async #label({ units, class: wanted, bo: byBo }: Extract<Command, { do: 'label' }>): Promise<Change[]> {
    const { classes, images } = await this.#there();
    const chosen = classes[wanted % classes.length];
    if (chosen === undefined || images === 0) return [];
    const changes = units.map(async (number) => {
      const unit = imageUnit(imageId(number));
      const annotator = byBo ? bo : actor.annotator;
      const id = labelId(unit, annotator);
      const before = await this.store.db
        .selectFrom('label')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      const after = { id, unit, annotator, class: chosen.id, time: ++this.#now % 3, session: 's' };
      return before === undefined ? created('label', after) : updated('label', before, after);
    });
    return Promise.all(changes);
  }

  /** Undo may have taken back the classes and the images themselves. */
  async #there(): Promise<{ classes: Class[]; images: number }> {
    const classes = await this.store.db.selectFrom('class').selectAll().orderBy('id').execute();
    const images = await this.store.db.selectFrom('image').select('id').execute();
    return { classes, images: images.length };
  }

  async #clear({ unit, bo: byBo }: Extract<Command, { do: 'clear' }>): Promise<Change[]> {
    const id = labelId(imageUnit(imageId(unit)), byBo ? bo : actor.annotator);
    const found = await this.store.db.selectFrom('label').selectAll().where('id', '=', id).execute();
    return found.map((label) => removed('label', label));
  }

  async #merge({ from, into }: Extract<Command, { do: 'merge' }>): Promise<Change[]> {
    const classes = await this.store.db.selectFrom('class').selectAll().orderBy('id').execute();
    const source = classes[from % classes.length];
    const target = classes[into % classes.length];
    if (source === undefined || target === undefined || source === target) return [];
    const labels = await this.store.db
      .selectFrom('label')
      .selectAll()
      .where('class', '=', source.id)
      .execute();
    return [
      ...labels.map((label) => updated('label', label, { ...label, class: target.id })),
      removed('class', source),
    ];
  }
}

async function tables(store: ProjectStore): Promise<unknown> {
  const all = [...recordKinds, 'current_label'] as const;
  const dump: Record<string, string[]> = {};
  for (const table of all) {
    const rows = await store.db.selectFrom(table).selectAll().execute();
    dump[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return dump;
}

async function begin(folder: string): Promise<ProjectStore> {
  const store = value(await createProject(join(folder, 'p'), { name: 'P', clock: ticking() }));
  const step = { ...actor, detail: {} };
  value(await store.commit({ ...step, action: 'project.create', changes: people }));
  value(await store.commit({ ...step, action: 'images.add', changes: addImages(imageCount) }));
  const classes = [0, 1].map((number) => created('class', aClass(number, { id: classId(number) })));
  value(await store.commit({ ...step, action: 'class.create', changes: classes }));
  return store;
}

it('keeps the tables equal to a replay, and takes back everything in order, whatever is done', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const folder = mkdtempSync(join(tmpdir(), 'emend-'));
      const worker = new Worker(await begin(folder));
      try {
        const states = new Map<string, unknown>();
        const note = async (): Promise<void> => {
          states.set(worker.store.stacks.undo.join(), await tables(worker.store));
        };
        await note();
        for (const command of list) {
          await worker.run(command);
          const known = states.get(worker.store.stacks.undo.join());
          if (known === undefined) await note();
          else expect(await tables(worker.store)).toEqual(known);
        }
        expect(value(await verifyProject(worker.store.folder)).problems).toEqual([]);
        while (worker.store.stacks.undo.length > 2) {
          value(await worker.store.undo(actor));
          expect(await tables(worker.store)).toEqual(states.get(worker.store.stacks.undo.join()));
        }
        expect(value(await verifyProject(worker.store.folder)).problems).toEqual([]);
      } finally {
        await worker.store.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 40, seed: 20260 },
  );
}, 60_000);
