-- What a writer must find unchanged to trust its memory (`batch`), and the right edge of the log's
-- Merkle tree (RFC 6962), moved with the head. A log from before this has its tree made on opening.
ALTER TABLE heads ADD COLUMN batch TEXT NOT NULL DEFAULT '';
ALTER TABLE heads ADD COLUMN tree BLOB NOT NULL DEFAULT x'';
