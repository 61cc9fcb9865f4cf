-- Keys of data subjects. A destroyed key leaves its name, so that it is never made again.
CREATE TABLE keys (
  key          TEXT PRIMARY KEY,
  secret       TEXT,             -- 64 hex digits; NULL once destroyed.
  created_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  destroyed_at TEXT
) WITHOUT ROWID;

CREATE TRIGGER keys_delete BEFORE DELETE ON keys
BEGIN SELECT RAISE(ABORT, 'the name of a key is never removed'); END;
CREATE TRIGGER keys_update BEFORE UPDATE ON keys
WHEN OLD.destroyed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a destroyed key does not come back'); END;
