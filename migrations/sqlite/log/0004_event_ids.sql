-- Event ids are made unique by their source, like everywhere else; no reader looks one up.
DROP INDEX case_events_id;
DROP INDEX access_events_id;
