CREATE TABLE "consent_states" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"topic_id" uuid NOT NULL,
	"state" text NOT NULL,
	"line_id" uuid NOT NULL,
	"source" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "consent_states_tenant_uuid_contact_id_channel_purpose_topic_id_pk" PRIMARY KEY("tenant_uuid","contact_id","channel","purpose","topic_id")
);
--> statement-breakpoint
ALTER TABLE "consent_states" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consents" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigserial NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"topic_id" uuid NOT NULL,
	"state" text NOT NULL,
	"basis" text,
	"source" text NOT NULL,
	"source_detail" text,
	"text_version" text,
	"ip" text,
	"expires_at" timestamp with time zone,
	"actor_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consents_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "consents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "suppressions" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"address_hash" uuid NOT NULL,
	"channel" text NOT NULL,
	"reason" text NOT NULL,
	"scope" text NOT NULL,
	"scope_key" text DEFAULT '' NOT NULL,
	"source" text NOT NULL,
	"note" text,
	"contact_id" uuid,
	"actor_name" text NOT NULL,
	"lifted_at" timestamp with time zone,
	"lifted_by" text,
	"lifted_because" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressions_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "suppressions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "topics" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_public" boolean DEFAULT true NOT NULL,
	"metadata" jsonb,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "topics_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "topics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attribute_values" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"attribute_id" uuid NOT NULL,
	"text_value" text,
	"number_value" double precision,
	"date_value" date,
	CONSTRAINT "attribute_values_tenant_uuid_contact_id_attribute_id_pk" PRIMARY KEY("tenant_uuid","contact_id","attribute_id")
);
--> statement-breakpoint
ALTER TABLE "attribute_values" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attributes" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attributes_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "attributes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bulk_changes" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"act" text NOT NULL,
	"detail" jsonb NOT NULL,
	"target" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"cursor" uuid,
	"total" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"metadata" jsonb,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bulk_changes_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "bulk_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "change_rows" (
	"tenant_uuid" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "change_rows_tenant_uuid_change_id_contact_id_pk" PRIMARY KEY("tenant_uuid","change_id","contact_id")
);
--> statement-breakpoint
ALTER TABLE "change_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "companies" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"domain" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "companies_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "companies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_aliases" (
	"tenant_uuid" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_aliases_tenant_uuid_kind_value_pk" PRIMARY KEY("tenant_uuid","kind","value")
);
--> statement-breakpoint
ALTER TABLE "contact_aliases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_tags" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_tags_tenant_uuid_contact_id_tag_id_pk" PRIMARY KEY("tenant_uuid","contact_id","tag_id")
);
--> statement-breakpoint
ALTER TABLE "contact_tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contacts" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"external_id" text,
	"name" text DEFAULT '' NOT NULL,
	"first_name" text,
	"last_name" text,
	"email" text,
	"email_hash" uuid,
	"phone" text,
	"phone_hash" uuid,
	"country" text,
	"given_type" text,
	"first_purchase_at" timestamp with time zone,
	"last_purchase_at" timestamp with time zone,
	"first_visit_at" timestamp with time zone,
	"last_visit_at" timestamp with time zone,
	"last_reply_at" timestamp with time zone,
	"customer_type" text GENERATED ALWAYS AS (coalesce(given_type, case when first_purchase_at is not null then 'existing' when first_visit_at is not null or last_reply_at is not null then 'returning' else 'new' end)) STORED NOT NULL,
	"stage" text DEFAULT 'lead' NOT NULL,
	"time_zone" text,
	"visit_zone" text,
	"locale" text,
	"device_preference" text,
	"preferred_channel" text,
	"company_id" uuid,
	"owner_id" uuid,
	"score" smallint DEFAULT 0 NOT NULL,
	"grade" text DEFAULT 'F' NOT NULL,
	"search" text DEFAULT '' NOT NULL,
	"import_id" uuid,
	"metadata" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contacts_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engagements" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"opened" integer DEFAULT 0 NOT NULL,
	"clicked" integer DEFAULT 0 NOT NULL,
	"replied" integer DEFAULT 0 NOT NULL,
	"converted" integer DEFAULT 0 NOT NULL,
	"last_sent_at" timestamp with time zone,
	"last_delivered_at" timestamp with time zone,
	"last_opened_at" timestamp with time zone,
	"last_clicked_at" timestamp with time zone,
	"last_replied_at" timestamp with time zone,
	"last_converted_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engagements_tenant_uuid_contact_id_channel_pk" PRIMARY KEY("tenant_uuid","contact_id","channel")
);
--> statement-breakpoint
ALTER TABLE "engagements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identities" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"external_id" text NOT NULL,
	"handle" text,
	"address_hash" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "merges" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"loser_id" uuid NOT NULL,
	"snapshot" jsonb NOT NULL,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"undone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "merges_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "merges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "not_duplicates" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "not_duplicates_tenant_uuid_contact_id_other_id_pk" PRIMARY KEY("tenant_uuid","contact_id","other_id")
);
--> statement-breakpoint
ALTER TABLE "not_duplicates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notes" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"text" text NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notes_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "score_changes" (
	"tenant_uuid" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"day" date NOT NULL,
	"score" smallint NOT NULL,
	"grade" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "score_changes_tenant_uuid_contact_id_day_pk" PRIMARY KEY("tenant_uuid","contact_id","day")
);
--> statement-breakpoint
ALTER TABLE "score_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "score_models" (
	"tenant_uuid" uuid NOT NULL,
	"weights" jsonb NOT NULL,
	"scored_day" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "score_models_tenant_uuid_pk" PRIMARY KEY("tenant_uuid")
);
--> statement-breakpoint
ALTER TABLE "score_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tags" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tags_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tasks" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid,
	"title" text NOT NULL,
	"due_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"assignee_id" uuid,
	"created_by" uuid,
	"metadata" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tasks_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "exports" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"scope" jsonb NOT NULL,
	"contact_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"cursor" uuid,
	"rows" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"failure" text,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"metadata" jsonb,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exports_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "exports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "file_pieces" (
	"tenant_uuid" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"first_row" integer DEFAULT 0 NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "file_pieces_tenant_uuid_file_id_seq_pk" PRIMARY KEY("tenant_uuid","file_id","seq")
);
--> statement-breakpoint
ALTER TABLE "file_pieces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_problems" (
	"tenant_uuid" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"field" text,
	"problem" text NOT NULL,
	"cells" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_problems_tenant_uuid_import_id_row_pk" PRIMARY KEY("tenant_uuid","import_id","row")
);
--> statement-breakpoint
ALTER TABLE "import_problems" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "imports" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"encoding" text,
	"delimiter" text,
	"header" jsonb,
	"state" text DEFAULT 'uploading' NOT NULL,
	"mapping" jsonb,
	"policy" text DEFAULT 'update' NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"next_piece" integer DEFAULT 0 NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"metadata" jsonb,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "imports_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data_requests" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"contact_id" uuid,
	"asked_by" text,
	"note" text,
	"received_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"metadata" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_requests_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "data_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "erasures" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"erased_id" uuid NOT NULL,
	"request_id" uuid,
	"removed" jsonb NOT NULL,
	"actor_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasures_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "erasures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retention_rules" (
	"tenant_uuid" uuid NOT NULL,
	"data_class" text NOT NULL,
	"days" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_rules_tenant_uuid_data_class_pk" PRIMARY KEY("tenant_uuid","data_class")
);
--> statement-breakpoint
ALTER TABLE "retention_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"tenant_uuid" uuid NOT NULL,
	"data_class" text NOT NULL,
	"day" date NOT NULL,
	"removed" integer NOT NULL,
	"cutoff" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_runs_tenant_uuid_data_class_day_pk" PRIMARY KEY("tenant_uuid","data_class","day")
);
--> statement-breakpoint
ALTER TABLE "retention_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "segment_members" (
	"tenant_uuid" uuid NOT NULL,
	"segment_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	CONSTRAINT "segment_members_tenant_uuid_segment_id_contact_id_entered_at_pk" PRIMARY KEY("tenant_uuid","segment_id","contact_id","entered_at")
);
--> statement-breakpoint
ALTER TABLE "segment_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "segments" (
	"tenant_uuid" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"kind" text NOT NULL,
	"rules" jsonb,
	"size" integer DEFAULT 0 NOT NULL,
	"refreshed_at" timestamp with time zone,
	"metadata" jsonb,
	"created_by" uuid,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "segments_tenant_uuid_id_pk" PRIMARY KEY("tenant_uuid","id")
);
--> statement-breakpoint
ALTER TABLE "segments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consent_states" ADD CONSTRAINT "consent_states_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attribute_values" ADD CONSTRAINT "attribute_values_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_aliases" ADD CONSTRAINT "contact_aliases_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_tags" ADD CONSTRAINT "contact_tags_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_duplicates" ADD CONSTRAINT "not_duplicates_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_changes" ADD CONSTRAINT "score_changes_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_members" ADD CONSTRAINT "segment_members_contact" FOREIGN KEY ("tenant_uuid","contact_id") REFERENCES "public"."contacts"("tenant_uuid","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consent_states_state" ON "consent_states" USING btree ("tenant_uuid","channel","purpose","topic_id","state","contact_id");--> statement-breakpoint
CREATE INDEX "consents_contact" ON "consents" USING btree ("tenant_uuid","contact_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "suppressions_once" ON "suppressions" USING btree ("tenant_uuid","address_hash","channel","reason","scope","scope_key") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "suppressions_address" ON "suppressions" USING btree ("tenant_uuid","address_hash");--> statement-breakpoint
CREATE INDEX "suppressions_contact" ON "suppressions" USING btree ("tenant_uuid","contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "attribute_values_text" ON "attribute_values" USING btree ("tenant_uuid","attribute_id","text_value","contact_id") WHERE text_value is not null;--> statement-breakpoint
CREATE INDEX "attribute_values_number" ON "attribute_values" USING btree ("tenant_uuid","attribute_id","number_value","contact_id") WHERE number_value is not null;--> statement-breakpoint
CREATE INDEX "attribute_values_date" ON "attribute_values" USING btree ("tenant_uuid","attribute_id","date_value","contact_id") WHERE date_value is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "attributes_once" ON "attributes" USING btree ("tenant_uuid","key");--> statement-breakpoint
CREATE INDEX "change_rows_contact" ON "change_rows" USING btree ("tenant_uuid","contact_id");--> statement-breakpoint
CREATE INDEX "change_rows_age" ON "change_rows" USING btree ("tenant_uuid","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "companies_once" ON "companies" USING btree ("tenant_uuid","name_key");--> statement-breakpoint
CREATE INDEX "contact_aliases_contact" ON "contact_aliases" USING btree ("tenant_uuid","contact_id");--> statement-breakpoint
CREATE INDEX "contact_tags_tag" ON "contact_tags" USING btree ("tenant_uuid","tag_id","contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_external_id" ON "contacts" USING btree ("tenant_uuid","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("tenant_uuid","email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "contacts_phone" ON "contacts" USING btree ("tenant_uuid","phone") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "contacts_name" ON "contacts" USING btree ("tenant_uuid","name","id");--> statement-breakpoint
CREATE INDEX "contacts_score" ON "contacts" USING btree ("tenant_uuid","score","id");--> statement-breakpoint
CREATE INDEX "contacts_stage" ON "contacts" USING btree ("tenant_uuid","stage","id");--> statement-breakpoint
CREATE INDEX "contacts_owner" ON "contacts" USING btree ("tenant_uuid","owner_id","id") WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX "contacts_company" ON "contacts" USING btree ("tenant_uuid","company_id","id") WHERE company_id is not null;--> statement-breakpoint
CREATE INDEX "contacts_import" ON "contacts" USING btree ("tenant_uuid","import_id","id") WHERE import_id is not null;--> statement-breakpoint
CREATE INDEX "engagements_opened" ON "engagements" USING btree ("tenant_uuid","channel","last_opened_at","contact_id");--> statement-breakpoint
CREATE INDEX "engagements_clicked" ON "engagements" USING btree ("tenant_uuid","channel","last_clicked_at","contact_id");--> statement-breakpoint
CREATE INDEX "engagements_replied" ON "engagements" USING btree ("tenant_uuid","channel","last_replied_at","contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_once" ON "identities" USING btree ("tenant_uuid","channel","external_id");--> statement-breakpoint
CREATE INDEX "identities_contact" ON "identities" USING btree ("tenant_uuid","contact_id");--> statement-breakpoint
CREATE INDEX "merges_contact" ON "merges" USING btree ("tenant_uuid","contact_id");--> statement-breakpoint
CREATE INDEX "not_duplicates_other" ON "not_duplicates" USING btree ("tenant_uuid","other_id");--> statement-breakpoint
CREATE INDEX "notes_contact" ON "notes" USING btree ("tenant_uuid","contact_id","id");--> statement-breakpoint
CREATE INDEX "score_changes_age" ON "score_changes" USING btree ("tenant_uuid","day");--> statement-breakpoint
CREATE UNIQUE INDEX "tags_once" ON "tags" USING btree ("tenant_uuid","name_key");--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("tenant_uuid","due_at","id") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "tasks_contact" ON "tasks" USING btree ("tenant_uuid","contact_id","id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "exports_contact" ON "exports" USING btree ("tenant_uuid","contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "imports_waiting" ON "imports" USING btree ("state","updated_at") WHERE state in ('uploading', 'running', 'undoing');--> statement-breakpoint
CREATE INDEX "data_requests_due" ON "data_requests" USING btree ("tenant_uuid","state","due_at");--> statement-breakpoint
CREATE INDEX "data_requests_contact" ON "data_requests" USING btree ("tenant_uuid","contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "segment_members_now" ON "segment_members" USING btree ("tenant_uuid","segment_id","contact_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "segment_members_contact" ON "segment_members" USING btree ("tenant_uuid","contact_id");--> statement-breakpoint
CREATE INDEX "segment_members_left" ON "segment_members" USING btree ("tenant_uuid","left_at") WHERE left_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "segments_key" ON "segments" USING btree ("tenant_uuid","key") WHERE archived_at is null;--> statement-breakpoint
CREATE POLICY "consent_states_of_tenant" ON "consent_states" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "consents_of_tenant" ON "consents" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "suppressions_of_tenant" ON "suppressions" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "topics_of_tenant" ON "topics" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "attribute_values_of_tenant" ON "attribute_values" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "attributes_of_tenant" ON "attributes" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "bulk_changes_of_tenant" ON "bulk_changes" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "bulk_changes_madan_worker_select" ON "bulk_changes" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);--> statement-breakpoint
CREATE POLICY "change_rows_of_tenant" ON "change_rows" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "companies_of_tenant" ON "companies" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "contact_aliases_of_tenant" ON "contact_aliases" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "contact_tags_of_tenant" ON "contact_tags" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "contacts_of_tenant" ON "contacts" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "engagements_of_tenant" ON "engagements" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "identities_of_tenant" ON "identities" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "merges_of_tenant" ON "merges" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "not_duplicates_of_tenant" ON "not_duplicates" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "notes_of_tenant" ON "notes" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "score_changes_of_tenant" ON "score_changes" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "score_models_of_tenant" ON "score_models" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "score_models_madan_worker_select" ON "score_models" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);--> statement-breakpoint
CREATE POLICY "tags_of_tenant" ON "tags" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tasks_of_tenant" ON "tasks" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "exports_of_tenant" ON "exports" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "exports_madan_worker_select" ON "exports" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);--> statement-breakpoint
CREATE POLICY "file_pieces_of_tenant" ON "file_pieces" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "import_problems_of_tenant" ON "import_problems" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "imports_of_tenant" ON "imports" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "imports_madan_worker_select" ON "imports" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);--> statement-breakpoint
CREATE POLICY "data_requests_of_tenant" ON "data_requests" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "erasures_of_tenant" ON "erasures" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "retention_rules_of_tenant" ON "retention_rules" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "retention_runs_of_tenant" ON "retention_runs" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "segment_members_of_tenant" ON "segment_members" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "segments_of_tenant" ON "segments" AS PERMISSIVE FOR ALL TO public USING (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid)) WITH CHECK (tenant_uuid = (select nullif(current_setting('app.tenant', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "segments_madan_worker_select" ON "segments" AS PERMISSIVE FOR SELECT TO "madan_worker" USING (true);