ALTER TABLE "imports" ADD COLUMN "is_vouched_for" boolean DEFAULT false NOT NULL;
