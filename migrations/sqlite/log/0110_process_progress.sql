-- How far processes that follow the log have come. No part of the log: rows change.

CREATE TABLE process_progress (
  name     TEXT    NOT NULL PRIMARY KEY,
  epoch    TEXT    NOT NULL,
  position INTEGER NOT NULL, -- everything up to here was followed
  token    INTEGER NOT NULL  -- of the lease under which it was written
) WITHOUT ROWID;
