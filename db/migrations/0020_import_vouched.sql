ALTER TABLE "imports" ADD COLUMN "is_vouched_for" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Those that are under way were judged by who had brought the file.
UPDATE imports SET is_vouched_for = true WHERE created_by IS NOT NULL AND started_at IS NOT NULL;
