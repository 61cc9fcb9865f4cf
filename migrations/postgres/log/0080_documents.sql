-- Documents (文书、材料): sealed bytes in parts, whose they are while they wait to be named, and where
-- the log names them. No part of the log: rows change and go.

CREATE TABLE docket.documents (
  id            text   COLLATE "C" PRIMARY KEY,
  owner         text   COLLATE "C" NOT NULL, -- the account that sent it
  digest        text   COLLATE "C" NOT NULL, -- sha256: of the clear bytes; empty while they arrive
  media_type    text   NOT NULL,
  bytes         bigint NOT NULL, -- clear
  parts         bigint NOT NULL,
  cipher        text   NOT NULL, -- of the parts
  sealed_digest text   NOT NULL, -- sha256: of the sealed parts, one after the other
  box           text   NOT NULL, -- its key, sealed for the owner; empty: no more
  received_at   bigint NOT NULL, -- microseconds since 1970
  kept_until    bigint NOT NULL  -- when the owner's claim ends
);
CREATE INDEX documents_of_owner ON docket.documents (owner, digest);
CREATE INDEX documents_waiting ON docket.documents (kept_until) WHERE box <> '';

CREATE TABLE docket.document_parts (
  document text   COLLATE "C" NOT NULL,
  number   bigint NOT NULL,
  sealed   bytea  NOT NULL,
  PRIMARY KEY (document, number)
);
-- Sealed bytes do not get smaller.
ALTER TABLE docket.document_parts ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE docket.document_references (
  case_id     text   COLLATE "C" NOT NULL,
  digest      text   COLLATE "C" NOT NULL,
  key         text   COLLATE "C" NOT NULL, -- under which the case keeps it
  recorded_by text   COLLATE "C" NOT NULL,
  position    bigint NOT NULL, -- of the first event that says so
  document    text   COLLATE "C" NOT NULL, -- empty: its bytes are not here
  box         text   NOT NULL, -- the document's key, sealed under `key`
  erased      bigint NOT NULL,
  PRIMARY KEY (case_id, digest, key, recorded_by)
);
CREATE INDEX document_references_open ON docket.document_references (digest, recorded_by)
  WHERE document = '' AND erased = 0;
CREATE INDEX document_references_of ON docket.document_references (document);

CREATE TABLE docket.document_progress (
  name     text   COLLATE "C" PRIMARY KEY,
  epoch    text   NOT NULL,
  position bigint NOT NULL, -- the log was read up to here
  token    bigint NOT NULL
);

GRANT SELECT ON docket.documents, docket.document_parts, docket.document_references,
  docket.document_progress TO docket_app, docket_reader;
GRANT INSERT, UPDATE, DELETE ON docket.documents, docket.document_parts,
  docket.document_references, docket.document_progress TO docket_app;
