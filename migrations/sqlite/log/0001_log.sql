-- The log: two of them (1 cases, 2 access) with a dense order of positions each.
--
-- Each log has its events in a table of its own, so that a position is the rowid and appending
-- goes to the right edge of the tree. Everything else is shared and keyed by `log`.

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The last position handed out. It is kept, never computed from what is stored, so that a
-- position is never issued twice.
CREATE TABLE heads (
  log         INTEGER PRIMARY KEY CHECK (log IN (1, 2)),
  epoch       TEXT    NOT NULL,
  position    INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL
);

-- Every incarnation of a log: where it began (`fork_position`) and in which store.
CREATE TABLE epochs (
  log           INTEGER NOT NULL,
  epoch         TEXT    NOT NULL,
  minted_at     INTEGER NOT NULL,
  fork_position INTEGER NOT NULL,
  store         TEXT    NOT NULL,
  PRIMARY KEY (log, epoch)
) WITHOUT ROWID;

CREATE TABLE case_events (
  position        INTEGER PRIMARY KEY,
  stream          TEXT    NOT NULL,
  version         INTEGER NOT NULL CHECK (version > 0),
  event_id        TEXT    NOT NULL,
  type            TEXT    NOT NULL,
  schema_version  INTEGER NOT NULL,
  occurred_at     INTEGER NOT NULL,
  recorded_at     INTEGER NOT NULL,
  actor           TEXT    NOT NULL,
  recorded_by     TEXT    NOT NULL,
  unit            TEXT    NOT NULL,
  role            TEXT    NOT NULL,
  command_id      TEXT    NOT NULL,
  correlation     TEXT    NOT NULL,
  causation       TEXT    NOT NULL,
  region          TEXT    NOT NULL,
  confidentiality TEXT    NOT NULL,
  virtual_clock   INTEGER NOT NULL CHECK (virtual_clock IN (0, 1)),
  data            TEXT    NOT NULL,
  salt            TEXT    NOT NULL,
  data_digest     TEXT    NOT NULL,
  leaf_hash       TEXT    NOT NULL
);
CREATE UNIQUE INDEX case_events_stream ON case_events (stream, version);
CREATE UNIQUE INDEX case_events_id ON case_events (event_id);

CREATE TABLE access_events (
  position        INTEGER PRIMARY KEY,
  stream          TEXT    NOT NULL,
  version         INTEGER NOT NULL CHECK (version > 0),
  event_id        TEXT    NOT NULL,
  type            TEXT    NOT NULL,
  schema_version  INTEGER NOT NULL,
  occurred_at     INTEGER NOT NULL,
  recorded_at     INTEGER NOT NULL,
  actor           TEXT    NOT NULL,
  recorded_by     TEXT    NOT NULL,
  unit            TEXT    NOT NULL,
  role            TEXT    NOT NULL,
  command_id      TEXT    NOT NULL,
  correlation     TEXT    NOT NULL,
  causation       TEXT    NOT NULL,
  region          TEXT    NOT NULL,
  confidentiality TEXT    NOT NULL,
  virtual_clock   INTEGER NOT NULL CHECK (virtual_clock IN (0, 1)),
  data            TEXT    NOT NULL,
  salt            TEXT    NOT NULL,
  data_digest     TEXT    NOT NULL,
  leaf_hash       TEXT    NOT NULL
);
CREATE UNIQUE INDEX access_events_stream ON access_events (stream, version);
CREATE UNIQUE INDEX access_events_id ON access_events (event_id);

CREATE TABLE streams (
  log     INTEGER NOT NULL,
  stream  TEXT    NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (log, stream)
) WITHOUT ROWID;

-- What an actor's command left behind: a repeat is given the same answer.
CREATE TABLE commands (
  log            INTEGER NOT NULL,
  actor          TEXT    NOT NULL,
  command_id     TEXT    NOT NULL,
  mac_key        TEXT    NOT NULL,
  content_mac    TEXT    NOT NULL,
  epoch          TEXT    NOT NULL,
  first_position INTEGER NOT NULL,
  last_position  INTEGER NOT NULL,
  recorded_at    INTEGER NOT NULL,
  stream         TEXT    NOT NULL,
  version        INTEGER NOT NULL,
  PRIMARY KEY (log, actor, command_id)
) WITHOUT ROWID;
