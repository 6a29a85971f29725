CREATE TABLE "feed_authors" (
	"author_id" bigint PRIMARY KEY NOT NULL,
	"is_pulled" boolean NOT NULL,
	"changed_id" bigint DEFAULT next_id() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feed_authors" ADD CONSTRAINT "feed_authors_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feed_authors_pulled" ON "feed_authors" USING btree ("author_id") WHERE is_pulled;