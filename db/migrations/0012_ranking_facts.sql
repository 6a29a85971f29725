ALTER TABLE "feed_rankings" ALTER COLUMN "scores" SET DATA TYPE double precision[];--> statement-breakpoint
ALTER TABLE "feed_rankings" ADD COLUMN "facts" text DEFAULT '[]' NOT NULL;