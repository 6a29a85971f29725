import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { blockedPart, byBlocked } from "@/lib/platform/visibility/blocks";
import { postsListed } from "./listed-sql";

/** What of a post's counters is by people whom a block hides from the viewer. */
export type Uncounted = { likes: number; comments: number; saves: number; shares: number; reposts: number };

const ON_POST = sql.raw("k.post_id = p.id");
const NOT_SHARED = sql.raw("not exists (select 1 from shares s where s.post_id = k.post_id and s.user_id = k.user_id)");
// A comment goes with its replies, and a reply with what it answers: that is counted there.
const WITH_REPLIES = sql.raw(`case when k.parent_id is null then 1 + k.reply_count
  when exists (select 1 from comments above where above.id = k.parent_id and above.deleted_at is null and above.state = 'shown' and above.user_id not in (select id from blocked)) then 1 else 0 end`);

/** SQL: those of the post `p`, beside `blocked` (blocks.ts). */
export const likesByBlocked: SQL = byBlocked({ from: "likes", of: ON_POST, count: sql.raw("p.like_count") });
export const commentsByBlocked: SQL = byBlocked({ from: "comments", of: sql`${ON_POST} and k.deleted_at is null and k.state = 'shown'`, count: sql.raw("p.comment_count"), weight: WITH_REPLIES });
export const repostsByBlocked: SQL = byBlocked({ from: "reposts", of: ON_POST, count: sql.raw("p.repost_count") });
/** Each person once, also who shared it both ways. */
export const sharesByBlocked: SQL = sql`(${byBlocked({ from: "shares", of: ON_POST, count: sql.raw("p.share_count") })} + ${byBlocked({ from: "reposts", of: sql`${ON_POST} and ${NOT_SHARED}`, count: sql.raw("p.repost_count") })})`;

const readUncounted = prepared<Uncounted & { id: string }, "viewer" | "ids">("doings not counted for a viewer", (arg) => sql`
  with ${blockedPart(arg("viewer"))}
  select p.id, ${likesByBlocked} as likes, ${commentsByBlocked} as comments, ${sharesByBlocked} as shares, ${repostsByBlocked} as reposts,
    case when p.author_id = ${arg("viewer")}::bigint then ${byBlocked({ from: "saves", of: ON_POST, count: sql.raw("p.save_count") })} else 0 end as saves
  from ${postsListed(arg("ids"))}`);

/** That of posts which the viewer may see, by id. No statement when there are no posts. */
export async function listUncounted(viewerId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uncounted>> {
  if (ids.length === 0) return new Map();
  return new Map((await readUncounted({ viewer: viewerId, ids: `{${ids.join(",")}}` })).map((row) => [row.id, row]));
}
