-- Schedules, which add requests. revision is what changes compare; it grows over deletion, too.
CREATE TABLE schedule (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    ticks TEXT NOT NULL,
    overlap TEXT NOT NULL,
    missed TEXT NOT NULL,
    catch_up INTEGER NOT NULL,
    workflow TEXT NOT NULL,
    thread TEXT,
    queue TEXT NOT NULL,
    priority INTEGER NOT NULL,
    concurrency_key TEXT,
    abandons INTEGER NOT NULL,
    config BLOB NOT NULL,
    input BLOB,
    paused INTEGER NOT NULL,
    next_at INTEGER,
    last_thread TEXT,
    last_request TEXT
);

CREATE INDEX schedule_due ON schedule (next_at, name) WHERE NOT paused AND next_at IS NOT NULL;
