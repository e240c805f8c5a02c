-- Moments are nanoseconds since 1970. Status and source are the names of their constants.
CREATE FUNCTION {s}.now_ns() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE
  AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000000000)::bigint $$;

-- last_run numbers the runs in the order in which they were stored: the log is keyed by it. runs is the greatest number that
-- the engine gave. No index may have owned_until, owner, epoch or updated_at: renewals must not touch an index.
CREATE TABLE {s}.thread (
  id            text COLLATE "C" NOT NULL PRIMARY KEY,
  workflow      text COLLATE "C" NOT NULL,
  status        text COLLATE "C" NOT NULL,
  run_id        text COLLATE "C",
  checkpoint_id text COLLATE "C" NOT NULL,
  wake_at       bigint,
  stalls        int NOT NULL,
  runs          int NOT NULL,
  last_run      int NOT NULL,
  epoch         bigint NOT NULL,
  owner         text COLLATE "C",
  owned_since   bigint,
  owned_until   bigint,
  cancel        boolean NOT NULL,
  created_at    bigint NOT NULL,
  updated_at    bigint NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX thread_open ON {s}.thread (status, id) WHERE status <> 'IDLE';

CREATE INDEX thread_due ON {s}.thread (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE {s}.run (
  thread_id         text COLLATE "C" NOT NULL,
  id                text COLLATE "C" NOT NULL,
  no                int NOT NULL,
  number            int NOT NULL,
  input_checkpoint  text COLLATE "C" NOT NULL,
  output_checkpoint text COLLATE "C",
  seed              bigint NOT NULL,
  started_at        bigint NOT NULL,
  status            text COLLATE "C" NOT NULL,
  detail            bytea,
  PRIMARY KEY (thread_id, id),
  UNIQUE (thread_id, no)
) WITH (fillfactor = 85);

CREATE TABLE {s}.log (
  thread_id text COLLATE "C" NOT NULL,
  run_no    int NOT NULL,
  seq       int NOT NULL,
  bytes     bytea NOT NULL,
  PRIMARY KEY (thread_id, run_no, seq)
);

CREATE TABLE {s}.checkpoint (
  thread_id  text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  run_id     text COLLATE "C",
  parent_id  text COLLATE "C",
  source     text COLLATE "C" NOT NULL,
  step       int NOT NULL,
  created_at bigint NOT NULL,
  metadata   jsonb NOT NULL,
  content    bytea NOT NULL,
  PRIMARY KEY (thread_id, id)
);

-- An answer that waits for the owner of its thread; place orders those of a run.
CREATE TABLE {s}.answer (
  thread_id text COLLATE "C" NOT NULL,
  run_id    text COLLATE "C" NOT NULL,
  question  text COLLATE "C" NOT NULL,
  place     int NOT NULL,
  at        bigint NOT NULL,
  bytes     bytea NOT NULL,
  PRIMARY KEY (thread_id, run_id, question)
);

-- The last batch of each writer of a process, and the threads that it wrote to: how a lost answer to a commit is settled.
CREATE TABLE {s}.worker (
  owner   text COLLATE "C" NOT NULL,
  writer  int NOT NULL,
  batch   bigint NOT NULL,
  held    text[] NOT NULL,
  seen_at bigint NOT NULL,
  PRIMARY KEY (owner, writer)
) WITH (fillfactor = 10);
