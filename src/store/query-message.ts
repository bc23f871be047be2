import type { SQLInputValue } from 'node:sqlite';

/** Begins a query, or asks for its next rows: a thread never sends more than was asked for. */
export type ToQueries =
  | { readonly call: number; readonly sql: string; readonly parameters: readonly SQLInputValue[] }
  | { readonly call: number; readonly sql: null };

export type Row = Readonly<Record<string, unknown>>;

/** What SQLite throws, in a form that crosses threads. */
export interface QueryFailure {
  readonly message: string;
  readonly code: string | undefined;
  readonly errcode: number | undefined;
}

export type FromQueries =
  | { readonly call: number; readonly rows: readonly Row[]; readonly isLast: boolean }
  | { readonly call: number; readonly failure: QueryFailure };
