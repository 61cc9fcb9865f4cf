-- The position of the last message that was taken, or where the subscription began: a receiver that
-- knows it sees whether it missed one.
ALTER TABLE docket.webhooks ADD COLUMN delivered bigint NOT NULL DEFAULT 0;
UPDATE docket.webhooks SET delivered = position;
