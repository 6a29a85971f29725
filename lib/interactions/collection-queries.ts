import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { notFound } from "@/lib/platform/errors";
import { type Page, type Slice, sliceOf } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { hydratePosts } from "@/lib/posts/hydrate";
import type { PostView } from "@/lib/posts/types";
import { avatarUrl } from "@/lib/profiles/avatar-url";
import { collectionOpen } from "./collections";
import { listRefilled } from "./queries";
import type { CollectionView, MemberView } from "./types";

type Asker = Pick<Viewer, "id">;
type PersonRow = { user_id: string; username: string; full_name: string; is_verified: boolean; avatar_media_id: string | null; avatar_version: string | null };
type Row = PersonRow & {
  id: string; name: string; role: CollectionView["role"]; post_count: number; member_count: number; cover_id: string | null; has_post: boolean | null; created_at: string; updated_at: string;
};

const COUNTED = 100;

/** Posts of the collection `c` that the viewer may see, as `cp` and `p`. */
const seenPosts = (viewerId: string): SQL => sql`
  collection_posts cp join posts p on p.id = cp.post_id join users u on u.id = p.author_id
  where cp.collection_id = c.id and p.status = 'published' and ${postVisible(viewerId)}`;

const person = (alias: string): SQL => sql.raw(["username", "full_name", "is_verified", "avatar_media_id", "avatar_version"].map((column) => `${alias}.${column}`).join(", "));

async function read(viewer: Asker, which: SQL, limit: number, postId: string | null = null): Promise<Row[]> {
  const me = viewer.id;
  const hasPost = postId === null ? sql`null` : sql`exists (select 1 from ${seenPosts(me)} and p.id = ${postId}::bigint)`;
  const rows = await db().execute<Row>(sql`
    select c.id, c.name, c.role, c.created_at, c.updated_at, o.id as user_id, ${person("o")},
      case when c.role = 'invited' then 0 else (select count(*)::int from (select 1 from ${seenPosts(me)} limit ${COUNTED}) counted) end as post_count,
      case when c.role = 'invited' then 0 else (select count(*)::int from collection_members m join users w on w.id = m.user_id
        where m.collection_id = c.id and m.state = 'joined' and ${accountVisible(me, "w")}) end as member_count,
      case when c.role <> 'invited' then coalesce((select p.id from ${seenPosts(me)} and p.id = c.cover_post_id), (select p.id from ${seenPosts(me)} order by cp.id desc limit 1)) end as cover_id,
      case when c.role <> 'invited' then ${hasPost} end as has_post
    from (select c.*, case when c.owner_id = ${me}::bigint then 'owner' else (
        select case m.state when 'joined' then 'member' else 'invited' end from collection_members m where m.collection_id = c.id and m.user_id = ${me}::bigint) end as role from collections c) c
      join users o on o.id = c.owner_id
    where ${which} and (c.owner_id = ${me}::bigint or ${accountVisible(me, "o")}) order by c.id desc limit ${limit}`);
  return [...rows];
}

const mine = (me: string): SQL => sql`c.id in (
  select id from collections where owner_id = ${me}::bigint union all select collection_id from collection_members where user_id = ${me}::bigint and state = 'joined')`;
const invited = (me: string): SQL => sql`c.id in (select collection_id from collection_members where user_id = ${me}::bigint and state = 'invited')`;

async function toViews(viewer: Asker, rows: Row[]): Promise<CollectionView[]> {
  const covers = new Map((await hydratePosts(viewer, [...new Set(rows.flatMap((row) => row.cover_id ?? []))])).map((post) => [post.id, post]));
  return rows.map((row) => {
    const post = row.cover_id === null ? undefined : covers.get(row.cover_id);
    return {
      id: row.id, name: row.name, owner: toSummary(row), role: row.role, post_count: row.post_count, member_count: row.member_count,
      cover: post ? { post_id: post.id, ...(post.cover ? { url: "", alt: "" } : { url: post.media[0]?.urls["320"] ?? post.thumbnail_url, alt: post.media[0]?.alt ?? "" }) } : null,
      ...(row.has_post === null ? {} : { has_post: row.has_post }),
      created_at: new Date(row.created_at).toISOString(), updated_at: new Date(row.updated_at).toISOString(),
    };
  });
}

const toSummary = (row: PersonRow) => ({
  id: row.user_id, username: row.username, full_name: row.full_name, is_verified: row.is_verified,
  avatar_url: avatarUrl({ avatarMediaId: row.avatar_media_id, avatarVersion: row.avatar_version }),
});

/** Collections that the viewer owns or has joined, newest first; with `postId` each says whether it holds that post. */
export const listCollections = (viewer: Asker, page: Page, postId: string | null = null): Promise<Slice<CollectionView>> => list(viewer, mine(viewer.id), page, postId);

/** Collections that others want to share with the viewer, who has not answered. */
export const listInvitations = (viewer: Asker, page: Page): Promise<Slice<CollectionView>> => list(viewer, invited(viewer.id), page);

async function list(viewer: Asker, which: SQL, page: Page, postId: string | null = null): Promise<Slice<CollectionView>> {
  const rows = await read(viewer, sql`${which} and ${page.cursor === null ? sql`true` : sql`c.id < ${page.cursor}::bigint`}`, page.limit + 1, postId);
  const slice = sliceOf(rows, page.limit, (row) => row.id);
  return { items: await toViews(viewer, slice.items), nextCursor: slice.nextCursor };
}

/** One that the viewer owns, has joined, or is invited to. Throws not_found. */
export async function getCollection(viewer: Asker, id: string): Promise<CollectionView> {
  const [view] = await toViews(viewer, await read(viewer, sql`c.id = ${id}::bigint and (${mine(viewer.id)} or ${invited(viewer.id)})`, 1));
  if (!view) throw notFound();
  return view;
}

async function requireOpen(viewer: Asker, id: string): Promise<void> {
  const [row] = await db().execute(sql`select 1 from collections c join users o on o.id = c.owner_id where c.id = ${id}::bigint and ${collectionOpen(viewer.id)}`);
  if (!row) throw notFound();
}

/** Its posts that the viewer may see, last added first. Throws not_found. */
export async function listCollectionPosts(viewer: Asker, id: string, page: Page): Promise<Slice<PostView>> {
  await requireOpen(viewer, id);
  return listRefilled(viewer, page, (cursor, limit) => sql`
    select id, post_id from collection_posts where collection_id = ${id}::bigint and ${cursor === null ? sql`true` : sql`id < ${cursor}::bigint`} order by id desc limit ${limit}`);
}

/** Whom it is shared with: the owner sees also who has not answered. Throws not_found. */
export async function listMembers(viewer: Asker, id: string): Promise<MemberView[]> {
  await requireOpen(viewer, id);
  const rows = await db().execute<PersonRow & { state: MemberView["state"] }>(sql`
    select w.id as user_id, ${person("w")}, m.state from collection_members m join users w on w.id = m.user_id join collections c on c.id = m.collection_id
    where m.collection_id = ${id}::bigint and (m.state = 'joined' or c.owner_id = ${viewer.id}::bigint) and ${accountVisible(viewer.id, "w")} order by m.created_at, m.user_id`);
  return [...rows].map((row) => ({ user: toSummary(row), state: row.state }));
}
