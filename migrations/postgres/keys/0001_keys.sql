-- Keys of data subjects, in a database of their own, which no backup of the log contains. A
-- destroyed key leaves its name, so that it is never made again; the row's old version, which still
-- holds the secret, goes with the next vacuum, which does not wait for there to be many.
CREATE TABLE docket.settings (
  name  text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);
INSERT INTO docket.settings (name, value) VALUES ('id', gen_random_uuid()::text);

CREATE TABLE docket.keys (
  key          text COLLATE "C" PRIMARY KEY,
  secret       text COLLATE "C",  -- 64 hex digits; NULL once destroyed.
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  destroyed_at timestamptz
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

CREATE FUNCTION docket.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a key is destroyed once and for good, and its name stays: % is refused', TG_OP
    USING ERRCODE = 'DK010';
END
$$;
CREATE TRIGGER refuse_removal BEFORE DELETE ON docket.keys FOR EACH ROW
  EXECUTE FUNCTION docket.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON docket.keys FOR EACH STATEMENT
  EXECUTE FUNCTION docket.refuse_change();
CREATE TRIGGER refuse_return BEFORE UPDATE ON docket.keys FOR EACH ROW
  WHEN (OLD.destroyed_at IS NOT NULL) EXECUTE FUNCTION docket.refuse_change();
ALTER TABLE docket.keys ENABLE ALWAYS TRIGGER refuse_removal;
ALTER TABLE docket.keys ENABLE ALWAYS TRIGGER refuse_truncate;
ALTER TABLE docket.keys ENABLE ALWAYS TRIGGER refuse_return;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'docket_app') THEN
    BEGIN
      CREATE ROLE docket_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END IF;
  IF NOT pg_has_role('docket_app', 'MEMBER') THEN
    EXECUTE format('GRANT docket_app TO %I', current_user);
  END IF;
END
$$;
REVOKE ALL ON SCHEMA docket FROM PUBLIC;
GRANT USAGE ON SCHEMA docket TO docket_app;
GRANT SELECT ON docket.schema_migrations, docket.settings TO docket_app;
GRANT SELECT, INSERT, UPDATE ON docket.keys TO docket_app;
