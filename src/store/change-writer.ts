import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { problem, type Problem } from '#base/problem.ts';
import type { Change } from '#core/changes.ts';
import { changedId } from '#core/changes.ts';
import { recordSchemas } from '#core/records/records.ts';
import { recordColumns } from './record-tables.ts';

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

  #insert(kind: Change['kind'], after: Row): boolean {
    const columns = recordColumns(kind);
    const statement = this.#prepare(
      `INSERT INTO ${kind} (${names(columns)}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (id) DO NOTHING`,
    );
    return statement.run(...values(columns, after)).changes === 1;
  }

  #delete(kind: Change['kind'], before: Row): boolean {
    const columns = recordColumns(kind);
    const statement = this.#prepare(`DELETE FROM ${kind} WHERE ${equal(columns)}`);
    return statement.run(...values(columns, before)).changes === 1;
  }

  /** Names only the columns that change, which spares the indexes of the others. */
  #update(kind: Change['kind'], before: Row, after: Row): boolean {
    const columns = recordColumns(kind);
    const changed = columns.filter((column) => before[column] !== after[column]);
    const set = (changed.length === 0 ? ['id'] : changed).map((column) => `"${column}" = ?`).join(', ');
    const statement = this.#prepare(`UPDATE ${kind} SET ${set} WHERE ${equal(columns)}`);
    const parameters = [
      ...values(changed.length === 0 ? ['id'] : changed, after),
      ...values(columns, before),
    ];
    return statement.run(...parameters).changes === 1;
  }

  #updateCurrentLabel(change: Extract<Change, { kind: 'label' }>): void {
    const unit = (change.after ?? change.before)?.unit ?? '';
    const newest = this.#prepare(
      `INSERT INTO current_label (unit, class, annotator, time)
       SELECT unit, class, annotator, time FROM label WHERE unit = ?
       ORDER BY time DESC, annotator DESC LIMIT 1
       ON CONFLICT (unit) DO UPDATE SET class = excluded.class, annotator = excluded.annotator, time = excluded.time`,
    );
    if (newest.run(unit).changes === 0) this.#prepare('DELETE FROM current_label WHERE unit = ?').run(unit);
  }

  #prepare(sql: string): StatementSync {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function names(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

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
  return problem('bad-input', after.id, `Not a valid ${kind}: ${issue?.path.join('.')} ${issue?.message}`);
}

function conflict(change: Change): Problem {
  const what = change.before === null ? 'exists already' : 'has changed meanwhile';
  return problem('conflict', changedId(change), `This ${change.kind} ${what}; look at it again and repeat.`);
}
