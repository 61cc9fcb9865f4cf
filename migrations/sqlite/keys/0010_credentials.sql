-- Credentials of accounts: hashes of passwords, digests of tokens, sealed secrets of second
-- factors. Beside the keys, because a backup of the log holds neither.
CREATE TABLE credentials (
  kind    TEXT    NOT NULL CHECK (kind IN ('account', 'session', 'api_key')),
  name    TEXT    NOT NULL,
  owner   TEXT    NOT NULL,
  version INTEGER NOT NULL,
  record  TEXT    NOT NULL,  -- JSON.
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE INDEX credentials_owner ON credentials (kind, owner, name);
