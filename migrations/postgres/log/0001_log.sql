-- The log: two of them (1 cases, 2 access) with a dense order of positions each.
--
-- Each log has its events in a table of its own, partitioned by position: a partition can be moved
-- to slower storage or detached as a whole. Everything else is shared and keyed by `log`, and never
-- partitioned, because what must be unique is unique there. Texts compare by byte: no locale of a
-- machine decides what is equal or comes first.

CREATE TABLE docket.settings (
  name  text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);

-- Every incarnation of a log: where it began (`fork_position`), and in which database of which
-- server at which timeline (`store`).
CREATE TABLE docket.epochs (
  number        integer  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  log           smallint NOT NULL CHECK (log IN (1, 2)),
  epoch         text COLLATE "C" NOT NULL UNIQUE,
  minted_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  fork_position bigint   NOT NULL,
  store         text COLLATE "C" NOT NULL
);

-- The last position handed out. It is kept, never computed from what is stored, so that a position
-- is never issued twice. Each batch rewrites the row, hence the room for updates in place.
CREATE TABLE docket.heads (
  log          smallint PRIMARY KEY CHECK (log IN (1, 2)),
  epoch_number integer  NOT NULL REFERENCES docket.epochs,
  position     bigint   NOT NULL,
  recorded_at  bigint   NOT NULL,
  epoch        text COLLATE "C" NOT NULL,
  batch        text COLLATE "C" NOT NULL,
  tree         bytea    NOT NULL
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

CREATE TABLE docket.case_events (
  position        bigint   NOT NULL,
  version         bigint   NOT NULL CHECK (version > 0),
  occurred_at     bigint   NOT NULL,
  recorded_at     bigint   NOT NULL,
  schema_version  integer  NOT NULL,
  virtual_clock   boolean  NOT NULL,
  stream          text COLLATE "C" NOT NULL,
  event_id        text COLLATE "C" NOT NULL,
  type            text COLLATE "C" NOT NULL,
  actor           text COLLATE "C" NOT NULL,
  recorded_by     text COLLATE "C" NOT NULL,
  unit            text COLLATE "C" NOT NULL,
  role            text COLLATE "C" NOT NULL,
  command_id      text COLLATE "C" NOT NULL,
  correlation     text COLLATE "C" NOT NULL,
  causation       text COLLATE "C" NOT NULL,
  region          text COLLATE "C" NOT NULL,
  confidentiality text COLLATE "C" NOT NULL,
  salt            bytea    NOT NULL,
  data_digest     bytea    NOT NULL,
  leaf_hash       bytea    NOT NULL,
  data            text COLLATE "C" NOT NULL
) PARTITION BY RANGE (position);
CREATE TABLE docket.access_events (LIKE docket.case_events INCLUDING CONSTRAINTS)
  PARTITION BY RANGE (position);

ALTER TABLE docket.case_events ADD PRIMARY KEY (position);
ALTER TABLE docket.access_events ADD PRIMARY KEY (position);

-- `first_position` tells a reader which partitions a stream begins in.
CREATE TABLE docket.streams (
  log            smallint NOT NULL,
  version        bigint   NOT NULL,
  first_position bigint   NOT NULL,
  stream         text COLLATE "C" NOT NULL,
  PRIMARY KEY (stream, log)
) WITH (fillfactor = 70);

-- What an actor's command left behind: a repeat is given the same answer.
CREATE TABLE docket.commands (
  log            smallint NOT NULL,
  epoch_number   integer  NOT NULL,
  first_position bigint   NOT NULL,
  last_position  bigint   NOT NULL,
  recorded_at    bigint   NOT NULL,
  version        bigint   NOT NULL,
  actor          text COLLATE "C" NOT NULL,
  command_id     text COLLATE "C" NOT NULL,
  mac_key        text COLLATE "C" NOT NULL,
  content_mac    text COLLATE "C" NOT NULL,
  stream         text COLLATE "C" NOT NULL,
  PRIMARY KEY (command_id, actor, log)
);

-- Who runs what must run once: `token` grows with every holder. The lock itself is an advisory
-- lock of the holder's session.
CREATE TABLE docket.leases (
  name  text COLLATE "C" PRIMARY KEY,
  token bigint NOT NULL
);
