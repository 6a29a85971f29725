import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db, type Executor, type Transaction } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import { signal } from "@/lib/platform/realtime/signal";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { blockedPart } from "@/lib/platform/visibility/blocks";
import { packedReactions, unpackReactions } from "@/lib/posts/reactions";
import type { ReactionView } from "@/lib/posts/types";
import { MAX_KINDS, MAX_OWN_KINDS } from "./emoji";
import { lockBetween, requirePublished } from "./visible-post";

type Answer = { reactions: ReactionView[] };

/**
 * Makes the viewer react to the post with this emoji or not; the same call twice has the effect of one. At most five by one person, and fifty
 * kinds on a post. Throws not_found, invalid (too many).
 */
export async function setReaction(viewer: Pick<Viewer, "id">, postId: string, emoji: string, on: boolean): Promise<Answer> {
  const change = () => db().transaction(async (tx) => {
    await requirePublished(tx, viewer.id, postId);
    await lockBetween(tx, "reaction", viewer.id, postId);
    await (on ? add(tx, viewer.id, postId, emoji) : takeAway(tx, viewer.id, postId, emoji));
    return { reactions: await readReactions(tx, viewer.id, postId) };
  });
  for (;;) {
    const answer = await change().catch((error: unknown) => (error instanceof KindVanished ? null : Promise.reject(error)));
    if (answer) {
      signal({ event: "post", id: postId, of: "reactions" });
      return answer;
    }
  }
}

/** The last of an emoji went while somebody added one; what is new has to ask for room. */
class KindVanished extends Error {}

async function add(tx: Transaction, viewerId: string, postId: string, emoji: string): Promise<void> {
  const [now] = await tx.execute<{ has: boolean; own: number; is_new: boolean }>(sql`
    select exists (select 1 from reactions where post_id = ${postId}::bigint and emoji = ${emoji} and user_id = ${viewerId}::bigint) as has,
      (select count(*)::int from reaction_counts c join reactions r on r.post_id = c.post_id and r.emoji = c.emoji and r.user_id = ${viewerId}::bigint where c.post_id = ${postId}::bigint) as own,
      not exists (select 1 from reaction_counts where post_id = ${postId}::bigint and emoji = ${emoji}) as is_new`);
  if (now!.has) return;
  if (now!.own >= MAX_OWN_KINDS) throw invalidField("emoji", `You can react with ${MAX_OWN_KINDS} emoji at most.`);
  if (now!.is_new) await requireRoom(tx, postId, emoji);
  const came = await tx.execute(sql`
    insert into reactions (post_id, user_id, emoji) values (${postId}::bigint, ${viewerId}::bigint, ${emoji}) on conflict do nothing returning 1`);
  // Last, so that others who react wait no longer than for the commit.
  if (came.length === 0) return;
  const [counted] = await tx.execute<{ is_new: boolean }>(sql`
    insert into reaction_counts as c (post_id, emoji, count) values (${postId}::bigint, ${emoji}, 1)
    on conflict (post_id, emoji) do update set count = c.count + 1 returning c.count = 1 as is_new`);
  if (counted!.is_new && !now!.is_new) throw new KindVanished();
}

/** New kinds on a post come one after the other, so that there are never more than there may be. */
async function requireRoom(tx: Transaction, postId: string, emoji: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reaction-kinds:${postId}`}, 0))`);
  const [row] = await tx.execute<{ others: number }>(sql`select count(*)::int as others from reaction_counts where post_id = ${postId}::bigint and emoji <> ${emoji}`);
  if (row!.others >= MAX_KINDS) throw invalidField("emoji", `There are ${MAX_KINDS} kinds of emoji on this post already. Take one of those.`);
}

async function takeAway(tx: Transaction, viewerId: string, postId: string, emoji: string): Promise<void> {
  const gone = await tx.execute(sql`
    delete from reactions where post_id = ${postId}::bigint and emoji = ${emoji} and user_id = ${viewerId}::bigint returning 1`);
  if (gone.length === 0) return;
  await tx.execute(sql`update reaction_counts set count = count - 1 where post_id = ${postId}::bigint and emoji = ${emoji}`);
  await tx.execute(sql`delete from reaction_counts where post_id = ${postId}::bigint and emoji = ${emoji} and count = 0`);
}

/** SQL: the viewer may know the numbers of what people do with the post `p`, and wants to. */
const showsLikes = (viewer: string | null): SQL => (viewer === null ? sql`not p.like_count_hidden` : sql`(p.author_id = ${viewer}::bigint or not (p.like_count_hidden or exists (
  select 1 from privacy_settings wish where wish.user_id = ${viewer}::bigint and wish.hides_like_counts)))`);

/** The emoji on a post of which it is known that the viewer may see it. */
export async function readReactions(executor: Executor, viewerId: string | null, postId: string): Promise<ReactionView[]> {
  const [row] = await executor.execute<{ reactions: string | null; is_shown: boolean }>(sql`
    ${viewerId === null ? sql`` : sql`with ${blockedPart(viewerId)}`}
    select ${packedReactions(viewerId, viewerId !== null)} as reactions, ${showsLikes(viewerId)} as is_shown from posts p where p.id = ${postId}::bigint`);
  return row ? unpackReactions(row.reactions, row.is_shown) : [];
}
