-- Append-only is enforced by the database too: against the owner and superusers as well, as long as
-- they do not take the triggers away. ENABLE ALWAYS: `session_replication_role` does not help.

CREATE FUNCTION docket.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'DK010';
END
$$;

CREATE FUNCTION docket.check_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position < OLD.position OR NEW.recorded_at < OLD.recorded_at OR NEW.log <> OLD.log THEN
    RAISE EXCEPTION 'a head never goes back' USING ERRCODE = 'DK010';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION docket.check_stream() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a stream only grows' USING ERRCODE = 'DK010';
END
$$;

-- For one table: no DELETE and no TRUNCATE, and no UPDATE where `is_update_refused`.
CREATE FUNCTION docket.make_append_only(of_table regclass, is_update_refused boolean)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changes text := CASE WHEN is_update_refused THEN 'UPDATE OR DELETE' ELSE 'DELETE' END;
BEGIN
  EXECUTE format('CREATE TRIGGER refuse_change BEFORE %s ON %s FOR EACH ROW'
                 ' EXECUTE FUNCTION docket.refuse_change()', changes, of_table);
  EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT'
                 ' EXECUTE FUNCTION docket.refuse_change()', of_table);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_change', of_table);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_truncate', of_table);
END
$$;

SELECT docket.make_append_only('docket.case_events', true);
SELECT docket.make_append_only('docket.access_events', true);
SELECT docket.make_append_only('docket.commands', true);
SELECT docket.make_append_only('docket.epochs', true);
SELECT docket.make_append_only('docket.heads', false);
SELECT docket.make_append_only('docket.streams', false);

CREATE TRIGGER check_head BEFORE UPDATE ON docket.heads FOR EACH ROW
  EXECUTE FUNCTION docket.check_head();
ALTER TABLE docket.heads ENABLE ALWAYS TRIGGER check_head;

-- A condition of the trigger, not of its function: nothing is called while streams grow.
CREATE TRIGGER check_stream BEFORE UPDATE ON docket.streams FOR EACH ROW
  WHEN (NEW.version <= OLD.version OR NEW.stream <> OLD.stream OR NEW.log <> OLD.log
        OR NEW.first_position <> OLD.first_position)
  EXECUTE FUNCTION docket.check_stream();
ALTER TABLE docket.streams ENABLE ALWAYS TRIGGER check_stream;
