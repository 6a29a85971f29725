CREATE TABLE "milestones" (
	"user_id" bigint NOT NULL,
	"subject_id" bigint NOT NULL,
	"count" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "milestones_user_id_subject_id_count_pk" PRIMARY KEY("user_id","subject_id","count")
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"user_id" bigint NOT NULL,
	"topic" text NOT NULL,
	"in_app" boolean DEFAULT true NOT NULL,
	"push" boolean DEFAULT true NOT NULL,
	"mail" boolean DEFAULT true NOT NULL,
	"followed_only" boolean DEFAULT false NOT NULL,
	CONSTRAINT "notification_choices_user_id_topic_pk" PRIMARY KEY("user_id","topic")
);
--> statement-breakpoint
CREATE TABLE "notification_mutes" (
	"user_id" bigint NOT NULL,
	"post_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_mutes_user_id_post_id_pk" PRIMARY KEY("user_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "quiet_hours" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "quiet_hours_minutes" CHECK ("quiet_hours"."from_minute" between 0 and 1439 and "quiet_hours"."to_minute" between 0 and 1439 and "quiet_hours"."from_minute" <> "quiet_hours"."to_minute")
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "tab" text GENERATED ALWAYS AS (case when kind in ('follow', 'follow_request', 'follow_accepted') then 'follows' when kind in ('comment', 'reply') then 'comments'
      when kind in ('mention', 'tag', 'tag_request', 'collaboration', 'collaboration_accepted') then 'mentions' when kind in ('like', 'comment_like') then 'likes' end) STORED;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "detail" jsonb;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_mutes" ADD CONSTRAINT "notification_mutes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_mutes" ADD CONSTRAINT "notification_mutes_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiet_hours" ADD CONSTRAINT "quiet_hours_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_mutes_post" ON "notification_mutes" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "notifications_tab" ON "notifications" USING btree ("user_id","tab","latest_id" DESC NULLS FIRST);--> statement-breakpoint
-- What was reached before there were milestones is not told as if it were news.
INSERT INTO "milestones" ("user_id", "subject_id", "count") SELECT p.author_id, p.id, m.n FROM posts p JOIN (VALUES (10), (100), (1000), (10000), (100000), (1000000)) m(n) ON p.like_count >= m.n ON CONFLICT DO NOTHING;--> statement-breakpoint
INSERT INTO "milestones" ("user_id", "subject_id", "count") SELECT u.id, u.id, m.n FROM users u JOIN (VALUES (10), (100), (1000), (10000), (100000), (1000000)) m(n) ON u.follower_count >= m.n ON CONFLICT DO NOTHING;
