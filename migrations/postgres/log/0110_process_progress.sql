-- How far processes that follow the log have come. No part of the log: rows change.

CREATE TABLE docket.process_progress (
  name     text   COLLATE "C" PRIMARY KEY,
  epoch    text   NOT NULL,
  position bigint NOT NULL, -- everything up to here was followed
  token    bigint NOT NULL  -- of the lease under which it was written
);

GRANT SELECT ON docket.process_progress TO docket_app, docket_reader;
GRANT INSERT, UPDATE ON docket.process_progress TO docket_app;
