-- The blind index: digests of what identifies persons, under a key of their own, and the keys of
-- these persons. A person's rows go when the key is destroyed.
CREATE TABLE docket.person_index (
  digest text COLLATE "C" NOT NULL,
  key    text COLLATE "C" NOT NULL,
  PRIMARY KEY (digest, key)
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
CREATE INDEX person_index_key ON docket.person_index (key);
GRANT SELECT, INSERT, DELETE ON docket.person_index TO docket_app;
