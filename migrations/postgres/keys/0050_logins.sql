-- Certificates and identities of issuers that accounts log in with. Beside the other credentials.
ALTER TABLE docket.credentials DROP CONSTRAINT credentials_kind_check;
ALTER TABLE docket.credentials ADD CONSTRAINT credentials_kind_check
  CHECK (kind IN ('account', 'session', 'api_key', 'login'));
