CREATE SEQUENCE "public"."lease_tokens" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE POLICY "audit_heads_madan_worker_select" ON "audit_heads" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);--> statement-breakpoint
GRANT USAGE ON SEQUENCE lease_tokens TO madan_worker;
GRANT SELECT ON audit_heads TO madan_worker;
