import type { ClassId, UnitId } from '#core/ids.ts';
import { inChunks } from './chunks.ts';
import type { Workspace } from './workspace.ts';

/** Everything a head is trained on, as arrays: the same positions in all. */
export interface TrainingSet {
  readonly units: readonly UnitId[];
  /** Order of the class positions. */
  readonly classes: readonly ClassId[];
  /** Row of each unit's embedding in its file. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Class of each unit by position, −1 = unlabelled. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Units with the same number stay in one fold: the same patient or series, or the same file twice. */
  readonly groups: Int32Array<ArrayBuffer>;
  /** What the model before said out of fold, and about which label; −1 = nothing. Null without a model before. */
  readonly previous: {
    readonly labels: Int32Array<ArrayBuffer>;
    readonly predicted: Int32Array<ArrayBuffer>;
  } | null;
}

/**
 * Gathers the units that have an embedding, with their current labels. Only classes that a label uses get a position.
 * @param rowOf row of the embedding of an image by its content hash, null where it has none
 * @param previous id of the model before
 */
export async function gatherTrainingSet(
  workspace: Workspace,
  rowOf: (hash: string) => number | null,
  previous: string | null,
): Promise<TrainingSet> {
  const all = await workspace.store.background
    .selectFrom('image')
    .leftJoin('current_label as given', 'given.unit', 'image.id')
    .leftJoin('cache.judged as judged', (join) =>
      join.onRef('judged.unit', '=', 'image.id').on('judged.model', '=', previous ?? ''),
    )
    .select(['image.id', 'image.hash', 'image.groupId', 'given.class as label'])
    .select(['judged.class as predicted', 'judged.given as judgedLabel'])
    .orderBy('image.source')
    .orderBy('image.path')
    .execute();
  const found = await inChunks(all, (chunk) =>
    chunk.flatMap((image) => {
      const row = rowOf(image.hash);
      return row === null ? [] : [{ ...image, row }];
    }),
  );
  const classes = await usedClasses(workspace);
  const position = new Map(classes.map((id, at) => [id, at]));
  const column = async (of: (image: (typeof found)[number]) => number): Promise<Int32Array<ArrayBuffer>> =>
    Int32Array.from(await inChunks(found, (chunk) => chunk.map(of)));
  const positionOf = (id: ClassId | null): number => (id === null ? -1 : (position.get(id) ?? -1));
  const numberOf = numbering();
  return {
    units: await inChunks(found, (chunk) => chunk.map(({ id }) => id as string as UnitId)),
    classes,
    rows: await column(({ row }) => row),
    labels: await column(({ label }) => positionOf(label)),
    groups: await column(({ groupId, hash }) => numberOf(groupId ?? hash)),
    previous: found.some(({ judgedLabel }) => judgedLabel !== null)
      ? {
          labels: await column(({ judgedLabel }) => positionOf(judgedLabel)),
          predicted: await column(({ predicted }) => positionOf(predicted)),
        }
      : null,
  };
}

async function usedClasses(workspace: Workspace): Promise<ClassId[]> {
  const rows = await workspace.store.background
    .selectFrom('class')
    .select('id')
    .where('id', 'in', (query) => query.selectFrom('current_label').select('class'))
    .orderBy('position')
    .execute();
  return rows.map((row) => row.id);
}

/** Gives the same number for the same name, from 0 in order of appearance. */
function numbering(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
}
