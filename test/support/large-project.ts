import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../src/base/result.ts';
import { createProject } from '../../src/store/open-project.ts';
import { actor, addClasses, ann, slides } from './records.ts';
import { created } from '../../src/core/changes.ts';

const classCount = 8;

/**
 * Writes a project of this many images, labelled but for every tenth, with predictions and an audit. The rows go into
 * the tables directly, in a second instead of minutes, so that the journal does not know them: to be looked at and
 * worked on, not to be verified.
 */
export async function writeLargeProject(folder: string, images: number): Promise<string> {
  const store = unwrap(await createProject(folder, { name: 'Large' }));
  const people = [created('annotator', { id: ann, name: 'Ann' })];
  const step = { ...actor, detail: {}, action: 'images.add' } as const;
  unwrap(
    await store.commit({
      ...step,
      changes: [...people, ...addClasses(classCount), created('source', slides)],
    }),
  );
  await store.close();
  fill(join(folder, 'project.sqlite'), recordSql(images));
  fill(join(folder, 'cache.sqlite'), cacheSql(images));
  return folder;
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.reason);
}

function fill(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA synchronous = OFF; BEGIN; ${sql}; COMMIT`);
  db.close();
}

const numbers = (count: number): string =>
  `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ${count})`;
/** A number of 0 … below `bound` that looks like chance. */
const mixed = (salt: number, bound: number): string => `((((n + ${salt}) * 2654435761) >> 9) % ${bound})`;
const id = `'image-' || n`;

function recordSql(count: number): string {
  return `
    INSERT INTO image ${numbers(count)} SELECT ${id}, '${slides.id}', printf('plate %d/field %06d.png', ${mixed(1, 96)}, n),
      printf('%064x', n), 1000, 640, 300 + ${mixed(2, 600)}, 1, 'png', NULL,
      CASE ${mixed(3, 5)} WHEN 0 THEN 'test' ELSE 'train' END, ${mixed(4, 1_000_000)} FROM number;
    INSERT INTO label ${numbers(count)} SELECT ${id} || ':${ann}', ${id}, '${ann}', 'class-' || ${mixed(5, classCount)},
      ${mixed(6, 1_000_000)}, 's' FROM number WHERE n % 10 > 0;
    INSERT INTO current_label SELECT unit, class, annotator, time FROM label`;
}

function cacheSql(count: number): string {
  return `
    INSERT INTO prediction ${numbers(count)} SELECT ${id}, 'class-' || ${mixed(7, classCount)},
      ${mixed(8, 1000)} / 1000.0, zeroblob(${4 * classCount}) FROM number;
    INSERT INTO suspect ${numbers(count)} SELECT ${id}, 'class-' || ${mixed(5, classCount)}, 'class-' || ${mixed(9, classCount)},
      ${mixed(10, 1000)} / 1000.0, n + 1, ${mixed(11, 1000)} / 1000.0, '[]' FROM number WHERE n % 10 > 0`;
}
