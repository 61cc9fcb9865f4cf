-- Notifications (通知): what accounts were told, how far the log was read for it, and how each notice
-- went out. No part of the log: rows change and go.

CREATE TABLE notifications (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  recipient    TEXT    NOT NULL,
  position     INTEGER NOT NULL, -- of the event that it tells of
  step         INTEGER NOT NULL, -- 0: told at once; 1: to the unit's head; 2: to the office
  event_id     TEXT    NOT NULL,
  workflow     TEXT    NOT NULL,
  case_id      TEXT    NOT NULL,
  clock        TEXT    NOT NULL, -- empty: of no clock
  rule         TEXT    NOT NULL, -- row of the workflow's notices
  kind         TEXT    NOT NULL,
  text         TEXT    NOT NULL, -- no personal text
  created_at   INTEGER NOT NULL, -- microseconds since 1970, like every instant here; 0: not yet
  read_at      INTEGER NOT NULL,
  escalate_at  INTEGER NOT NULL, -- when it goes to the next while it is unread; 0: it does not
  escalated_at INTEGER NOT NULL,
  UNIQUE (recipient, position)
);
CREATE INDEX notifications_of_recipient ON notifications (recipient, number);
CREATE INDEX notifications_unread ON notifications (recipient, number) WHERE read_at = 0;
CREATE INDEX notifications_escalating ON notifications (escalate_at)
  WHERE escalate_at > 0 AND read_at = 0 AND escalated_at = 0;
CREATE INDEX notifications_age ON notifications (created_at);

CREATE TABLE notification_deliveries (
  notification    INTEGER NOT NULL,
  channel         TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  message_id      TEXT    NOT NULL, -- the same whenever it is sent
  attempts        INTEGER NOT NULL,
  next_attempt_at INTEGER NOT NULL,
  made_at         INTEGER NOT NULL,
  sent_at         INTEGER NOT NULL,
  receipt         TEXT    NOT NULL, -- what the other side called it
  reason          TEXT    NOT NULL, -- why it failed last, or was given up
  PRIMARY KEY (notification, channel)
) WITHOUT ROWID;
CREATE INDEX notification_deliveries_due ON notification_deliveries (state, next_attempt_at);

-- How an account wants to be told; absent: as everybody is.
CREATE TABLE notification_preferences (
  account  TEXT    PRIMARY KEY,
  settings TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TABLE notification_progress (
  name     TEXT    PRIMARY KEY,
  position INTEGER NOT NULL,
  token    INTEGER NOT NULL -- of the lease under which it was last moved
) WITHOUT ROWID;
