CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
-- An id above `last`, also when the sequence began anew within a millisecond or a clock was put back. The caller holds the lock of what `last` belongs to.
CREATE FUNCTION next_id_after(last bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE drawn bigint;
BEGIN
  FOR i IN 1..20 LOOP
    drawn := next_id();
    IF drawn > last THEN RETURN drawn; END IF;
    PERFORM pg_sleep(0.001);
  END LOOP;
  RETURN last + 1 + (nextval('id_sequence') % 1024);
END $$;--> statement-breakpoint
CREATE TABLE "message_media" (
	"message_id" bigint NOT NULL,
	"media_id" bigint NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "message_media_message_id_media_id_pk" PRIMARY KEY("message_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "message_reactions" (
	"message_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"emoji" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_reactions_message_id_emoji_user_id_pk" PRIMARY KEY("message_id","emoji","user_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY NOT NULL,
	"thread_id" bigint NOT NULL,
	"sender_id" bigint NOT NULL,
	"client_id" text,
	"text" text,
	"event" jsonb,
	"shared_kind" text,
	"shared_id" bigint,
	"reply_to_id" bigint,
	"vanishing" text DEFAULT 'off' NOT NULL,
	"vanishes_at" timestamp with time zone,
	"edited_at" timestamp with time zone,
	"unsent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', coalesce(text, ''))) STORED
);
--> statement-breakpoint
CREATE TABLE "thread_members" (
	"thread_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"folder" text DEFAULT 'inbox' NOT NULL,
	"is_accepted" boolean DEFAULT false NOT NULL,
	"is_listed" boolean DEFAULT false NOT NULL,
	"is_muted" boolean DEFAULT false NOT NULL,
	"is_pinned" boolean DEFAULT false NOT NULL,
	"last_id" bigint DEFAULT '0' NOT NULL,
	"place" bigint GENERATED ALWAYS AS (last_id + case when is_pinned then 4611686018427387904 else 0 end) STORED NOT NULL,
	"read_id" bigint DEFAULT '0' NOT NULL,
	"read_at" timestamp with time zone,
	"from_id" bigint DEFAULT '0' NOT NULL,
	"until_id" bigint,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thread_members_thread_id_user_id_pk" PRIMARY KEY("thread_id","user_id"),
	CONSTRAINT "thread_members_folder" CHECK ("thread_members"."folder" in ('inbox', 'requests', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" bigint PRIMARY KEY DEFAULT next_id() NOT NULL,
	"kind" text NOT NULL,
	"pair_key" text,
	"name" text,
	"picture_media_id" bigint,
	"vanishing" text DEFAULT 'off' NOT NULL,
	"invite_token" text,
	"last_id" bigint DEFAULT '0' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "threads_pair_key" CHECK (("threads"."kind" = 'pair') = ("threads"."pair_key" is not null))
);
--> statement-breakpoint
ALTER TABLE "privacy_settings" ADD COLUMN "shows_seen" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "waveform" jsonb;--> statement-breakpoint
ALTER TABLE "message_media" ADD CONSTRAINT "message_media_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_media" ADD CONSTRAINT "message_media_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_reactions" ADD CONSTRAINT "message_reactions_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_reactions" ADD CONSTRAINT "message_reactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_members" ADD CONSTRAINT "thread_members_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_members" ADD CONSTRAINT "thread_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_picture_media_id_media_id_fk" FOREIGN KEY ("picture_media_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "message_media_once" ON "message_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "message_reactions_user" ON "message_reactions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "messages_thread" ON "messages" USING btree ("thread_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_client" ON "messages" USING btree ("thread_id","sender_id","client_id") WHERE client_id is not null;--> statement-breakpoint
CREATE INDEX "messages_sender" ON "messages" USING btree ("sender_id","id");--> statement-breakpoint
CREATE INDEX "messages_shared" ON "messages" USING btree ("shared_id") WHERE shared_id is not null;--> statement-breakpoint
CREATE INDEX "messages_words" ON "messages" USING gin ("thread_id","words") WHERE text is not null;--> statement-breakpoint
CREATE INDEX "messages_vanishes" ON "messages" USING btree ("vanishes_at") WHERE vanishes_at is not null;--> statement-breakpoint
CREATE INDEX "messages_seen_off" ON "messages" USING btree ("thread_id","id") WHERE vanishing = 'seen' and vanishes_at is null;--> statement-breakpoint
CREATE INDEX "thread_members_list" ON "thread_members" USING btree ("user_id","folder","place" DESC NULLS FIRST) WHERE is_listed;--> statement-breakpoint
CREATE INDEX "thread_members_user" ON "thread_members" USING btree ("user_id","thread_id");--> statement-breakpoint
CREATE INDEX "thread_members_unread" ON "thread_members" USING btree ("user_id","folder") WHERE is_listed and not is_muted and last_id > read_id and until_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "threads_pair" ON "threads" USING btree ("pair_key");--> statement-breakpoint
CREATE UNIQUE INDEX "threads_invite" ON "threads" USING btree ("invite_token");--> statement-breakpoint
CREATE INDEX "threads_picture" ON "threads" USING btree ("picture_media_id") WHERE picture_media_id is not null;