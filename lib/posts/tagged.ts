import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { prepared } from "@/db/prepared";
import { notFound } from "@/lib/platform/errors";
import { NEWEST, type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Reader } from "@/lib/platform/viewer/writes";
import { type A_FOLLOWER, type Asking, asForOthers, contentVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts, hydratePostsAs } from "./hydrate";
import type { PostView } from "./types";

const taggedOf = (arg: (name: "user" | "cursor" | "limit") => string, seen: SQL) => sql`
  select distinct on (t.post_id) t.post_id as id from photo_tags t join media m on m.id = t.media_id and m.position is not null join posts p on p.id = t.post_id join users u on u.id = p.author_id
  where t.user_id = ${arg("user")}::bigint and t.state = 'shown' and t.is_on_profile and t.post_id < ${arg("cursor")}::bigint
    and p.status = 'published' and p.archived_at is null and ${seen}
  order by t.post_id desc limit ${arg("limit")}::int`;
const taggedForViewer = prepared<{ id: string }, "viewer" | "user" | "cursor" | "limit">("tagged posts for a viewer", (arg) => taggedOf(arg, postVisible(arg("viewer"))));
const taggedSignedOut = prepared<{ id: string }, "user" | "cursor" | "limit">("tagged posts signed out", (arg) => taggedOf(arg, postVisible(null)));
const profileOpen = (viewer: Asking, userId: string) => db().execute(sql`select 1 from users u where u.id = ${userId}::bigint and ${contentVisible(viewer)}`);

/** Posts on whose photos a person stands, newest first, as far as the viewer may see both. Throws not_found. */
export async function listTagged(viewer: Reader | null, userId: string, page: Page): Promise<Slice<PostView>> {
  if ((await profileOpen(viewer?.id ?? null, userId)).length === 0) throw notFound();
  const args = { user: userId, cursor: page.cursor ?? NEWEST, limit: page.limit + 1 };
  const rows = await (viewer ? taggedForViewer({ ...args, viewer: viewer.id }) : taggedSignedOut(args));
  const ids = rows.map((row) => row.id);
  return { items: await hydratePosts(viewer, ids.slice(0, page.limit)), nextCursor: ids.length > page.limit ? ids[page.limit - 1]! : null };
}

/** The same of the viewer's own as a stranger (null), a follower or another person sees it. Throws not_found when they see none of it. */
export async function listOwnTaggedAs(viewer: Reader, as: string | null | typeof A_FOLLOWER, page: Page): Promise<Slice<PostView>> {
  if ((await profileOpen(as, viewer.id)).length === 0) throw notFound();
  const args = { user: viewer.id, cursor: page.cursor ?? NEWEST, limit: String(page.limit + 1) };
  const seen = sql`case when p.author_id = ${viewer.id}::bigint then ${postVisible(as)} else ${postVisible(viewer.id)} and ${postVisible(asForOthers(as))} end`;
  const rows = await db().execute<{ id: string }>(taggedOf((name) => args[name], seen));
  const { items, nextCursor } = sliceOf(rows.map((row) => row.id), page.limit, (id) => id);
  return { items: await hydratePostsAs(viewer.id, as, items), nextCursor };
}
