DROP INDEX "sessions_user";--> statement-breakpoint
DROP INDEX "users_follower_count";--> statement-breakpoint
DROP INDEX "comments_post";--> statement-breakpoint
DROP INDEX "comments_user";--> statement-breakpoint
DROP INDEX "follows_followee";--> statement-breakpoint
DROP INDEX "follows_follower";--> statement-breakpoint
DROP INDEX "likes_post_newest";--> statement-breakpoint
DROP INDEX "likes_user";--> statement-breakpoint
DROP INDEX "saves_user_newest";--> statement-breakpoint
DROP INDEX "media_owner";--> statement-breakpoint
DROP INDEX "notifications_user";--> statement-breakpoint
DROP INDEX "posts_author";--> statement-breakpoint
DROP INDEX "posts_author_unpublished";--> statement-breakpoint
DROP INDEX "posts_public";--> statement-breakpoint
DROP INDEX "posts_place";--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "users_follower_count" ON "users" USING btree ("follower_count" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "comments_post" ON "comments" USING btree ("post_id","id" DESC NULLS FIRST) WHERE deleted_at is null and parent_id is null;--> statement-breakpoint
CREATE INDEX "comments_user" ON "comments" USING btree ("user_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "follows_followee" ON "follows" USING btree ("followee_id","state","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "follows_follower" ON "follows" USING btree ("follower_id","state","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "likes_post_newest" ON "likes" USING btree ("post_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "likes_user" ON "likes" USING btree ("user_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "saves_user_newest" ON "saves" USING btree ("user_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "media_owner" ON "media" USING btree ("owner_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notifications_user" ON "notifications" USING btree ("user_id","latest_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "posts_author" ON "posts" USING btree ("author_id","id" DESC NULLS FIRST) WHERE deleted_at is null and archived_at is null and status = 'published';--> statement-breakpoint
CREATE INDEX "posts_author_unpublished" ON "posts" USING btree ("author_id","id" DESC NULLS FIRST) WHERE deleted_at is null and status <> 'published';--> statement-breakpoint
CREATE INDEX "posts_public" ON "posts" USING btree ("id" DESC NULLS FIRST) WHERE deleted_at is null and archived_at is null and status = 'published' and audience = 'everyone';--> statement-breakpoint
CREATE INDEX "posts_place" ON "posts" USING btree ("place_id","id" DESC NULLS FIRST) WHERE place_id is not null;