CREATE TABLE "suppression_peppers" (
	"tenant_uuid" uuid NOT NULL,
	"fingerprint" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppression_peppers_tenant_uuid_pk" PRIMARY KEY("tenant_uuid")
);
--> statement-breakpoint
ALTER TABLE "suppression_peppers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "suppression_peppers_of_tenant" ON "suppression_peppers" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "suppression_peppers_madan_worker_select" ON "suppression_peppers" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);--> statement-breakpoint
ALTER TABLE suppression_peppers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- What the first use wrote stands: nobody changes it, or the comparison would prove nothing.
GRANT SELECT, INSERT ON suppression_peppers TO madan_app;
GRANT SELECT ON suppression_peppers TO madan_worker;
