-- Who may do what. A login is made by the operator and given one of these:
--   docket_app     the running program: reads, and appends through functions
--   docket_reader  reads
-- The login that migrates owns everything, and works as docket_app after that.

-- Roles belong to the server, not to the database: another store may have made them, or be making
-- them right now.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['docket_app', 'docket_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
    IF NOT pg_has_role(name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', name, current_user);
    END IF;
  END LOOP;
END
$$;

REVOKE ALL ON SCHEMA docket FROM PUBLIC;
GRANT USAGE ON SCHEMA docket TO docket_app, docket_reader;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA docket FROM PUBLIC;

GRANT SELECT ON docket.schema_migrations, docket.settings, docket.epochs, docket.heads,
  docket.case_events, docket.access_events, docket.streams, docket.commands, docket.leases
  TO docket_app, docket_reader;
GRANT INSERT, UPDATE ON docket.settings, docket.leases TO docket_app;
GRANT EXECUTE ON FUNCTION
  docket.append_batch, docket.lock_batch, docket.bind_epochs, docket.ensure_partitions
  TO docket_app;
GRANT EXECUTE ON FUNCTION docket.store_identity TO docket_app, docket_reader;

-- Read models are the program's own: it makes, changes and drops them.
CREATE SCHEMA docket_views;
GRANT USAGE, CREATE ON SCHEMA docket_views TO docket_app;
GRANT USAGE ON SCHEMA docket_views TO docket_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE docket_app IN SCHEMA docket_views
  GRANT SELECT ON TABLES TO docket_reader;

SELECT docket.ensure_partitions(1::smallint, 1), docket.ensure_partitions(2::smallint, 1);
