-- Documents of the store. A namespace is its labels with '.' between them, which no label contains. Every change of a
-- document gives it the next revision of all, by which readers follow what others wrote.
CREATE TABLE document (
  key         INTEGER PRIMARY KEY,
  namespace   TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  revision    INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  ttl_nanos   INTEGER,
  expires_at  INTEGER,
  content     BLOB    NOT NULL,
  vectors     BLOB,
  UNIQUE (namespace, name)
) STRICT;

CREATE UNIQUE INDEX document_by_revision ON document (revision);

CREATE INDEX document_by_expiry ON document (expires_at) WHERE expires_at IS NOT NULL;

-- The latest documents that are gone, by the revision at which they went.
CREATE TABLE document_gone (
  revision  INTEGER PRIMARY KEY,
  namespace TEXT NOT NULL,
  name      TEXT NOT NULL
) STRICT;

-- One row: the latest revision, and the one up to which what is gone may be forgotten.
CREATE TABLE document_revision (
  latest    INTEGER NOT NULL,
  forgotten INTEGER NOT NULL
) STRICT;

INSERT INTO document_revision VALUES (0, 0);
