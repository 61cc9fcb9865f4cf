-- All that a running program may do to the log. The functions run with their owner's rights, so
-- that the program needs none to insert or update.
--
-- Who writes takes turns by an advisory lock (1146045259, log). The quick way takes it for one
-- statement, or gives up; a batch that follows one of the same writer waits for that. The long way
-- takes it for the session while it reads and decides, and hands it to the transaction that writes:
-- so it needs two round trips and no open transaction.
-- What keeps the log whole is not this lock but the head, which must be where the batch was
-- decided.
--
-- `log + 0`: an index does not serve it, so that a plan made while a table is small cannot look
-- through all of one log, and goes by stream and command id instead.

-- The rows of a batch, as they are sent: one array of each, because taking an array apart costs as
-- much as writing a row.
CREATE TYPE docket.stream_move AS (
  stream text, since bigint, upto bigint, first_position bigint);
CREATE TYPE docket.command_row AS (
  actor text, command_id text, mac_key text, content_mac text, first_position bigint,
  last_position bigint, recorded_at bigint, stream text, version bigint);
CREATE TYPE docket.event_row AS (
  stream text, version bigint, event_id text, type text, schema_version integer,
  occurred_at bigint, actor text, recorded_by text, unit text, role text, command_id text,
  correlation text, causation text, region text, confidentiality text, virtual_clock boolean,
  data text, salt bytea, data_digest bytea, leaf_hash bytea);

-- The whole of a batch, or nothing. Positions follow from the head: whoever calls this cannot leave
-- a gap. `turn`: 0 if it is free, 1 wait for it, 2 the caller has called lock_batch. False: it is
-- not the caller's turn, or the head is not where the batch was decided; that is common, and no
-- error in the server's log.
-- SQLSTATE DK002: a stream is not. A unique violation: a stream or a command id is there already.
CREATE FUNCTION docket.append_batch(
  turn smallint, of_log smallint, in_epoch text, before_position bigint, before_batch text,
  new_position bigint, new_recorded_at bigint, new_batch text, new_tree bytea,
  created docket.stream_move[], moved docket.stream_move[], commands docket.command_row[],
  events docket.event_row[])
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  number_of_epoch integer;
  moved_count bigint;
BEGIN
  IF turn = 1 THEN
    PERFORM pg_advisory_xact_lock(1146045259, of_log);
  ELSIF NOT pg_try_advisory_xact_lock(1146045259, of_log) THEN
    RETURN false;
  END IF;
  IF turn = 2 THEN
    -- From here on the transaction holds it: whoever is next sees what this one wrote.
    PERFORM pg_advisory_unlock(1146045259, of_log);
    PERFORM set_config('idle_session_timeout', '0', false);
  END IF;
  UPDATE docket.heads AS h
     SET position = new_position, recorded_at = new_recorded_at, batch = new_batch,
         tree = new_tree
   WHERE h.log = of_log AND h.epoch = in_epoch AND h.position = before_position
     AND h.batch = before_batch
  RETURNING h.epoch_number INTO number_of_epoch;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF new_position - before_position <> cardinality(events) THEN
    RAISE EXCEPTION 'a batch leaves no gap' USING ERRCODE = 'DK010';
  END IF;

  IF cardinality(created) > 0 THEN
    INSERT INTO docket.streams (log, stream, version, first_position)
    SELECT of_log, x.stream, x.upto, x.first_position FROM unnest(created) AS x;
  END IF;
  IF cardinality(moved) > 0 THEN
    UPDATE docket.streams AS s SET version = x.upto FROM unnest(moved) AS x
     WHERE s.log + 0 = of_log AND s.stream = x.stream AND s.version = x.since;
    GET DIAGNOSTICS moved_count = ROW_COUNT;
    IF moved_count <> cardinality(moved) THEN
      RAISE EXCEPTION 'a stream has moved' USING ERRCODE = 'DK002';
    END IF;
  END IF;
  IF cardinality(commands) > 0 THEN
    INSERT INTO docket.commands (log, epoch_number, first_position, last_position, recorded_at,
                                 version, actor, command_id, mac_key, content_mac, stream)
    SELECT of_log, number_of_epoch, x.first_position, x.last_position, x.recorded_at, x.version,
           x.actor, x.command_id, x.mac_key, x.content_mac, x.stream
      FROM unnest(commands) AS x;
  END IF;

  IF cardinality(events) = 0 THEN
    RETURN true;
  ELSIF of_log = 1 THEN
    INSERT INTO docket.case_events (
      position, recorded_at, stream, version, event_id, type, schema_version, occurred_at, actor,
      recorded_by, unit, role, command_id, correlation, causation, region, confidentiality,
      virtual_clock, data, salt, data_digest, leaf_hash)
    SELECT before_position + x.ordinality, new_recorded_at, x.stream, x.version, x.event_id, x.type,
           x.schema_version, x.occurred_at, x.actor, x.recorded_by, x.unit, x.role, x.command_id,
           x.correlation, x.causation, x.region, x.confidentiality, x.virtual_clock, x.data,
           x.salt, x.data_digest, x.leaf_hash
      FROM unnest(events) WITH ORDINALITY AS x;
  ELSE
    INSERT INTO docket.access_events (
      position, recorded_at, stream, version, event_id, type, schema_version, occurred_at, actor,
      recorded_by, unit, role, command_id, correlation, causation, region, confidentiality,
      virtual_clock, data, salt, data_digest, leaf_hash)
    SELECT before_position + x.ordinality, new_recorded_at, x.stream, x.version, x.event_id, x.type,
           x.schema_version, x.occurred_at, x.actor, x.recorded_by, x.unit, x.role, x.command_id,
           x.correlation, x.causation, x.region, x.confidentiality, x.virtual_clock, x.data,
           x.salt, x.data_digest, x.leaf_hash
      FROM unnest(events) WITH ORDINALITY AS x;
  END IF;
  RETURN true;
