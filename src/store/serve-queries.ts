import type { DatabaseSync } from 'node:sqlite';
import type { MessagePort } from 'node:worker_threads';
import { must } from '#base/assert.ts';
import { openReader } from './connections.ts';
import { projectPaths } from './project-folder.ts';
import type { FromQueries, QueryFailure, Row, ToQueries } from './query-message.ts';

/** Rows of a message: what the receiver unpacks in a few milliseconds. */
const rowsAtOnce = 1000;

/** Answers queries on a project, which it cannot change, until the thread is ended. */
export function serveQueries(port: MessagePort, folder: string): void {
  const queries = new Queries(openReader(projectPaths(folder), true));
  port.on('message', (message: ToQueries) => port.postMessage(queries.answer(message)));
}

/** Queries that were begun, each with the rows that were not asked for yet. */
class Queries {
  readonly #db: DatabaseSync;
  readonly #begun = new Map<number, Iterator<Row>>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  answer(message: ToQueries): FromQueries {
    const { call } = message;
    try {
      if (message.sql !== null) this.#begin(call, message);
      const rows = [...take(must(this.#begun.get(call), 'the query was begun'), rowsAtOnce)];
      const isLast = rows.length < rowsAtOnce;
      if (isLast) this.#begun.delete(call);
      return { call, rows, isLast };
    } catch (cause) {
      this.#begun.delete(call);
      return { call, failure: failureOf(cause) };
    }
  }

  #begin(call: number, { sql, parameters }: Extract<ToQueries, { sql: string }>): void {
    const statement = this.#db.prepare(sql);
    this.#begun.set(call, statement.iterate(...parameters) as unknown as Iterator<Row>);
  }
}

function* take<T>(items: Iterator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken++) {
    const next = items.next();
    if (next.done === true) return;
    yield next.value;
  }
}

function failureOf(cause: unknown): QueryFailure {
  const { message, code, errcode } = cause as QueryFailure;
  return { message, code, errcode };
}
