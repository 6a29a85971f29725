ALTER TABLE "comments" ADD COLUMN "deleted_by_id" bigint;--> statement-breakpoint
CREATE INDEX "comments_not_shown" ON "comments" USING btree ("post_id","user_id","id") WHERE state <> 'shown' and deleted_at is null;--> statement-breakpoint
CREATE INDEX "comments_pinned" ON "comments" USING btree ("post_id") WHERE is_pinned and deleted_at is null;