END
$$;

-- Waits for its turn, which lasts until append_batch or pg_advisory_unlock_all, and reads what a
-- batch must know. A caller that falls silent loses its session, and with it its turn. `kind`:
-- 0 the head (a epoch, b batch, c tree in hex; n1 position, n2 recorded_at)
-- 1 a stream (a stream; n1 version)
-- 2 a command (a actor, b id, c mac_key, d content_mac, e epoch, f stream; n1 first, n2 last,
--   n3 recorded_at, n4 version)
-- 3 an event stored after `since` (a event_id, b stream; n1 position, n2 version, n3 recorded_at)
CREATE FUNCTION docket.lock_batch(
  of_log smallint, for_streams text[], for_actors text[], for_commands text[], for_events text[],
  since bigint)
RETURNS TABLE (kind integer, a text, b text, c text, d text, e text, f text,
               n1 bigint, n2 bigint, n3 bigint, n4 bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_lock(1146045259, of_log);
  PERFORM set_config('idle_session_timeout', '30s', false);
  -- Each statement sees what was committed before it began: all that was written before this turn.
  RETURN QUERY
    SELECT 0, h.epoch, h.batch, encode(h.tree, 'hex'), '', '', '', h.position, h.recorded_at,
           0::bigint, 0::bigint
      FROM docket.heads AS h WHERE h.log = of_log;
  RETURN QUERY
    SELECT 1, s.stream, '', '', '', '', '', s.version, 0::bigint, 0::bigint, 0::bigint
      FROM unnest(for_streams) AS x (stream)
      JOIN docket.streams AS s ON s.log + 0 = of_log AND s.stream = x.stream;
  RETURN QUERY
    SELECT 2, k.actor, k.command_id, k.mac_key, k.content_mac, p.epoch, k.stream,
           k.first_position, k.last_position, k.recorded_at, k.version
      FROM unnest(for_actors, for_commands) AS x (actor, command_id)
      JOIN docket.commands AS k
        ON k.log + 0 = of_log AND k.actor = x.actor AND k.command_id = x.command_id
      JOIN docket.epochs AS p ON p.number = k.epoch_number;
  IF cardinality(for_events) = 0 THEN
    RETURN;
  ELSIF of_log = 1 THEN
    RETURN QUERY
      SELECT 3, v.event_id, v.stream, '', '', '', '', v.position, v.version, v.recorded_at,
             0::bigint
        FROM docket.case_events AS v
       WHERE v.position > since AND v.event_id = ANY (for_events);
  ELSE
    RETURN QUERY
      SELECT 3, v.event_id, v.stream, '', '', '', '', v.position, v.version, v.recorded_at,
             0::bigint
        FROM docket.access_events AS v
       WHERE v.position > since AND v.event_id = ANY (for_events);
  END IF;
END
$$;
