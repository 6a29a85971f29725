CREATE TABLE "media_captions" (
	"id" bigint PRIMARY KEY DEFAULT next_id() NOT NULL,
	"media_id" bigint NOT NULL,
	"language" text NOT NULL,
	"label" text NOT NULL,
	"storage_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "edit" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "wanted_edit" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "wanted_version" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "camera" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "lens" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "exposure_seconds" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "f_number" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "iso" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "focal_length" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "taken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "taken_latitude" double precision;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "taken_longitude" double precision;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "shows_camera" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "perceptual_hash" bigint;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "receipt" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "upload_id" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "part_bytes" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "has_audio" boolean;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "video" jsonb;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "progress" smallint;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "copied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "media_captions" ADD CONSTRAINT "media_captions_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "media_captions_language" ON "media_captions" USING btree ("media_id","language");--> statement-breakpoint
CREATE INDEX "media_same_file" ON "media" USING btree ("owner_id","sha256") WHERE sha256 is not null;--> statement-breakpoint
CREATE INDEX "media_uncopied" ON "media" USING btree ("id") WHERE copied_at is null and state in ('uploaded', 'processing', 'ready');