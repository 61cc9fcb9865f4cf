-- Which incarnation of history this is.

-- Where the log lives: database, server and timeline. All three change the answer to "may history
-- have forked?": a dump restored elsewhere, a copied database, a promoted replica. Not available
-- on a server in recovery.
CREATE FUNCTION docket.store_identity() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT format('%s/%s/%s', s.system_identifier,
                left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid)
    FROM pg_control_system() AS s, pg_database AS d
   WHERE d.datname = current_database()
$$;

-- Mints epochs for logs that are not bound to where they are now, or that end before a position
-- which the caller has seen confirmed: then the server came back with less than it had. Sessions
-- that call this at once wait for each other, and the later ones find nothing left to do.
CREATE FUNCTION docket.bind_epochs(seen_logs smallint[], seen_positions bigint[],
                                   seen_epochs text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  here CONSTANT text := docket.store_identity();
  head record;
  minted docket.epochs;
BEGIN
  -- A writer whose turn it is has read the epoch, and goes first.
  PERFORM pg_advisory_xact_lock(1146045259, log) FROM generate_series(1, 2) AS log;
  FOR head IN SELECT h.log, h.epoch, h.position, e.store
                FROM docket.heads AS h JOIN docket.epochs AS e ON e.number = h.epoch_number
               ORDER BY h.log FOR UPDATE OF h LOOP
    CONTINUE WHEN head.store = here AND NOT EXISTS (
      SELECT FROM unnest(seen_logs, seen_positions, seen_epochs) AS x (log, position, epoch)
       WHERE x.log = head.log AND x.epoch = head.epoch AND x.position > head.position);
    INSERT INTO docket.epochs (log, epoch, fork_position, store)
    VALUES (head.log, gen_random_uuid()::text, head.position, here)
    RETURNING * INTO minted;
    UPDATE docket.heads SET epoch = minted.epoch, epoch_number = minted.number, batch = ''
     WHERE log = head.log;
  END LOOP;
END
$$;

DO $$
DECLARE
  minted docket.epochs;
BEGIN
  FOR number IN 1..2 LOOP
    INSERT INTO docket.epochs (log, epoch, fork_position, store)
    VALUES (number, gen_random_uuid()::text, 0, docket.store_identity())
    RETURNING * INTO minted;
    INSERT INTO docket.heads (log, epoch_number, position, recorded_at, epoch, batch, tree)
    VALUES (number, minted.number, 0, 0, minted.epoch, '', '');
  END LOOP;
END
$$;
