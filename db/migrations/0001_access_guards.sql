-- What the schema language cannot say: forced policies, grants for each login, and the audit chain.
-- Grants name their tables one by one: a default privilege would hand the next table to a login that has no business there.

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO madan_app, madan_gate, madan_worker;
--> statement-breakpoint
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_lines FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;
ALTER TABLE idempotent_answers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Tenant work: bound to app.tenant by the policies.
GRANT SELECT ON people TO madan_app;
GRANT SELECT, INSERT, UPDATE ON workspaces TO madan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON members TO madan_app;
GRANT SELECT, INSERT, UPDATE ON invitations TO madan_app;
GRANT SELECT, INSERT, UPDATE ON api_keys TO madan_app;
GRANT SELECT, INSERT ON audit_lines TO madan_app;
GRANT SELECT ON audit_heads TO madan_app;
GRANT SELECT, INSERT, UPDATE ON idempotent_answers TO madan_app;
--> statement-breakpoint
-- The gate: who is asking? It writes what has no tenant, and looks across tenants at four tables.
GRANT SELECT, INSERT, UPDATE, DELETE ON people, person_secrets, recovery_codes, oauth_accounts, sessions, mailed_links, throttles, mail_outbox TO madan_gate;
GRANT SELECT, INSERT, UPDATE ON organisations, platform_keys TO madan_gate;
GRANT SELECT ON workspaces, members, invitations, api_keys TO madan_gate;
GRANT UPDATE (last_used_at) ON api_keys TO madan_gate;
--> statement-breakpoint
-- The worker: today it only sweeps what has outlived its use.
GRANT SELECT, DELETE ON sessions, mailed_links, throttles, mail_outbox, idempotent_answers TO madan_worker;
--> statement-breakpoint
CREATE FUNCTION audit_line_hash(line audit_lines) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    line.prev_hash, line.seq, line.tenant_uuid, line.id, (extract(epoch from line.at) * 1000000)::bigint,
    line.actor_kind, line.actor_id, line.actor_name, line.action,
    line.subject_kind, line.subject_id, line.subject_name, line.before, line.after, line.ip, line.request_id
  )::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Runs as the owner, because the application may not write audit_heads; the forced policy keeps it inside the tenant.
-- pg_temp is named last: a session's temporary tables are searched first otherwise, and the application could put a table
-- of its own under audit_heads, whose trigger would then run as the owner too.
-- The head's row lock makes the lines of one tenant queue up, so two transactions can never carry the same number.
CREATE FUNCTION chain_audit_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE head public.audit_heads%ROWTYPE;
BEGIN
  INSERT INTO audit_heads (tenant_uuid, seq, hash) VALUES (NEW.tenant_uuid, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT head FROM audit_heads WHERE tenant_uuid = NEW.tenant_uuid FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.prev_hash := head.hash;
  NEW.hash := audit_line_hash(NEW);
  UPDATE audit_heads SET seq = NEW.seq, hash = NEW.hash WHERE tenant_uuid = NEW.tenant_uuid;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Only the trigger calls it.
REVOKE EXECUTE ON FUNCTION chain_audit_line() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER audit_lines_chain BEFORE INSERT ON audit_lines FOR EACH ROW EXECUTE FUNCTION chain_audit_line();
--> statement-breakpoint
-- Not even an owner's slip changes or takes a line; only the whole workspace's deletion takes its log along, and that
-- comes through the foreign key's own trigger, one level deeper.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'audit lines are append-only';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_lines_append_only BEFORE UPDATE OR DELETE ON audit_lines FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_lines_no_truncate BEFORE TRUNCATE ON audit_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
-- Readiness compares what was applied with what the build expects.
GRANT USAGE ON SCHEMA drizzle TO madan_worker;
GRANT SELECT ON drizzle.__drizzle_migrations TO madan_worker;
--> statement-breakpoint
-- None of our logins needs temporary tables; the owner keeps the right by owning the database.
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'temporary tables stay allowed: the database belongs to somebody else';
END $$;
