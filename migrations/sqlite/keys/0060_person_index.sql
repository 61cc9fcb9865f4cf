-- The blind index: digests of what identifies persons, under a key of their own, and the keys of
-- these persons. A person's rows go when the key is destroyed.
CREATE TABLE person_index (
  digest TEXT NOT NULL,
  key    TEXT NOT NULL,
  PRIMARY KEY (digest, key)
) WITHOUT ROWID;
CREATE INDEX person_index_key ON person_index (key);
