DROP INDEX "contacts_stage";--> statement-breakpoint
CREATE INDEX "contacts_filters" ON "contacts" USING btree ("tenant_uuid","stage","grade","customer_type","id");--> statement-breakpoint
-- Who has bought is rarely a lead: taken for independent, the planner would walk a million names to find nobody.
CREATE STATISTICS contacts_together (mcv) ON tenant_uuid, stage, grade, customer_type FROM contacts;
