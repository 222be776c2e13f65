-- The engine's walls: forced policies, and grants one by one.
ALTER TABLE event_outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_functions FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_workers FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_events FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_runs FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_steps FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_waits FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_batches FORCE ROW LEVEL SECURITY;
ALTER TABLE engine_marks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON event_outbox, engine_functions, engine_workers, engine_events, engine_runs, engine_steps, engine_jobs, engine_waits, engine_batches, engine_marks TO madan_worker;
GRANT USAGE ON SEQUENCE event_outbox_seq_seq, engine_step_order TO madan_worker;
--> statement-breakpoint
-- Tenant work: says events, looks at its own runs, cancels and replays them.
GRANT SELECT ON engine_functions, engine_workers TO madan_app;
GRANT SELECT, INSERT ON event_outbox TO madan_app;
GRANT USAGE ON SEQUENCE event_outbox_seq_seq, engine_step_order TO madan_app;
GRANT SELECT ON engine_events TO madan_app;
GRANT SELECT, INSERT, UPDATE ON engine_runs TO madan_app;
GRANT SELECT, INSERT, UPDATE ON engine_steps TO madan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON engine_jobs, engine_waits TO madan_app;
--> statement-breakpoint
-- Rows that come and go thousands of times an hour: clean up early, and leave room to change a row in its page.
ALTER TABLE engine_jobs SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
ALTER TABLE event_outbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
ALTER TABLE engine_waits SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
-- What belongs to no workspace carries this id; no workspace may ever be it.
ALTER TABLE workspaces ADD CONSTRAINT workspaces_are_not_the_platform CHECK (tenant_uuid <> '00000000-0000-0000-0000-000000000000');
