ALTER TABLE "comments" ADD COLUMN "held_for_id" bigint;--> statement-breakpoint
update comments c set held_for_id = p.author_id from posts p where p.id = c.post_id and c.state <> 'shown';--> statement-breakpoint
CREATE INDEX "comments_held" ON "comments" USING btree ("held_for_id","state","id" DESC NULLS FIRST) WHERE held_for_id is not null and deleted_at is null;