import "server-only";
import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { prepared, type Source } from "@/db/prepared";
import { notFound } from "@/lib/platform/errors";
import { NEWEST, type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import { type Reader, sourceFor } from "@/lib/platform/viewer/writes";
import { A_FOLLOWER, type Asking, asForOthers, contentVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts, hydratePostsAs, hydrateSlice } from "./hydrate";
import type { PostView } from "./types";

export { listPlacePosts, listTagPosts } from "./collections";

type Asker = Reader | null;
type Ids = { ids: string | null };

/** One post. Throws not_found when it is not there or not for the viewer. */
export async function getVisiblePost(viewer: Asker, id: string): Promise<PostView> {
  const [post] = await hydratePosts(viewer, [id]);
  if (!post) throw notFound();
  return post;
}

/** What likes and comments have to know of a post. */
export type PostRef = { id: string; authorId: string; status: PostView["status"]; commentsEnabled: boolean; likeCountHidden: boolean };

/** The same question inside a transaction, with a light answer. Throws not_found. */
export async function getVisiblePostRef(executor: Executor, viewer: Asker, id: string): Promise<PostRef> {
  const [row] = await executor.execute<{ id: string; author_id: string; status: PostRef["status"]; comments_enabled: boolean; like_count_hidden: boolean }>(sql`
    select p.id, p.author_id, p.status, p.comments_enabled, p.like_count_hidden from posts p join users u on u.id = p.author_id
    where p.id = ${id}::bigint and ${postVisible(viewer?.id ?? null)}`);
  if (!row) throw notFound();
  return { id: row.id, authorId: row.author_id, status: row.status, commentsEnabled: row.comments_enabled, likeCountHidden: row.like_count_hidden };
}

/** What the person `u` made with others who are its authors, as far as the viewer may see it. */
const madeWithOthers = (viewer: Asking, arg: (name: "cursor" | "limit" | "offset") => string) => sql`
  select p.id from collaborators c join posts p on p.id = c.post_id join users a on a.id = p.author_id
  where c.user_id = u.id and c.state = 'accepted' and c.post_id < ${arg("cursor")}::bigint and p.deleted_at is null and p.archived_at is null and p.status = 'published' and ${postVisible(viewer, "p", "a")}
  order by c.post_id desc limit ${arg("limit")}::int + ${arg("offset")}::int`;

/** `others`: as whom what was made with others is judged. */
const newestOf = (viewer: Asking, arg: (name: "user" | "cursor" | "limit" | "offset" | "unpinned") => string, others = viewer) => sql`
  select (select string_agg(id::text, ',' order by id desc) from (
    select id from ((select p.id from posts p
    where p.author_id = u.id and p.deleted_at is null and p.archived_at is null and p.status = 'published' and p.id < ${arg("cursor")}::bigint and (not ${arg("unpinned")}::boolean or p.pinned_at is null) and ${postVisible(viewer)}
    order by p.id desc limit ${arg("limit")}::int + ${arg("offset")}::int) union all (${madeWithOthers(others, arg)})) both_kinds
    order by id desc limit ${arg("limit")}::int offset ${arg("offset")}::int) page) as ids
  from users u where u.id = ${arg("user")}::bigint and ${contentVisible(viewer)}`;

type ListArgs = "viewer" | "user" | "cursor" | "limit" | "offset" | "unpinned";
const readNewestOf = prepared<Ids, ListArgs>("profile grid for a viewer", (arg) => newestOf(arg("viewer"), arg));
const readNewestOfSignedOut = prepared<Ids, Exclude<ListArgs, "viewer">>("profile grid signed out", (arg) => newestOf(null, arg));

const readNewestOfForFollower = prepared<Ids, Exclude<ListArgs, "viewer">>("profile grid for a follower", (arg) => newestOf(A_FOLLOWER, arg));
const readOwnAsPerson = prepared<Ids, ListArgs>("own profile grid as a person", (arg) => newestOf(arg("viewer"), arg, asForOthers(arg("viewer"))));

const profileOpen = prepared<{ open: boolean }, "viewer" | "user">("profile judged for a viewer", (arg) => sql`select true as open from users u where u.id = ${arg("user")}::bigint and ${contentVisible(arg("viewer"))}`);
const profileOpenSignedOut = prepared<{ open: boolean }, "user">("profile judged signed out", (arg) => sql`select true as open from users u where u.id = ${arg("user")}::bigint and ${contentVisible(null)}`);

const mayList = async (viewer: Asker, user: string): Promise<boolean> =>
  viewer?.id === user || (await (viewer ? profileOpen({ viewer: viewer.id, user }) : profileOpenSignedOut({ user }))).length > 0;

/** Both halves by an index of their own; the author also sees what is not (yet) published. */
const readOwn = prepared<Ids, Exclude<ListArgs, "viewer">>("own profile grid", (arg) => sql`
  select (select string_agg(id::text, ',' order by id desc) from (
    select id from (
      (select id from posts where author_id = u.id and deleted_at is null and archived_at is null and status = 'published' and id < ${arg("cursor")}::bigint and (not ${arg("unpinned")}::boolean or pinned_at is null)
       order by id desc limit ${arg("limit")}::int + ${arg("offset")}::int)
      union all
      (select id from posts where author_id = u.id and deleted_at is null and archived_at is null and status <> 'published' and status <> 'scheduled' and id < ${arg("cursor")}::bigint
       order by id desc limit ${arg("limit")}::int + ${arg("offset")}::int)
      union all (${madeWithOthers(arg("user"), arg)})) own
    order by id desc limit ${arg("limit")}::int offset ${arg("offset")}::int) page) as ids
  from users u where u.id = ${arg("user")}::bigint and u.deleted_at is null`);

/** A person's posts, newest first. Throws not_found when the viewer may not see them. `offset` is for older clients; `unpinned` leaves out those at the top of the profile. */
export async function listPostsOf(viewer: Asker, userId: string, page: Page & { offset?: number; unpinned?: boolean }): Promise<Slice<PostView>> {
  const args = { user: userId, cursor: page.cursor ?? NEWEST, limit: page.limit + 1, offset: page.offset ?? 0, unpinned: page.unpinned ?? false };
  const read = (source: Source) => (viewer === null ? readNewestOfSignedOut(args, source) : viewer.id === userId ? readOwn(args, source) : readNewestOf({ ...args, viewer: viewer.id }, source));
  const source = sourceFor(viewer);
  // Whether there is anything to see is never asked of a replica; and it may not have heard of a new account.
  const [[found], shown] = await Promise.all([read(source), source === "primary" || mayList(viewer, userId)]);
  const row = found ?? (source === "replica" && shown ? (await read("primary"))[0] : undefined);
  if (!row || !shown) throw notFound();
  return hydrateSlice(viewer, row.ids?.split(",") ?? [], page);
}

/** The viewer's own posts as a stranger (null), a follower or another person sees them, by the same statements. Throws not_found when they see none of it. */
export async function listOwnPostsAs(viewer: Reader, as: string | null | typeof A_FOLLOWER, page: Page & { unpinned?: boolean }): Promise<Slice<PostView>> {
  const args = { user: viewer.id, cursor: page.cursor ?? NEWEST, limit: page.limit + 1, offset: 0, unpinned: page.unpinned ?? false };
  const [row] = await (as === null ? readNewestOfSignedOut(args) : as === A_FOLLOWER ? readNewestOfForFollower(args) : readOwnAsPerson({ ...args, viewer: as }));
  if (!row) throw notFound();
  const { items, nextCursor } = sliceOf(row.ids?.split(",") ?? [], page.limit, (id) => id);
  return { items: await hydratePostsAs(viewer.id, as, items), nextCursor };
}
