-- Documents (文书、材料): sealed bytes in parts, whose they are while they wait to be named, and where
-- the log names them. No part of the log: rows change and go.

CREATE TABLE documents (
  id            TEXT    PRIMARY KEY,
  owner         TEXT    NOT NULL, -- the account that sent it
  digest        TEXT    NOT NULL, -- sha256: of the clear bytes; empty while they arrive
  media_type    TEXT    NOT NULL,
  bytes         INTEGER NOT NULL, -- clear
  parts         INTEGER NOT NULL,
  cipher        TEXT    NOT NULL, -- of the parts
  sealed_digest TEXT    NOT NULL, -- sha256: of the sealed parts, one after the other
  box           TEXT    NOT NULL, -- its key, sealed for the owner; empty: no more
  received_at   INTEGER NOT NULL, -- microseconds since 1970
  kept_until    INTEGER NOT NULL  -- when the owner's claim ends
) WITHOUT ROWID;
CREATE INDEX documents_of_owner ON documents (owner, digest);
CREATE INDEX documents_waiting ON documents (kept_until) WHERE box <> '';

CREATE TABLE document_parts (
  document TEXT    NOT NULL,
  number   INTEGER NOT NULL,
  sealed   BLOB    NOT NULL,
  PRIMARY KEY (document, number)
);

CREATE TABLE document_references (
  case_id     TEXT    NOT NULL,
  digest      TEXT    NOT NULL,
  key         TEXT    NOT NULL, -- under which the case keeps it
  recorded_by TEXT    NOT NULL,
  position    INTEGER NOT NULL, -- of the first event that says so
  document    TEXT    NOT NULL, -- empty: its bytes are not here
  box         TEXT    NOT NULL, -- the document's key, sealed under `key`
  erased      INTEGER NOT NULL,
  PRIMARY KEY (case_id, digest, key, recorded_by)
) WITHOUT ROWID;
CREATE INDEX document_references_open ON document_references (digest, recorded_by)
  WHERE document = '' AND erased = 0;
CREATE INDEX document_references_of ON document_references (document);

CREATE TABLE document_progress (
  name     TEXT    PRIMARY KEY,
  epoch    TEXT    NOT NULL,
  position INTEGER NOT NULL, -- the log was read up to here
  token    INTEGER NOT NULL
) WITHOUT ROWID;
