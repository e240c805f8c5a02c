-- How often the owner of a request's run vanished, and which deployments have had it.
ALTER TABLE {s}.request
  ADD COLUMN losses          int NOT NULL DEFAULT 0,
  ADD COLUMN cancelled       boolean NOT NULL DEFAULT false,
  ADD COLUMN rolls_back      text COLLATE "C",
  ADD COLUMN deployment      text COLLATE "C",
  ADD COLUMN not_deployments text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN excluded_until  bigint;

ALTER TABLE {s}.queue_worker ADD COLUMN deployment text COLLATE "C";
