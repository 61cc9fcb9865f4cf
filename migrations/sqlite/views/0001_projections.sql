-- How far each projection has read, moved in the same transaction as its rows.
CREATE TABLE checkpoints (
  projection TEXT PRIMARY KEY,
  version    INTEGER NOT NULL,
  epoch      TEXT    NOT NULL,
  position   INTEGER NOT NULL
) WITHOUT ROWID;

-- Streams that could not be applied; the rest goes on without them.
CREATE TABLE parked (
  projection TEXT    NOT NULL,
  stream     TEXT    NOT NULL,
  position   INTEGER NOT NULL,
  reason     TEXT    NOT NULL,
  PRIMARY KEY (projection, stream)
) WITHOUT ROWID;
