CREATE TABLE "former_addresses" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"address_hash" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "former_addresses_tenant_uuid_contact_id_address_hash_pk" PRIMARY KEY("tenant_uuid","contact_id","address_hash")
);
--> statement-breakpoint
ALTER TABLE "former_addresses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "former_addresses" ADD CONSTRAINT "former_addresses_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "former_addresses_of_tenant" ON "former_addresses" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
ALTER TABLE former_addresses FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON former_addresses TO madan_app;
