CREATE TABLE "gone_messages" (
	"thread_id" bigint NOT NULL,
	"sender_id" bigint NOT NULL,
	"client_id" text NOT NULL,
	"message_id" bigint NOT NULL,
	"gone_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "gone_messages_thread_id_sender_id_client_id_pk" PRIMARY KEY("thread_id","sender_id","client_id")
);
--> statement-breakpoint
ALTER TABLE "thread_members" ADD COLUMN "left_name" text;--> statement-breakpoint
ALTER TABLE "thread_members" ADD COLUMN "is_removed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "gone_messages" ADD CONSTRAINT "gone_messages_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gone_messages" ADD CONSTRAINT "gone_messages_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gone_messages_sender" ON "gone_messages" USING btree ("sender_id");--> statement-breakpoint
CREATE INDEX "gone_messages_at" ON "gone_messages" USING btree ("gone_at");--> statement-breakpoint
-- Who is out of a group already: what it is called now is the nearest to what it was called then.
UPDATE "thread_members" x SET "left_name" = t."name", "is_removed" = EXISTS (SELECT 1 FROM "messages" m WHERE m."id" = x."until_id" AND m."event"->>'kind' = 'removed') FROM "threads" t WHERE t."id" = x."thread_id" AND x."until_id" IS NOT NULL;--> statement-breakpoint
-- Listed without a message: each has a place of its own, which the cursor of the list needs.
UPDATE "thread_members" SET "last_id" = "thread_id", "read_id" = greatest("read_id", "thread_id") WHERE "is_listed" AND "last_id" = 0;
