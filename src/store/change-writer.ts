import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { problem, type Problem } from '#base/problem.ts';
import { changedId, type Change, type ChangeOf } from '#core/changes.ts';
import { newestFirst } from '#core/records/label.ts';
import { recordSchemas, type RecordKind } from '#core/records/records.ts';
import { recordColumns } from './record-tables.ts';
import type { CurrentLabelRow } from './schema.ts';

type Row = Readonly<Record<string, SQLInputValue>>;

/**
 * Applies changes to the tables, inside the transaction of its caller. Each is one statement that also checks that
 * the table holds what the change says was there before.
 */
export class ChangeWriter {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Applies one change; answers what is wrong, or null. */
  apply(change: Change): Problem | null {
    const wrong = invalid(change);
    if (wrong !== null) return wrong;
    if (!this.#write(change)) return conflict(change);
    if (change.kind === 'label') this.#updateCurrentLabel(change);
    return null;
  }

  #write(change: Change): boolean {
    const { kind } = change;
    const before = change.before as Row | null;
    const after = change.after as Row | null;
    if (before === null && after !== null) return this.#insert(kind, after);
    if (before !== null && after === null) return this.#delete(kind, before);
    return before !== null && after !== null && this.#update(kind, before, after);
  }

  #insert(kind: RecordKind, after: Row): boolean {
    const columns = recordColumns(kind);
    const statement = this.#prepare(`insert ${kind}`, () => insertSql(kind, columns));
    return statement.run(...values(columns, after)).changes === 1;
  }

  #delete(kind: RecordKind, before: Row): boolean {
    const columns = recordColumns(kind);
    const statement = this.#prepare(`delete ${kind}`, () => `DELETE FROM ${kind} WHERE ${equal(columns)}`);
    return statement.run(...values(columns, before)).changes === 1;
  }

  /** Names only the columns that change, which spares the indexes of the others. */
  #update(kind: RecordKind, before: Row, after: Row): boolean {
    const columns = recordColumns(kind);
    const changed = columns.filter((column) => before[column] !== after[column]);
    const set = changed.length === 0 ? ['id'] : changed;
    const statement = this.#prepare(`update ${kind} ${set}`, () => updateSql(kind, set));
    return statement.run(...values(set, after), ...values(columns, before)).changes === 1;
  }

  /** The usual case is one look and one write: what was just said is the newest that anybody said of the unit. */
  #updateCurrentLabel({ before, after }: ChangeOf<'label'>): void {
    const unit = (after ?? before)?.unit ?? '';
    const current = this.#prepare('current', () => currentSql).get(unit) as CurrentLabelRow | undefined;
    if (after !== null && isNewest(after, current)) this.#setCurrent(after, current);
    else if (current?.annotator === (after ?? before)?.annotator) this.#findCurrent(unit);
  }

  #setCurrent(label: CurrentLabelRow, current: CurrentLabelRow | undefined): void {
    const { unit, annotator, time } = label;
    if (current === undefined)
      this.#prepare('new', () => newCurrentSql).run(unit, label.class, annotator, time);
    else if (current.class === label.class)
      this.#prepare('touch', () => touchCurrentSql).run(annotator, time, unit);
    else this.#prepare('set', () => setCurrentSql).run(label.class, annotator, time, unit);
  }

  #findCurrent(unit: string): void {
    this.#prepare('clear', () => 'DELETE FROM current_label WHERE unit = ?').run(unit);
    this.#prepare('find', () => findCurrentSql).run(unit);
  }

  #prepare(name: string, sql: () => string): StatementSync {
    const kept = this.#statements.get(name);
    if (kept !== undefined) return kept;
    const statement = this.#db.prepare(sql());
    this.#statements.set(name, statement);
    return statement;
  }
}

const currentSql = 'SELECT unit, class, annotator, time FROM current_label WHERE unit = ?';
const newCurrentSql = 'INSERT INTO current_label (unit, class, annotator, time) VALUES (?, ?, ?, ?)';
const touchCurrentSql = 'UPDATE current_label SET annotator = ?, time = ? WHERE unit = ?';
const setCurrentSql = 'UPDATE current_label SET class = ?, annotator = ?, time = ? WHERE unit = ?';
const findCurrentSql = `
  INSERT INTO current_label (unit, class, annotator, time)
  SELECT unit, class, annotator, time FROM label WHERE unit = ? ORDER BY time DESC, annotator DESC LIMIT 1`;

function isNewest(label: CurrentLabelRow, current: CurrentLabelRow | undefined): boolean {
  return current === undefined || newestFirst(label, current) <= 0;
}

function insertSql(kind: RecordKind, columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const places = columns.map(() => '?').join(', ');
  return `INSERT INTO ${kind} (${names}) VALUES (${places}) ON CONFLICT (id) DO NOTHING`;
}

function updateSql(kind: RecordKind, set: readonly string[]): string {
  const values = set.map((column) => `"${column}" = ?`).join(', ');
  return `UPDATE ${kind} SET ${values} WHERE ${equal(recordColumns(kind))}`;
}

/** Finds the row by its id, and only when every column is as it should be. */
function equal(columns: readonly string[]): string {
  return columns.map((column) => (column === 'id' ? `id = ?` : `"${column}" IS ?`)).join(' AND ');
}

function values(columns: readonly string[], row: Row): SQLInputValue[] {
  return columns.map((column) => row[column] ?? null);
}

function invalid({ kind, before, after }: Change): Problem | null {
  if (after === null) return before === null ? problem('bad-input', kind, 'A change changes nothing.') : null;
  if (before !== null && before.id !== after.id)
    return problem('bad-input', before.id, 'The id of a record never changes.');
  const { success, error } = recordSchemas[kind].safeParse(after);
  if (success) return null;
  const [issue] = error.issues;
  return problem(
    'bad-input',
    after.id,
    `This is no valid ${kind} (${issue?.path.join('.')}: ${issue?.message}); correct it.`,
  );
}

function conflict(change: Change): Problem {
  const what = change.before === null ? 'exists already' : 'has changed meanwhile';
  return problem('conflict', changedId(change), `This ${change.kind} ${what}; look at it again and repeat.`);
}
