-- Read models of cases. No personal data: titles and parties are what the summary publishes.
CREATE TABLE cases (
  case_id         TEXT PRIMARY KEY,
  workflow        TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  profile         TEXT    NOT NULL,
  title           TEXT    NOT NULL,
  region          TEXT    NOT NULL,
  industry        TEXT,
  unit            TEXT    NOT NULL,
  received_on     TEXT,
  outcome         TEXT    NOT NULL,
  flags           TEXT    NOT NULL,
  handlers        TEXT    NOT NULL,
  version         INTEGER NOT NULL,
  people_version  INTEGER NOT NULL,
  opened_position INTEGER NOT NULL UNIQUE,
  position        INTEGER NOT NULL,
  opened_at       INTEGER NOT NULL,
  changed_at      INTEGER NOT NULL,
  next_due        TEXT,
  overdue         INTEGER NOT NULL,
  next_tick_at    INTEGER
);
CREATE INDEX cases_unit ON cases (unit, opened_position);
CREATE INDEX cases_region ON cases (region, opened_position);
CREATE INDEX cases_overdue ON cases (opened_position) WHERE overdue = 1;
CREATE INDEX cases_next_tick ON cases (next_tick_at) WHERE next_tick_at IS NOT NULL;

CREATE TABLE case_handlers (
  handler TEXT NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (handler, case_id)
) WITHOUT ROWID;
CREATE INDEX case_handlers_case ON case_handlers (case_id);

-- `due_order` is the due instant, or the largest integer while a clock stands still.
CREATE TABLE case_clocks (
  case_id   TEXT    NOT NULL,
  ordinal   INTEGER NOT NULL,
  rule      TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  due_date  TEXT,
  due_order INTEGER NOT NULL,
  clock     TEXT    NOT NULL,
  PRIMARY KEY (case_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX case_clocks_due ON case_clocks (due_order, case_id, ordinal);
