-- Partitions of 2^24 positions, made before they are needed.

-- Makes the partition that holds `at_position` and the one after it, where they are missing. May
-- run in several sessions at once. ATTACH takes a lock that readers and writers do not wait for;
-- CREATE … PARTITION OF would stop them all.
CREATE FUNCTION docket.ensure_partitions(of_log smallint, at_position bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  size CONSTANT bigint := 1 << 24;
  parent text := CASE of_log WHEN 1 THEN 'case_events' ELSE 'access_events' END;
  number bigint;
  partition text;
BEGIN
  FOR number IN SELECT n FROM generate_series(at_position / size, at_position / size + 1) AS n LOOP
    partition := format('%s_%s', parent, lpad(number::text, 6, '0'));
    CONTINUE WHEN to_regclass('docket.' || partition) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended('docket.' || parent, 0));
    CONTINUE WHEN to_regclass('docket.' || partition) IS NOT NULL;
    EXECUTE format('CREATE TABLE docket.%I (LIKE docket.%I INCLUDING CONSTRAINTS)',
                   partition, parent);
    EXECUTE format('ALTER TABLE docket.%I ADD PRIMARY KEY (position)', partition);
    EXECUTE format('CREATE UNIQUE INDEX %I ON docket.%I (stream, version)',
                   partition || '_stream', partition);
    -- Events are never changed: a page has no use for free room, and a vacuum none for old rows.
    EXECUTE format('ALTER TABLE docket.%I SET (fillfactor = 100,'
                   ' autovacuum_vacuum_insert_scale_factor = 0.2)', partition);
    EXECUTE format('ALTER TABLE docket.%I ATTACH PARTITION docket.%I FOR VALUES FROM (%s) TO (%s)',
                   parent, partition, number * size, (number + 1) * size);
    -- Row triggers come with the parent, statement triggers do not.
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON docket.%I'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION docket.refuse_change()', partition);
    EXECUTE format('ALTER TABLE docket.%I ENABLE ALWAYS TRIGGER refuse_truncate', partition);
    EXECUTE format('GRANT SELECT ON docket.%I TO docket_app, docket_reader', partition);
  END LOOP;
END
$$;
