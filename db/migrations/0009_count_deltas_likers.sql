ALTER TABLE "count_deltas" ADD COLUMN "liker_ids" bigint[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
-- Its rows live for a second: what they leave behind is swept often.
ALTER TABLE "count_deltas" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000);
