/** Raised whenever the caches below change: older ones are then dropped, not migrated. */
export const cacheVersion = 1;

/** What can be computed again: thumbnails, predictions and the audit. */
export const cacheSql = `
CREATE TABLE cache.meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cache.thumbnail (
  hash TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE cache.prediction (
  unit TEXT PRIMARY KEY,
  class TEXT NOT NULL,
  confidence REAL NOT NULL,
  probabilities BLOB NOT NULL
) STRICT;
-- The gallery filters by class and sorts by confidence without reading the probabilities.
CREATE INDEX cache.prediction_unit ON prediction (unit, class, confidence);
CREATE INDEX cache.prediction_class ON prediction (class, unit);
CREATE INDEX cache.prediction_confidence ON prediction (confidence, unit);

CREATE TABLE cache.suspect (
  unit TEXT PRIMARY KEY,
  given TEXT NOT NULL,
  suggested TEXT NOT NULL,
  score REAL NOT NULL,
  rank INTEGER NOT NULL,
  wrong REAL NOT NULL,
  reasons TEXT NOT NULL
) STRICT;
CREATE INDEX cache.suspect_unit ON suspect (unit, score);
CREATE INDEX cache.suspect_rank ON suspect (rank, unit);
CREATE INDEX cache.suspect_pair ON suspect (given, suggested, rank);
CREATE INDEX cache.suspect_score ON suspect (score, unit);
`;
