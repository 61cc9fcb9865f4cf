-- What belongs to the file as a whole: `id`, which the log that it serves knows too.
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
