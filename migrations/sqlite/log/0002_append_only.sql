-- Append-only is enforced by the database too, against any program that opens the file.
-- A batch moves its head last, so a new position is always beyond the head.

CREATE TRIGGER case_events_update BEFORE UPDATE ON case_events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER case_events_delete BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER case_events_insert BEFORE INSERT ON case_events
WHEN NEW.position <= (SELECT position FROM heads WHERE log = 1)
BEGIN SELECT RAISE(ABORT, 'a position is never issued twice'); END;

CREATE TRIGGER access_events_update BEFORE UPDATE ON access_events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER access_events_delete BEFORE DELETE ON access_events
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER access_events_insert BEFORE INSERT ON access_events
WHEN NEW.position <= (SELECT position FROM heads WHERE log = 2)
BEGIN SELECT RAISE(ABORT, 'a position is never issued twice'); END;

CREATE TRIGGER commands_update BEFORE UPDATE ON commands
BEGIN SELECT RAISE(ABORT, 'commands are never changed'); END;
CREATE TRIGGER commands_delete BEFORE DELETE ON commands
BEGIN SELECT RAISE(ABORT, 'commands are never removed'); END;

CREATE TRIGGER epochs_update BEFORE UPDATE ON epochs
BEGIN SELECT RAISE(ABORT, 'epochs are never changed'); END;
CREATE TRIGGER epochs_delete BEFORE DELETE ON epochs
BEGIN SELECT RAISE(ABORT, 'epochs are never removed'); END;

CREATE TRIGGER heads_update BEFORE UPDATE ON heads
WHEN NEW.position < OLD.position OR NEW.recorded_at < OLD.recorded_at
BEGIN SELECT RAISE(ABORT, 'a head never goes back'); END;
CREATE TRIGGER heads_delete BEFORE DELETE ON heads
BEGIN SELECT RAISE(ABORT, 'a head is never removed'); END;

CREATE TRIGGER streams_update BEFORE UPDATE ON streams
WHEN NEW.version <= OLD.version
BEGIN SELECT RAISE(ABORT, 'a stream only grows'); END;
CREATE TRIGGER streams_delete BEFORE DELETE ON streams
BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;
