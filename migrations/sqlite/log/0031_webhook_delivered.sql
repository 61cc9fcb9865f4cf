-- The position of the last message that was taken, or where the subscription began: a receiver that
-- knows it sees whether it missed one.
ALTER TABLE webhooks ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;
UPDATE webhooks SET delivered = position;
