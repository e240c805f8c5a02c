-- Schedules, which add requests. revision is what changes compare; it grows over deletion, too.
CREATE TABLE {s}.schedule (
  name            text COLLATE "C" NOT NULL PRIMARY KEY,
  revision        bigint NOT NULL,
  ticks           text COLLATE "C" NOT NULL,
  overlap         text COLLATE "C" NOT NULL,
  missed          text COLLATE "C" NOT NULL,
  catch_up        bigint NOT NULL,
  workflow        text COLLATE "C" NOT NULL,
  thread_id       text COLLATE "C",
  queue           text COLLATE "C" NOT NULL,
  priority        int NOT NULL,
  concurrency_key text COLLATE "C",
  abandons        boolean NOT NULL,
  config          bytea NOT NULL,
  input           bytea,
  paused          boolean NOT NULL,
  next_at         bigint,
  last_thread     text COLLATE "C",
  last_request    text COLLATE "C"
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE INDEX schedule_due ON {s}.schedule (next_at, name) WHERE NOT paused AND next_at IS NOT NULL;
