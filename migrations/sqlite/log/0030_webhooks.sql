-- Webhook subscriptions, and what became of their deliveries. No part of the log: rows change and go.

CREATE TABLE webhooks (
  id              TEXT    PRIMARY KEY,
  owner           TEXT    NOT NULL,
  url             TEXT    NOT NULL,
  filter          TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  secrets         TEXT    NOT NULL, -- sealed
  epoch           TEXT    NOT NULL,
  position        INTEGER NOT NULL, -- delivered, or not to be shown, up to here
  failures        INTEGER NOT NULL, -- in a row
  next_attempt_at INTEGER NOT NULL, -- microseconds since 1970
  created_at      INTEGER NOT NULL,
  revision        INTEGER NOT NULL  -- grows with every change; a change names the one it saw
) WITHOUT ROWID;
CREATE INDEX webhooks_due ON webhooks (state, next_attempt_at);

CREATE TABLE webhook_deliveries (
  webhook      TEXT    NOT NULL,
  number       INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  event_id     TEXT    NOT NULL,
  attempted_at INTEGER NOT NULL,
  took_ms      INTEGER NOT NULL,
  status       INTEGER NOT NULL, -- of HTTP; 0: no answer
  outcome      TEXT    NOT NULL,
  detail       TEXT    NOT NULL,
  PRIMARY KEY (webhook, number)
) WITHOUT ROWID;
