-- One row once the index of threads is kept; filled says that the threads that were there before are in it.
CREATE TABLE {s}.index_state (
  key    int NOT NULL PRIMARY KEY CHECK (key = 1),
  filled boolean NOT NULL
);

-- What was attached to threads, also before they run.
CREATE TABLE {s}.thread_info (
  thread_id      text COLLATE "C" NOT NULL PRIMARY KEY,
  meant_workflow text COLLATE "C",
  metadata       bytea NOT NULL,
  labels         bytea NOT NULL,
  temporary      boolean NOT NULL,
  revision       bigint NOT NULL,
  indexed_at     bigint NOT NULL,
  altered_at     bigint NOT NULL
);

CREATE INDEX thread_info_newest ON {s}.thread_info (indexed_at, thread_id) WHERE NOT temporary;

-- By which labels threads are found. The moment is the thread's, so that a label's newest threads are read in order.
CREATE TABLE {s}.thread_label (
  label      text COLLATE "C" NOT NULL,
  indexed_at bigint NOT NULL,
  thread_id  text COLLATE "C" NOT NULL,
  PRIMARY KEY (label, indexed_at, thread_id)
);

CREATE INDEX thread_label_of_thread ON {s}.thread_label (thread_id);

-- Requests that servers got.
CREATE TABLE {s}.request_record (
  thread_id     text COLLATE "C" NOT NULL,
  id            text COLLATE "C" NOT NULL,
  run_id        text COLLATE "C" NOT NULL,
  kind          text COLLATE "C" NOT NULL,
  digest        bytea NOT NULL,
  content       bytea NOT NULL,
  created_at    bigint NOT NULL,
  ended_at      bigint,
  status        text COLLATE "C",
  checkpoint_id text COLLATE "C",
  seq           bigint,
  CONSTRAINT request_record_id PRIMARY KEY (thread_id, id)
);

CREATE INDEX request_record_open ON {s}.request_record (thread_id) WHERE ended_at IS NULL;

CREATE INDEX request_record_by_id ON {s}.request_record (id, created_at);

CREATE INDEX request_record_newest ON {s}.request_record (thread_id, created_at, id);
