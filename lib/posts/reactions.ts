import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { blockedPart, byBlocked } from "@/lib/platform/visibility/blocks";
import type { ReactionView } from "./types";

const COUNTS = sql.raw("select c.post_id, c.emoji, c.count from reaction_counts c where c.post_id = p.id");
// One that only people made who are not there for the viewer is not there either.
const SEEN_COUNTS = sql`select * from (select c.post_id, c.emoji, c.count - ${byBlocked({ from: "reactions", of: sql.raw("k.post_id = c.post_id and k.emoji = c.emoji"), count: sql.raw("c.count") })} as count
  from reaction_counts c where c.post_id = p.id) seen where count > 0`;

/**
 * SQL: the emoji on the post `p`, each with its number and whether it is the viewer's own, packed into one short text; null where there are none. `hasBlocks`: without
 * those of the people in `blocked` (blocks.ts).
 */
export function packedReactions(viewer: string | null, hasBlocks: boolean): SQL {
  const isMine = viewer === null ? sql`0` : sql`exists (select 1 from reactions r where r.post_id = c.post_id and r.emoji = c.emoji and r.user_id = ${viewer}::bigint)::int`;
  return sql`(select string_agg(c.emoji || ' ' || c.count || ' ' || ${isMine}, ',') from (${hasBlocks ? SEEN_COUNTS : COUNTS}) c)`;
}

type Packed = { id: string; reactions: string | null };
const packedOf = (viewer: string | null, ids: string, hasBlocks = false): SQL => sql`select p.id, ${packedReactions(viewer, hasBlocks)} as reactions from unnest(${ids}::text::bigint[]) as p(id)`;
const packedForViewer = prepared<Packed, "viewer" | "ids">("reactions for a viewer", (arg) => packedOf(arg("viewer"), arg("ids")));
const packedWithBlocks = prepared<Packed, "viewer" | "ids">("reactions for a viewer with blocks", (arg) => sql`with ${blockedPart(arg("viewer"))} ${packedOf(arg("viewer"), arg("ids"), true)}`);
const packedSignedOut = prepared<Packed, "ids">("reactions signed out", (arg) => packedOf(null, arg("ids")));

/** Such texts of posts of which it is known that the viewer may see them, by id. No statement when there are no posts. */
export async function listPackedReactions(viewer: string | null, ids: readonly string[], hasBlocks: boolean): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const list = `{${ids.join(",")}}`;
  const rows = await (viewer === null ? packedSignedOut({ ids: list }) : (hasBlocks ? packedWithBlocks : packedForViewer)({ viewer, ids: list }));
  // The last of them may have gone meanwhile.
  return new Map(rows.flatMap(({ id, reactions }) => (reactions === null ? [] : [[id, reactions] as const])));
}

/**
 * What such a text says, most first. `isShown`: the viewer may know the numbers; where the author keeps likes to themselves others get none, and an order
 * that tells none.
 */
export function unpackReactions(packed: string | null, isShown: boolean): ReactionView[] {
  if (packed === null) return [];
  const list = packed.split(",").map((one) => {
    const [emoji, count, mine] = one.split(" ") as [string, string, string];
    return { emoji, count: isShown ? Number(count) : null, mine: mine === "1" };
  });
  return list.sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || (a.emoji < b.emoji ? -1 : 1));
}
