ALTER TABLE "media" ADD COLUMN "wanted_progress" smallint;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "wanted_problem" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "uncut_version" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "uncut_progress" smallint;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "uncut_problem" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "uncut_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "media_uncut" ON "media" USING btree ("uncut_at") WHERE uncut_version is not null;