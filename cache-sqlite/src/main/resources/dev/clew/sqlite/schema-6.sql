-- Requests that wait for a worker. A thread may have requests before its first run, so they name it by its id.
CREATE TABLE request (
    thread TEXT NOT NULL,
    id TEXT NOT NULL,
    queue TEXT NOT NULL,
    workflow TEXT NOT NULL,
    state TEXT NOT NULL,
    opened INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    concurrency_key TEXT,
    abandons INTEGER NOT NULL,
    delay INTEGER NOT NULL,
    enqueued_at INTEGER NOT NULL,
    due_at INTEGER,
    owner TEXT,
    attempts INTEGER NOT NULL,
    config BLOB NOT NULL,
    input BLOB,
    detail BLOB,
    PRIMARY KEY (thread, id)
);

CREATE INDEX request_ready ON request (queue, priority, enqueued_at, thread, id) WHERE state = 'READY';
CREATE INDEX request_taken ON request (queue, concurrency_key) WHERE state = 'TAKEN';
CREATE INDEX request_line ON request (thread, enqueued_at, id);
CREATE INDEX request_front ON request (thread) WHERE opened OR state IN ('READY', 'TAKEN', 'HELD');
CREATE INDEX request_due_in_line ON request (thread, due_at) WHERE due_at IS NOT NULL AND state <> 'READY';
CREATE INDEX request_waiting ON request (thread, enqueued_at, id) WHERE state = 'WAITING';
CREATE INDEX request_due ON request (due_at) WHERE due_at IS NOT NULL AND state <> 'READY';

CREATE TABLE queue (
    name TEXT PRIMARY KEY,
    paused INTEGER NOT NULL,
    global_concurrency INTEGER NOT NULL,
    per_key_concurrency INTEGER NOT NULL
);

CREATE TABLE worker (
    owner TEXT NOT NULL,
    queue TEXT NOT NULL,
    workflows TEXT NOT NULL,
    slots INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (owner, queue)
);

-- The threads whose lease may have expired. Renewals do not change it.
CREATE INDEX thread_owned ON thread (owner) WHERE owner IS NOT NULL;
