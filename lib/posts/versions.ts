import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { detach } from "@/lib/media/attached";
import { type MediaRow, toMediaView } from "@/lib/media/urls";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { readHiddenWords } from "@/lib/privacy/hidden-words";
import { hasHiddenWord } from "@/lib/privacy/words";
import { isPublicPost } from "./frames";
import { getVisiblePost } from "./queries";
import type { PostVersionView, PostView } from "./types";

/** Earlier versions kept of a post; older ones go, with the photos that only they show. */
const KEPT = 50;

/** Notes down what a locked post is, before it is changed. `replaced`: one of its photos is about to be. */
export async function keepVersion(tx: Transaction, postId: string, replaced = false): Promise<void> {
  await tx.execute(sql`
    insert into post_versions (post_id, caption, media_ids, replaced)
    select p.id, p.caption, array(select m.id::text from media m where m.post_id = p.id and m.position is not null order by m.position), ${replaced} from posts p where p.id = ${postId}::bigint`);
  const gone = await tx.execute(sql`
    delete from post_versions where id in (select id from post_versions where post_id = ${postId}::bigint order by id desc offset ${KEPT}) returning 1`);
  if (gone.length > 0) await forgetUnnamed(tx, postId);
}

/** Photos that no version names any more. */
async function forgetUnnamed(tx: Transaction, postId: string): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id from media m where m.post_id = ${postId}::bigint and m.position is null and m.replaces_id is null
      and not exists (select 1 from post_versions v where v.post_id = m.post_id and m.id::text = any (v.media_ids))`);
  await detach(tx, postId, [...rows].map((row) => row.id));
}

type VersionRow = { id: string; caption: string; media_ids: string[]; created_at: string };

/**
 * What a post was before, newest first, as everybody may see it who sees the post. Of what is covered neither words nor photos are told, until the viewer asks
 * for it: `uncovered` is the cover that they took off, and "word" the stronger one. Throws not_found.
 */
export async function listVersions(viewer: Pick<Viewer, "id"> | null, postId: string, uncovered: PostView["cover"] = null): Promise<PostVersionView[]> {
  const post = await getVisiblePost(viewer, postId);
  const words = viewer && viewer.id !== post.user_id ? await readHiddenWords(viewer.id, "posts") : [];
  const rows = await db().execute<VersionRow>(sql`select id, caption, media_ids, created_at from post_versions where post_id = ${postId}::bigint order by id desc limit ${KEPT}::int`);
  const items = rows.length > 0 ? await readItems(postId) : new Map<string, MediaRow>();
  const access = { isPublic: isPublicPost({ audience: post.audience, status: post.status, is_private: await isPrivate(post.user_id), is_archived: post.is_archived === true, is_deleted: false }), viewerId: viewer?.id ?? null };
  return [...rows].map((row, at) => {
    const cover = hasHiddenWord(row.caption, words) ? "word" : post.cover;
    const isShown = cover === null || uncovered === "word" || cover === uncovered;
    return toView(row, rows[at - 1] ?? nowOf(post), { cover, isShown, viewOf: (id) => (items.has(id) ? toMediaView(items.get(id)!, access) : null) });
  });
}

const nowOf = (post: PostView) => ({ caption: post.caption, media_ids: post.media.map((item) => item.id) });

type Showing = { cover: PostView["cover"]; isShown: boolean; viewOf: (id: string) => PostVersionView["media"][number] };

/** `next` is what it was changed to. */
function toView(row: VersionRow, next: Pick<VersionRow, "caption" | "media_ids">, { cover, isShown, viewOf }: Showing): PostVersionView {
  const isSameSet = row.media_ids.toSorted().join() === next.media_ids.toSorted().join();
  return {
    id: row.id,
    caption: isShown ? row.caption : "",
    media: isShown ? row.media_ids.map(viewOf) : [],
    cover: isShown ? null : cover,
    changed: [
      ...(row.caption === next.caption ? [] : ["caption" as const]),
      ...(isSameSet ? (row.media_ids.join() === next.media_ids.join() ? [] : ["order" as const]) : ["photos" as const]),
    ],
    until: new Date(row.created_at).toISOString(),
  };
}

async function readItems(postId: string): Promise<Map<string, MediaRow>> {
  const rows = await db().execute<MediaRow>(sql`
    select id, kind, state, width, height, duration, alt, thumbhash, version, variants, video, has_audio, progress from media
    where post_id = ${postId}::bigint and (position is not null or replaces_id is null) and state = 'ready'`);
  return new Map([...rows].map((row) => [row.id, row]));
}

async function isPrivate(userId: string): Promise<boolean> {
  const [row] = await db().execute<{ is_private: boolean }>(sql`select is_private from users where id = ${userId}::bigint`);
  return row?.is_private ?? true;
}
