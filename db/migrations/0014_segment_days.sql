CREATE TABLE "segment_days" (
	"tenant_uuid" uuid NOT NULL,
	"segment_id" uuid NOT NULL,
	"day" date NOT NULL,
	"size" integer NOT NULL,
	"entered" integer DEFAULT 0 NOT NULL,
	"left_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "segment_days_tenant_uuid_segment_id_day_pk" PRIMARY KEY("tenant_uuid","segment_id","day")
);
--> statement-breakpoint
ALTER TABLE "segment_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "segment_days_of_tenant" ON "segment_days" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));