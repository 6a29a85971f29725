import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import { readHiddenWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import type { Notice, Subject } from "./notifier";
import { topicOf } from "./topics";

/**
 * SQL: the recipient does not want to be told of this by the person `actor` (an expression): they mute them, chose not to hear of it, or only
 * from people they follow, or turned the post's notices off. The topic, one of ours, is part of the text: prepared statements take only what they name.
 */
export const declined = ({ userId, kind, postId }: Pick<Subject, "kind" | "postId"> & { userId: string | SQL }, actor: SQL): SQL => sql`(
  exists (select 1 from mutes m where m.muter_id = ${userId}::bigint and m.muted_id = ${actor})
  or exists (select 1 from notification_choices c where c.user_id = ${userId}::bigint and c.topic = ${sql.raw(`'${topicOf(kind)}'`)} and (not c.in_app
    or (c.followed_only and not exists (select 1 from follows f where f.follower_id = ${userId}::bigint and f.followee_id = ${actor} and f.state = 'active'))))
  or exists (select 1 from notification_mutes q where q.user_id = ${userId}::bigint and q.post_id = ${postId ?? null}::bigint))`;

/** Whether it is not to be told, or was already. */
export async function isUnwanted(tx: Transaction, notice: Notice): Promise<boolean> {
  const { userId, actorId, dedupeKey } = notice;
  const [row] = await executePrepared<{ silent: boolean }>(tx, sql`
    select exists (select 1 from notification_actors where user_id = ${userId}::bigint and dedupe_key = ${dedupeKey})
        or exists (select 1 from blocks where (blocker_id = ${userId}::bigint and blocked_id = ${actorId}::bigint) or (blocker_id = ${actorId}::bigint and blocked_id = ${userId}::bigint))
        or (select count(*) from (values (${userId}::bigint), (${actorId}::bigint)) who(id) join users u on u.id = who.id where u.deleted_at is null and u.suspended_at is null) < 2
        or ${declined(notice, sql`${actorId}::bigint`)} as silent`);
  return row!.silent || (await isHiddenCaption(tx, notice));
}

/** The actor tells of a post of theirs (a mention, a tag, an invitation) whose caption has a word that the recipient hides. A comment's words are judged where it is told. */
async function isHiddenCaption(tx: Transaction, { userId, actorId, postId, commentId }: Notice): Promise<boolean> {
  if (!postId || commentId || userId === actorId) return false;
  const [post] = await tx.execute<{ caption: string }>(sql`select caption from posts where id = ${postId}::bigint and author_id = ${actorId}::bigint`);
  return post !== undefined && hasHiddenWord(post.caption, await readHiddenWords(userId, "posts", tx));
}
