/** Raised whenever the caches below change: older ones are then dropped, not migrated. */
export const cacheVersion = 2;

/** How the tables of results are called while they are filled, beside those that are read. */
export interface ResultNames {
  /** Behind the names of the tables. */
  readonly table: string;
  /** Behind the names of their indexes, which keep them when a table is renamed. */
  readonly index: string;
}

/** Statements that make the tables of what a training found. */
export const resultTables = {
  prediction: ({ table, index }: ResultNames): string[] => [
    `CREATE TABLE cache.prediction${table} (
      unit TEXT PRIMARY KEY,
      class TEXT NOT NULL,
      confidence REAL NOT NULL,
      probabilities BLOB NOT NULL
    ) STRICT`,
    // The gallery filters by class and sorts by confidence without reading the probabilities.
    `CREATE INDEX cache.prediction_unit${index} ON prediction${table} (unit, class, confidence)`,
    `CREATE INDEX cache.prediction_class${index} ON prediction${table} (class, unit)`,
    `CREATE INDEX cache.prediction_confidence${index} ON prediction${table} (confidence, unit)`,
  ],
  suspect: ({ table, index }: ResultNames): string[] => [
    `CREATE TABLE cache.suspect${table} (
      unit TEXT PRIMARY KEY,
      given TEXT NOT NULL,
      suggested TEXT NOT NULL,
      score REAL NOT NULL,
      rank INTEGER NOT NULL,
      wrong REAL NOT NULL,
      reasons TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX cache.suspect_unit${index} ON suspect${table} (unit, score)`,
    `CREATE INDEX cache.suspect_rank${index} ON suspect${table} (rank, unit)`,
    `CREATE INDEX cache.suspect_pair${index} ON suspect${table} (given, suggested, rank)`,
    `CREATE INDEX cache.suspect_score${index} ON suspect${table} (score, unit)`,
  ],
} as const;

export type ResultTable = keyof typeof resultTables;

const first: ResultNames = { table: '', index: '' };

/** What can be computed again: thumbnails, predictions, the audit, and what each model made of labels it never saw. */
export const cacheSql = `
CREATE TABLE cache.meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cache.judged (
  model TEXT NOT NULL,
  unit TEXT NOT NULL,
  given TEXT NOT NULL,
  class TEXT NOT NULL,
  confidence REAL NOT NULL,
  probabilities BLOB NOT NULL,
  PRIMARY KEY (model, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE cache.thumbnail (
  hash TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

${[...resultTables.prediction(first), ...resultTables.suspect(first)].join(';\n')}`;
