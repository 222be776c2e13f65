CREATE SEQUENCE "public"."engine_step_order" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "engine_batches" (
	"tenant_uuid" uuid NOT NULL,
	"function_id" text NOT NULL,
	"key" text NOT NULL,
	"events" json NOT NULL,
	"position" bigint NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"deadline" timestamp with time zone,
	"subject_kind" text,
	"subject_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engine_batches_tenant_uuid_function_id_key_pk" PRIMARY KEY("tenant_uuid","function_id","key")
);
--> statement-breakpoint
ALTER TABLE "engine_batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_events" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"data" json NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"started" integer DEFAULT 0 NOT NULL,
	"resumed" integer DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engine_events_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "engine_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_functions" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"config" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "engine_functions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_jobs" (
	"tenant_uuid" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"step_id" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"function_id" text NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" bigint DEFAULT 0 NOT NULL,
	"gate" text,
	"key_1" text,
	"key_2" text,
	"sort_at" timestamp with time zone NOT NULL,
	"position" bigint NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lost" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engine_jobs_tenant_uuid_run_id_step_id_pk" PRIMARY KEY("tenant_uuid","run_id","step_id")
);
--> statement-breakpoint
ALTER TABLE "engine_jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_marks" (
	"tenant_uuid" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "engine_marks_tenant_uuid_kind_key_pk" PRIMARY KEY("tenant_uuid","kind","key")
);
--> statement-breakpoint
ALTER TABLE "engine_marks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_runs" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"function_id" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"trigger" text NOT NULL,
	"event_name" text NOT NULL,
	"events" json NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"parent_run_id" uuid,
	"parent_step_id" text,
	"replay_of" uuid,
	"replay_from" text,
	"output" json,
	"error" json,
	"reason" text,
	"sort_at" timestamp with time zone NOT NULL,
	"position" bigint NOT NULL,
	"key_1" text,
	"key_2" text,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engine_runs_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "engine_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_steps" (
	"tenant_uuid" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"output" json,
	"error" json,
	"seq" bigint,
	"until" timestamp with time zone,
	"detail" text,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engine_steps_tenant_uuid_run_id_id_pk" PRIMARY KEY("tenant_uuid","run_id","id")
);
--> statement-breakpoint
ALTER TABLE "engine_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_waits" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"step_id" text DEFAULT '' NOT NULL,
	"event_name" text NOT NULL,
	"match" text,
	"condition" text,
	"until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engine_waits_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "engine_waits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engine_workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"functions" text[] NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "engine_workers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "event_outbox" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigserial NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"data" json NOT NULL,
	"v" text,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"attempt" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_outbox_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "event_outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "engine_batches_due" ON "engine_batches" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "engine_events_newest" ON "engine_events" USING btree ("tenant_uuid","created_at","id");--> statement-breakpoint
CREATE INDEX "engine_events_age" ON "engine_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "engine_jobs_ready" ON "engine_jobs" USING btree ("sort_at","position") WHERE gate is null;--> statement-breakpoint
CREATE INDEX "engine_jobs_time" ON "engine_jobs" USING btree ("due_at") WHERE gate = 'time';--> statement-breakpoint
CREATE INDEX "engine_jobs_gate" ON "engine_jobs" USING btree ("gate","sort_at","position") WHERE gate is not null and gate <> 'time';--> statement-breakpoint
CREATE INDEX "engine_jobs_key_1" ON "engine_jobs" USING btree ("key_1") WHERE lease_until is not null and key_1 is not null;--> statement-breakpoint
CREATE INDEX "engine_jobs_key_2" ON "engine_jobs" USING btree ("key_2") WHERE lease_until is not null and key_2 is not null;--> statement-breakpoint
CREATE INDEX "engine_marks_age" ON "engine_marks" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "engine_runs_newest" ON "engine_runs" USING btree ("tenant_uuid","created_at","id");--> statement-breakpoint
CREATE INDEX "engine_runs_status" ON "engine_runs" USING btree ("tenant_uuid","status","created_at");--> statement-breakpoint
CREATE INDEX "engine_runs_function" ON "engine_runs" USING btree ("tenant_uuid","function_id","created_at");--> statement-breakpoint
CREATE INDEX "engine_runs_subject" ON "engine_runs" USING btree ("tenant_uuid","subject_kind","subject_id","created_at") WHERE subject_id is not null;--> statement-breakpoint
CREATE INDEX "engine_runs_replays" ON "engine_runs" USING btree ("tenant_uuid","replay_of") WHERE replay_of is not null;--> statement-breakpoint
CREATE INDEX "engine_runs_age" ON "engine_runs" USING btree ("ended_at") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "engine_waits_event" ON "engine_waits" USING btree ("tenant_uuid","event_name","match");--> statement-breakpoint
CREATE INDEX "engine_waits_run" ON "engine_waits" USING btree ("tenant_uuid","run_id");--> statement-breakpoint
CREATE INDEX "event_outbox_order" ON "event_outbox" USING btree ("seq");--> statement-breakpoint
CREATE POLICY "engine_batches_of_tenant" ON "engine_batches" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_batches_madan_worker_all" ON "engine_batches" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_events_of_tenant" ON "engine_events" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_events_madan_worker_all" ON "engine_events" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_functions_read" ON "engine_functions" AS PERMISSIVE FOR SELECT TO "madan_app" USING (true);--> statement-breakpoint
CREATE POLICY "engine_functions_worker" ON "engine_functions" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_jobs_of_tenant" ON "engine_jobs" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_jobs_madan_worker_all" ON "engine_jobs" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_marks_of_tenant" ON "engine_marks" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_marks_madan_worker_all" ON "engine_marks" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_runs_of_tenant" ON "engine_runs" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_runs_madan_worker_all" ON "engine_runs" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_steps_of_tenant" ON "engine_steps" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_steps_madan_worker_all" ON "engine_steps" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_waits_of_tenant" ON "engine_waits" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engine_waits_madan_worker_all" ON "engine_waits" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "engine_workers_read" ON "engine_workers" AS PERMISSIVE FOR SELECT TO "madan_app" USING (true);--> statement-breakpoint
CREATE POLICY "engine_workers_worker" ON "engine_workers" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "event_outbox_of_tenant" ON "event_outbox" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "event_outbox_madan_worker_all" ON "event_outbox" AS PERMISSIVE FOR ALL TO "madan_worker" USING (true) WITH CHECK (true);