import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { blockedPart, byBlocked } from "@/lib/platform/visibility/blocks";
import type { CommentRow } from "./columns";

/** SQL: likes of the comment `c` by people in `blocked` (blocks.ts). */
export const likesByBlocked: SQL = byBlocked({ from: "comment_likes", of: sql.raw("k.comment_id = c.id"), count: sql.raw("c.like_count") });

// By the post, too: of that and a person there is an index.
const REPLY = sql.raw("k.post_id = c.post_id and k.parent_id = c.id and k.deleted_at is null and k.state = 'shown'");

const readUncounted = prepared<{ id: string; likes: number; replies: number }, "viewer" | "ids">("likes and replies not counted for a viewer", (arg) => sql`
  with ${blockedPart(arg("viewer"))}
  select c.id, ${likesByBlocked} as likes, ${byBlocked({ from: "comments", of: REPLY, count: sql.raw("c.reply_count") })} as replies
  from unnest(${arg("ids")}::text::bigint[]) as w(id) join comments c on c.id = w.id`);

/** The same comments, whose numbers have nobody whom a block hides from the viewer. No statement for who has no blocks. */
export async function withoutBlocked<Row extends CommentRow>(viewer: Viewer | null, rows: Row[]): Promise<Row[]> {
  if (!viewer || !rows.some((row) => row.has_blocks)) return rows;
  const less = new Map((await readUncounted({ viewer: viewer.id, ids: `{${rows.map(({ id }) => id).join(",")}}` })).map((row) => [row.id, row]));
  return rows.map((row) => ({ ...row, like_count: Math.max(0, row.like_count - (less.get(row.id)?.likes ?? 0)), reply_count: Math.max(0, row.reply_count - (less.get(row.id)?.replies ?? 0)) }));
}
