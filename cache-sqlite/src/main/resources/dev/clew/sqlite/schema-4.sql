-- Answers that other processes left for the owner of a thread. They go into the run's log with the owner's next write.
CREATE TABLE answer (
  key      INTEGER PRIMARY KEY,
  thread   INTEGER NOT NULL REFERENCES thread (key) ON DELETE CASCADE,
  run      TEXT    NOT NULL,
  question TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  bytes    BLOB    NOT NULL,
  UNIQUE (thread, run, question)
) STRICT;
