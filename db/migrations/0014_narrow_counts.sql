CREATE INDEX "users_mailbox" ON "users" USING btree ((case when split_part("email_key", '@', 2) in ('gmail.com', 'googlemail.com')
  then replace(split_part(split_part("email_key", '@', 1), '+', 1), '.', '') || '@gmail.com'
  else split_part(split_part("email_key", '@', 1), '+', 1) || '@' || split_part("email_key", '@', 2) end));--> statement-breakpoint
CREATE INDEX "posts_narrow" ON "posts" USING btree ("author_id","id") WHERE deleted_at is null and archived_at is null and status = 'published' and audience <> 'everyone';