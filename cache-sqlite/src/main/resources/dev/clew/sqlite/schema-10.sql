-- What a run told beside its log. The total is how many bytes the run's pieces have up to this one.
CREATE TABLE tape (
    thread TEXT NOT NULL,
    run INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    total INTEGER NOT NULL,
    bytes BLOB NOT NULL
);
CREATE UNIQUE INDEX tape_piece ON tape (thread, run, seq);
CREATE INDEX tape_age ON tape (seq);
