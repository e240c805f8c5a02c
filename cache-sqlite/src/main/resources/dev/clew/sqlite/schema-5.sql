-- Each run of a thread has a number, from 1 on, in the order of the checkpoints that opened them. A thread knows the greatest
-- number that a run of it has had, so that no number is given twice when runs are deleted.
ALTER TABLE run ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

UPDATE run SET number = counted.number
FROM (SELECT key, row_number() OVER (PARTITION BY thread ORDER BY input_checkpoint) AS number FROM run) AS counted
WHERE counted.key = run.key;

ALTER TABLE thread ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;

UPDATE thread SET runs = (SELECT count(*) FROM run WHERE run.thread = thread.key);
