-- The walls of contacts: forced policies, grants one by one, the search that passes the wall in one place only, and the
-- ledger that nobody rewrites.
ALTER TABLE contacts FORCE ROW LEVEL SECURITY;
ALTER TABLE identities FORCE ROW LEVEL SECURITY;
ALTER TABLE companies FORCE ROW LEVEL SECURITY;
ALTER TABLE tags FORCE ROW LEVEL SECURITY;
ALTER TABLE contact_tags FORCE ROW LEVEL SECURITY;
ALTER TABLE attributes FORCE ROW LEVEL SECURITY;
ALTER TABLE attribute_values FORCE ROW LEVEL SECURITY;
ALTER TABLE engagements FORCE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
ALTER TABLE score_changes FORCE ROW LEVEL SECURITY;
ALTER TABLE score_models FORCE ROW LEVEL SECURITY;
ALTER TABLE bulk_changes FORCE ROW LEVEL SECURITY;
ALTER TABLE change_rows FORCE ROW LEVEL SECURITY;
ALTER TABLE merges FORCE ROW LEVEL SECURITY;
ALTER TABLE contact_aliases FORCE ROW LEVEL SECURITY;
ALTER TABLE not_duplicates FORCE ROW LEVEL SECURITY;
ALTER TABLE topics FORCE ROW LEVEL SECURITY;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
ALTER TABLE consent_states FORCE ROW LEVEL SECURITY;
ALTER TABLE suppressions FORCE ROW LEVEL SECURITY;
ALTER TABLE segments FORCE ROW LEVEL SECURITY;
ALTER TABLE segment_members FORCE ROW LEVEL SECURITY;
ALTER TABLE file_pieces FORCE ROW LEVEL SECURITY;
ALTER TABLE imports FORCE ROW LEVEL SECURITY;
ALTER TABLE import_problems FORCE ROW LEVEL SECURITY;
ALTER TABLE exports FORCE ROW LEVEL SECURITY;
ALTER TABLE data_requests FORCE ROW LEVEL SECURITY;
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_rules FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_runs FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
  contacts, identities, companies, tags, contact_tags, attributes, attribute_values, engagements, notes, tasks,
  score_changes, score_models, bulk_changes, change_rows, merges, contact_aliases, not_duplicates, topics, consent_states,
  segments, segment_members, file_pieces, imports, import_problems, exports, data_requests, retention_rules
TO madan_app;
-- Proofs are added and looked at. A suppression is lifted by an update and never goes.
GRANT SELECT, INSERT ON erasures TO madan_app;
GRANT SELECT, INSERT, UPDATE ON retention_runs TO madan_app;
GRANT SELECT, INSERT, UPDATE ON suppressions TO madan_app;
-- The ledger: a line changes in nothing but whose it is, when two contacts turn out to be one person.
GRANT SELECT, INSERT, UPDATE (contact_id) ON consents TO madan_app;
GRANT USAGE ON SEQUENCE consents_seq_seq TO madan_app;
--> statement-breakpoint
-- Sweeps look across workspaces for work that stands still.
GRANT SELECT ON imports, exports, bulk_changes, segments, score_models TO madan_worker;
--> statement-breakpoint
-- An erasure takes a person's lines away. It runs as the owner, whom the forced policy keeps inside the tenant.
CREATE FUNCTION erase_consents(person uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE removed integer;
BEGIN
  DELETE FROM consents WHERE contact_id = person
    AND tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid);
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION erase_consents(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_consents(uuid) TO madan_app;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
CREATE INDEX contacts_search ON contacts USING gin (tenant_uuid, search gin_trgm_ops);
--> statement-breakpoint
-- Under row-level security no operator of text search may use its index, because it could tell of rows behind the wall
-- (it is not leakproof). So the search is one function of a role that no login has, with a policy of its own, and it asks
-- for the tenant itself. It answers ids only, newest first, at most as many as asked for.
-- Common words are found among the newest rows; only what is rare there goes through the index.
GRANT SELECT ON contacts TO madan_search;
CREATE POLICY contacts_madan_search_select ON contacts FOR SELECT TO madan_search USING (true);
--> statement-breakpoint
CREATE FUNCTION search_contacts(patterns text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  wanted text := '';
  found uuid[];
BEGIN
  IF tenant IS NULL OR coalesce(cardinality(patterns), 0) = 0 OR cardinality(patterns) > 8 THEN RETURN; END IF;
  FOR i IN 1 .. cardinality(patterns) LOOP
    wanted := wanted || format(' AND search LIKE $2[%s]', i);
  END LOOP;
  EXECUTE 'SELECT array_agg(id) FROM (SELECT id FROM (SELECT id, search FROM contacts WHERE tenant_uuid = $1'
    || ' ORDER BY id DESC LIMIT 4000) newest WHERE true' || wanted || ' LIMIT $3) hits'
    INTO found USING tenant, patterns, most;
  IF coalesce(cardinality(found), 0) < most THEN
    EXECUTE 'SELECT array_agg(id ORDER BY id DESC) FROM (SELECT id FROM contacts WHERE tenant_uuid = $1' || wanted
      || ' LIMIT $3) hits' INTO found USING tenant, patterns, most;
  END IF;
  RETURN QUERY SELECT unnest(found);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION search_contacts(text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_contacts(text[], integer) TO madan_app;
--> statement-breakpoint
-- The new owner needs the right to create for the moment of the change, and the migration's login to be of its role.
GRANT CREATE ON SCHEMA public TO madan_search;
GRANT USAGE ON SCHEMA public TO madan_search;
ALTER FUNCTION search_contacts(text[], integer) OWNER TO madan_search;
REVOKE CREATE ON SCHEMA public FROM madan_search;
--> statement-breakpoint
-- Rows come and go with every import: clean up early, so that counts can be answered from indexes alone.
ALTER TABLE contacts SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE file_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;
