import type { DatabaseSync } from 'node:sqlite';
import { recordKinds } from '#core/records/records.ts';
import { recordColumns } from './record-tables.ts';
import type { Report } from './verify-journal.ts';

/** Compares each record table with what the replay of the journal gave. Answers how many records there are. */
export function compareRecords(db: DatabaseSync, report: Report): number {
  let records = 0;
  for (const kind of recordKinds) {
    const columns = recordColumns(kind)
      .map((column) => `"${column}"`)
      .join(', ');
    const replayed = `SELECT ${columns} FROM main.${kind}`;
    const stored = `SELECT ${columns} FROM project.${kind}`;
    difference(db, [replayed, stored], (id, count) =>
      report(
        `${count} ${kind} record(s) of the journal are missing or different in their table, first ${id}.`,
      ),
    );
    difference(db, [stored, replayed], (id, count) =>
      report(`${count} ${kind} record(s) in their table are not what the journal says, first ${id}.`),
    );
    records += count(db, stored);
  }
  return records;
}

const newestLabels = `
  SELECT unit, class, annotator, time FROM (
    SELECT *, row_number() OVER (PARTITION BY unit ORDER BY time DESC, annotator DESC) AS place FROM project.label
  ) WHERE place = 1`;

/** Compares the current labels with the newest label of each unit. */
export function compareCurrentLabels(db: DatabaseSync, report: Report): void {
  const stored = 'SELECT unit, class, annotator, time FROM project.current_label';
  const tell = (unit: string, count: number): void =>
    report(`The current label of ${count} unit(s) is not their newest label, first ${unit}.`);
  difference(db, [newestLabels, stored], tell);
  difference(db, [stored, newestLabels], tell);
}

/** Checks that labels, verdicts and caches are about units that exist. */
export function checkUnits(db: DatabaseSync, report: Report): void {
  const tables = [
    ['project.label', 'unit', 'label(s)'],
    ['project.verdict', 'id', 'verdict(s)'],
    ['cache.prediction', 'unit', 'cached prediction(s)'],
    ['cache.suspect', 'unit', 'cached suspect(s)'],
  ] as const;
  for (const [table, column, name] of tables) {
    const strays = `SELECT ${column} FROM ${table} WHERE ${column} NOT IN (SELECT id FROM project.image)`;
    const first = db.prepare(`${strays} LIMIT 1`).get();
    if (first !== undefined)
      report(`${count(db, strays)} ${name} are about images that do not exist, first ${first[column]}.`);
  }
}

/** Lets SQLite check the pages and indexes of one file. */
export function checkPages(db: DatabaseSync, schema: 'project' | 'cache', report: Report): void {
  for (const row of db.prepare(`PRAGMA ${schema}.integrity_check(5)`).all()) {
    const [finding] = Object.values(row);
    if (finding !== 'ok') report(`${schema}.sqlite is damaged: ${finding}`);
  }
}

function difference(
  db: DatabaseSync,
  [left, right]: readonly [string, string],
  tell: (firstId: string, count: number) => void,
): void {
  const rows = `SELECT * FROM (${left}) EXCEPT SELECT * FROM (${right})`;
  const first = db.prepare(`${rows} LIMIT 1`).get();
  if (first !== undefined) tell(String(Object.values(first)[0]), count(db, rows));
}

function count(db: DatabaseSync, query: string): number {
  return Number(db.prepare(`SELECT count(*) AS n FROM (${query})`).get()?.['n'] ?? 0);
}
