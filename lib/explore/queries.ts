import "server-only";
import { sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import type { Page, Slice } from "@/lib/platform/pagination/pagination";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import { postVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts } from "@/lib/posts/hydrate";
import { postsListed } from "@/lib/posts/listed-sql";
import type { PostView } from "@/lib/posts/types";
import { sensitiveWanted } from "@/lib/privacy/sensitive";
import { newestSnapshot, type Snapshot, snapshotOf } from "./snapshots";

/** A cursor is a snapshot and a place in it, in one number: places take the low 16 bits. */
const PLACES = 65_536n;
/** Read beyond what is wanted; a reader who follows the popular ones sees less of a ranking. */
const SPARE = 8;

/**
 * Recent and well-liked posts by people the viewer does not follow, best first; never of private accounts, blocked or
 * muted people, or own ones. Also for those signed out. The pages of one visit come from one ranking, so nothing repeats
 * while likes come and go.
 */
export async function listExplore(viewer: Reader | null, page: Page): Promise<Slice<PostView>> {
  const { snapshot, place } = await startOf(page.cursor);
  const found: { id: string; place: number }[] = [];
  let at = place;
  for (let round = 0; found.length <= page.limit && at < snapshot.postIds.length; round++) {
    const ids = snapshot.postIds.slice(at, at + (page.limit + SPARE) * 2 ** Math.min(round, 5));
    const strange = new Set(await pickStrange(viewer, ids));
    ids.forEach((id, i) => strange.has(id) && found.push({ id, place: at + i }));
    at += ids.length;
  }
  const shown = found.slice(0, page.limit);
  const items = await hydratePosts(viewer, shown.map((post) => post.id));
  const last = shown.at(-1);
  return { items, nextCursor: found.length > page.limit && last ? String(BigInt(snapshot.id) * PLACES + BigInt(last.place + 1)) : null };
}

async function startOf(cursor: string | null): Promise<{ snapshot: Snapshot; place: number }> {
  if (cursor === null) return { snapshot: await newestSnapshot(), place: 0 };
  return { snapshot: await snapshotOf(Number(BigInt(cursor) / PLACES)), place: Number(BigInt(cursor) % PLACES) };
}

const strangeTo = prepared<{ id: string }, "viewer" | "ids">("explore for a viewer", (arg) => sql`
  select p.id from ${postsListed(arg("ids"))} join users u on u.id = p.author_id
  where p.status = 'published' and p.archived_at is null and p.audience = 'everyone' and not u.is_private and u.id <> ${arg("viewer")}::bigint
    and not exists (select 1 from follows f where f.follower_id = ${arg("viewer")}::bigint and f.followee_id = u.id)
    and not exists (select 1 from mutes m where m.muter_id = ${arg("viewer")}::bigint and m.muted_id = u.id and m.posts)
    and not exists (select 1 from feed_feedback z where z.user_id = ${arg("viewer")}::bigint
      and ((z.kind = 'snooze' and z.subject_id = u.id and z.until > now()) or (z.kind = 'not_interested' and z.subject_id = p.id)))
    and ${sensitiveWanted(arg("viewer"))} and ${postVisible(arg("viewer"))}`);

const publicOnes = prepared<{ id: string }, "ids">("explore signed out", (arg) => sql`
  select p.id from ${postsListed(arg("ids"))} join users u on u.id = p.author_id where ${postVisible(null)}`);

/** Which of these posts are public, and by somebody the viewer neither is, follows, asked to follow, nor avoids. */
async function pickStrange(viewer: Reader | null, ids: readonly string[]): Promise<string[]> {
  const list = `{${ids.join(",")}}`;
  const source = sourceFor(viewer);
  const rows = await (viewer ? strangeTo({ viewer: viewer.id, ids: list }, source) : publicOnes({ ids: list }, source));
  return rows.map((row) => row.id);
}
