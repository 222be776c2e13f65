ALTER TABLE "attributes" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "metadata" jsonb;--> statement-breakpoint
ALTER TABLE "tags" ADD COLUMN "metadata" jsonb;