-- Results of tasks, for other runs. The parts of a key may be longer than a key of an index, so it has their SHA-256: of class and
-- signature, and of version and arguments. The class and the signature are there in clear for people only.
CREATE TABLE {s}.cached (
  task            bytea NOT NULL,
  call            bytea NOT NULL,
  declaring_class text COLLATE "C" NOT NULL,
  signature       text COLLATE "C" NOT NULL,
  expires_at      bigint,
  entry           bytea NOT NULL,
  PRIMARY KEY (task, call)
);

CREATE INDEX cached_expiry ON {s}.cached (expires_at) WHERE expires_at IS NOT NULL;

-- Documents of the store. A namespace is its labels with a tab between them, which is before all that a label may have: so texts
-- are ordered as namespaces are. plain is what filters look at: null if the document is encrypted, or cannot be looked at here.
CREATE TABLE {s}.document (
  namespace  text COLLATE "C" NOT NULL,
  name       text COLLATE "C" NOT NULL,
  revision   bigint NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  ttl_nanos  bigint,
  expires_at bigint,
  content    bytea NOT NULL,
  vectors    bytea,
  plain      jsonb,
  PRIMARY KEY (namespace, name)
);

CREATE UNIQUE INDEX document_revision_order ON {s}.document (revision);

CREATE INDEX document_expiry ON {s}.document (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX document_plain ON {s}.document USING gin (plain jsonb_path_ops);

CREATE INDEX document_opaque ON {s}.document (namespace) WHERE plain IS NULL;

-- The latest documents that are gone, by the revision at which they went.
CREATE TABLE {s}.document_gone (
  revision  bigint NOT NULL PRIMARY KEY,
  namespace text COLLATE "C" NOT NULL,
  name      text COLLATE "C" NOT NULL
);

-- One row, which every change of documents locks: the latest revision, and the one up to which what is gone may be forgotten.
CREATE TABLE {s}.document_revision (
  one       boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
  latest    bigint NOT NULL,
  forgotten bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO {s}.document_revision (latest, forgotten) VALUES (0, 0);
