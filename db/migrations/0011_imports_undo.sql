ALTER TABLE "imports" ADD COLUMN "undo_cursor" uuid;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undone" jsonb;