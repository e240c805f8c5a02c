-- Results of tasks, for other runs. A key is four columns, so that no two keys are alike once they are joined.
CREATE TABLE cached (
  key             INTEGER PRIMARY KEY,
  declaring_class TEXT NOT NULL,
  signature       TEXT NOT NULL,
  version         TEXT NOT NULL,
  arguments       TEXT NOT NULL,
  expires_at      INTEGER,
  entry           BLOB NOT NULL,
  UNIQUE (declaring_class, signature, version, arguments)
) STRICT;

CREATE INDEX cached_by_expiry ON cached (expires_at) WHERE expires_at IS NOT NULL;
