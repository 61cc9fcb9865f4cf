-- Webhook subscriptions, and what became of their deliveries. No part of the log: rows change and go.

CREATE TABLE docket.webhooks (
  id              text COLLATE "C" PRIMARY KEY,
  owner           text COLLATE "C" NOT NULL,
  url             text   NOT NULL,
  filter          text   NOT NULL,
  state           text   NOT NULL,
  reason          text   NOT NULL,
  secrets         text   NOT NULL, -- sealed
  epoch           text   NOT NULL,
  position        bigint NOT NULL, -- delivered, or not to be shown, up to here
  failures        bigint NOT NULL, -- in a row
  next_attempt_at bigint NOT NULL, -- microseconds since 1970
  created_at      bigint NOT NULL,
  revision        bigint NOT NULL  -- grows with every change; a change names the one it saw
);
CREATE INDEX webhooks_due ON docket.webhooks (state, next_attempt_at);

CREATE TABLE docket.webhook_deliveries (
  webhook      text COLLATE "C" NOT NULL,
  number       bigint NOT NULL,
  position     bigint NOT NULL,
  event_id     text   NOT NULL,
  attempted_at bigint NOT NULL,
  took_ms      bigint NOT NULL,
  status       bigint NOT NULL, -- of HTTP; 0: no answer
  outcome      text   NOT NULL,
  detail       text   NOT NULL,
  PRIMARY KEY (webhook, number)
);

GRANT SELECT ON docket.webhooks, docket.webhook_deliveries TO docket_app, docket_reader;
GRANT INSERT, UPDATE, DELETE ON docket.webhooks, docket.webhook_deliveries TO docket_app;
