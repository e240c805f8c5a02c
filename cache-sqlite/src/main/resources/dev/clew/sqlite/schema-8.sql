-- One row once the index of threads is kept.
CREATE TABLE index_state (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    opened_at INTEGER NOT NULL
);

-- What was attached to threads, also before they run. No name of a column is one of thread's.
CREATE TABLE thread_info (
    thread_id TEXT NOT NULL UNIQUE,
    meant_workflow TEXT,
    metadata BLOB NOT NULL,
    labels BLOB NOT NULL,
    temporary INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    indexed_at INTEGER NOT NULL,
    altered_at INTEGER NOT NULL
);

CREATE INDEX thread_info_newest ON thread_info (indexed_at, thread_id) WHERE NOT temporary;

-- By which labels threads are found. The moment is the thread's, so that a label's newest threads are read in order.
CREATE TABLE thread_label (
    label TEXT NOT NULL,
    indexed_at INTEGER NOT NULL,
    thread_id TEXT NOT NULL,
    PRIMARY KEY (label, indexed_at, thread_id)
) WITHOUT ROWID;

CREATE INDEX thread_label_of_thread ON thread_label (thread_id, label);

-- Requests that servers got.
CREATE TABLE request_record (
    thread_id TEXT NOT NULL,
    id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    status TEXT,
    checkpoint_id TEXT,
    seq INTEGER,
    PRIMARY KEY (thread_id, id)
);

CREATE INDEX request_record_open ON request_record (thread_id, run_id) WHERE ended_at IS NULL;
CREATE INDEX request_record_by_id ON request_record (id, created_at);
CREATE INDEX request_record_newest ON request_record (thread_id, created_at, id);
