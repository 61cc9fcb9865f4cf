-- Certificates and identities of issuers that accounts log in with. Beside the other credentials.
CREATE TABLE credentials_with_logins (
  kind    TEXT    NOT NULL CHECK (kind IN ('account', 'session', 'api_key', 'login')),
  name    TEXT    NOT NULL,
  owner   TEXT    NOT NULL,
  version INTEGER NOT NULL,
  record  TEXT    NOT NULL,  -- JSON.
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;
INSERT INTO credentials_with_logins SELECT kind, name, owner, version, record FROM credentials;
DROP TABLE credentials;
ALTER TABLE credentials_with_logins RENAME TO credentials;
CREATE INDEX credentials_owner ON credentials (kind, owner, name);
