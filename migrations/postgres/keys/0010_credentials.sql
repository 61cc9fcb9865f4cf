-- Credentials of accounts: hashes of passwords, digests of tokens, sealed secrets of second
-- factors. Beside the keys, because a backup of the log holds neither.
CREATE TABLE docket.credentials (
  kind    text   COLLATE "C" NOT NULL CHECK (kind IN ('account', 'session', 'api_key')),
  name    text   COLLATE "C" NOT NULL,
  owner   text   COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  record  text   NOT NULL,  -- JSON.
  PRIMARY KEY (kind, name)
);
CREATE INDEX credentials_owner ON docket.credentials (kind, owner, name);
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.credentials TO docket_app;
