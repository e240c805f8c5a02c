-- What a run told beside its log. The total is how many bytes the run's pieces have up to this one.
CREATE TABLE {s}.tape (
  thread_id text COLLATE "C" NOT NULL,
  run_no    int NOT NULL,
  seq       bigint NOT NULL,
  total     bigint NOT NULL,
  bytes     bytea NOT NULL,
  CONSTRAINT tape_piece PRIMARY KEY (thread_id, run_no, seq)
);

CREATE INDEX tape_age ON {s}.tape (seq);
