-- Moments are nanoseconds since 1970. Status and source are the names of their constants.

CREATE TABLE thread (
  key           INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  workflow      TEXT    NOT NULL,
  status        TEXT    NOT NULL,
  run_id        TEXT,
  checkpoint_id TEXT    NOT NULL,
  wake_at       INTEGER,
  stalls        INTEGER NOT NULL,
  epoch         INTEGER NOT NULL,
  owner         TEXT,
  owned_since   INTEGER,
  owned_until   INTEGER,
  cancel        INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX thread_by_status ON thread (status, id, workflow);

CREATE INDEX thread_by_wake ON thread (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE run (
  key               INTEGER PRIMARY KEY,
  thread            INTEGER NOT NULL REFERENCES thread (key) ON DELETE CASCADE,
  id                TEXT    NOT NULL,
  input_checkpoint  TEXT    NOT NULL,
  output_checkpoint TEXT,
  seed              INTEGER NOT NULL,
  started_at        INTEGER NOT NULL,
  status            TEXT    NOT NULL,
  detail            BLOB,
  UNIQUE (thread, id)
) STRICT;

-- place = run.key * 2^32 + seq: a run's log is one range of the table itself, without an index.
CREATE TABLE log (
  place INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE checkpoint (
  key        INTEGER PRIMARY KEY,
  thread     INTEGER NOT NULL REFERENCES thread (key) ON DELETE CASCADE,
  id         TEXT    NOT NULL,
  run_id     TEXT,
  parent_id  TEXT,
  source     TEXT    NOT NULL,
  step       INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  content    BLOB    NOT NULL,
  UNIQUE (thread, id)
) STRICT;

CREATE TABLE checkpoint_metadata (
  checkpoint INTEGER NOT NULL REFERENCES checkpoint (key) ON DELETE CASCADE,
  name       TEXT    NOT NULL,
  value      TEXT    NOT NULL,
  PRIMARY KEY (checkpoint, name)
) STRICT, WITHOUT ROWID;

-- One row: the greatest epoch of any deleted thread. New threads start above it, so that no old claim fits them.
CREATE TABLE retired_epoch (epoch INTEGER NOT NULL) STRICT;

INSERT INTO retired_epoch VALUES (0);
