import type { Migration } from './migration.ts';

const journal = `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- "changes" is last, so that the time line is read without its pages.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  time INTEGER NOT NULL,
  annotator TEXT NOT NULL,
  session TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  batch TEXT NOT NULL,
  target TEXT,
  previousHash TEXT NOT NULL,
  hash TEXT NOT NULL,
  changeCount INTEGER NOT NULL,
  changes TEXT NOT NULL
) STRICT;
-- All that rebuilding undo, redo and the counters needs, without the rows.
CREATE INDEX journal_steps ON journal (seq, id, annotator, action, batch, target);
CREATE INDEX journal_batch ON journal (batch);
CREATE INDEX journal_target ON journal (target, seq, action) WHERE target IS NOT NULL;
`;

const records = `
CREATE TABLE annotator (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  root TEXT NOT NULL,
  addedAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE class (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  hotkey TEXT,
  position INTEGER NOT NULL,
  parent TEXT REFERENCES class (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX class_parent ON class (parent) WHERE parent IS NOT NULL;

CREATE TABLE image (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  orientation INTEGER NOT NULL,
  format TEXT NOT NULL,
  groupId TEXT,
  split TEXT,
  addedAt INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX image_source ON image (source, path);
-- The gallery's default order, with all that its layout needs.
CREATE INDEX image_path ON image (path, id, width, height);
CREATE INDEX image_added ON image (addedAt);
CREATE INDEX image_hash ON image (hash);
CREATE INDEX image_split ON image (split) WHERE split IS NOT NULL;
CREATE INDEX image_group ON image (groupId) WHERE groupId IS NOT NULL;
`;

const labels = `
CREATE TABLE label (
  id TEXT PRIMARY KEY,
  unit TEXT NOT NULL REFERENCES image (id) DEFERRABLE INITIALLY DEFERRED,
  annotator TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  class TEXT NOT NULL REFERENCES class (id) DEFERRABLE INITIALLY DEFERRED,
  time INTEGER NOT NULL,
  session TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX label_unit ON label (unit);
CREATE INDEX label_class ON label (class);
CREATE INDEX label_annotator ON label (annotator);

-- A verdict outlives the classes it was about, so nothing refers to them here.
CREATE TABLE verdict (
  id TEXT PRIMARY KEY REFERENCES image (id) DEFERRABLE INITIALLY DEFERRED,
  annotator TEXT NOT NULL,
  decision TEXT NOT NULL,
  given TEXT NOT NULL,
  suggested TEXT NOT NULL,
  score REAL NOT NULL,
  time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE current_label (
  unit TEXT PRIMARY KEY,
  class TEXT NOT NULL,
  annotator TEXT NOT NULL,
  time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX current_label_class ON current_label (class);
`;

/** Schema 1: journal, records, current labels. */
export const initial: Migration = { version: 1, name: 'initial', sql: journal + records + labels };
