-- How often the owner of a request's run vanished, and which deployments have had it.
ALTER TABLE request ADD COLUMN losses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN rolls_back TEXT;
ALTER TABLE request ADD COLUMN deployment TEXT;
ALTER TABLE request ADD COLUMN not_deployments TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN excluded_until INTEGER;

ALTER TABLE worker ADD COLUMN deployment TEXT;
