-- Requests that wait for a worker. All changes of a thread's requests but taking are made under its advisory lock; see QueueLines.
CREATE TABLE {s}.request (
  thread_id       text COLLATE "C" NOT NULL,
  id              text COLLATE "C" NOT NULL,
  queue           text COLLATE "C" NOT NULL,
  workflow        text COLLATE "C" NOT NULL,
  state           text COLLATE "C" NOT NULL,
  opened          boolean NOT NULL,
  priority        int NOT NULL,
  concurrency_key text COLLATE "C",
  abandons        boolean NOT NULL,
  delay           bigint NOT NULL,
  enqueued_at     bigint NOT NULL,
  due_at          bigint,
  owner           text COLLATE "C",
  attempts        int NOT NULL,
  config          bytea NOT NULL,
  input           bytea,
  detail          bytea,
  PRIMARY KEY (thread_id, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX request_ready ON {s}.request (queue, priority, enqueued_at, thread_id, id) WHERE state = 'READY';

CREATE INDEX request_taken ON {s}.request (queue, concurrency_key) WHERE state = 'TAKEN';

-- A request that is opened at once is never in these two: what is taken is found by request_taken.
CREATE INDEX request_waiting ON {s}.request (thread_id, enqueued_at, id) WHERE state = 'WAITING';

CREATE INDEX request_due ON {s}.request (due_at) WHERE due_at IS NOT NULL AND state NOT IN ('READY', 'WAITING', 'TAKEN');

-- What holds for a queue in all processes; the row is locked where a limit has to be counted.
CREATE TABLE {s}.queue (
  name                text COLLATE "C" NOT NULL PRIMARY KEY,
  paused              boolean NOT NULL,
  global_concurrency  int NOT NULL,
  per_key_concurrency int NOT NULL
);

CREATE TABLE {s}.queue_worker (
  owner     text COLLATE "C" NOT NULL,
  queue     text COLLATE "C" NOT NULL,
  workflows text[] NOT NULL,
  slots     int NOT NULL,
  seen_at   bigint NOT NULL,
  PRIMARY KEY (owner, queue)
);
