import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import { variantKey } from "@/lib/media/keys";
import { captionsKey, videoKey } from "@/lib/media/video/files";
import { storage } from "@/lib/platform/storage/storage";
import { extractText } from "@/lib/posts/text";
import type { ItemOf } from "./format";
import { iso, postUrl } from "./sections";

const AT_ONCE = 50;

type PostItem = ItemOf<"posts">;
export type MediaItem = PostItem["media"][number];
/** A file to be packed: where it lies, and under which name. */
export type PackedFile = { key: string; path: string; size: number; at: string };
export type PackedPost = { post: PostItem; files: PackedFile[] };

type MediaRow = {
  id: string; post_id: string | null; kind: "image" | "video"; is_earlier: boolean; alt: string; width: number | null; height: number | null; duration: number | null; content_type: string; taken_at: string | null; sha256: string | null; edit: unknown;
  original_key: string; version: string; variants: Variant[]; has_mp4: boolean; captions: { id: string; language: string; label: string }[]; people: MediaItem["people"];
};
type UploadItem = ItemOf<"uploads">;
type PostRow = Omit<PostItem, "media" | "url" | "hashtags">;

const EXTENSIONS: Record<string, string> = { "image/jpeg": "jpg", "video/quicktime": "mov", "video/x-matroska": "mkv" };
const extensionOf = (type: string) => EXTENSIONS[type] ?? type.split("/")[1]!.replace(/[^a-z0-9]/g, "");
/** No wider than this on the pages of the copy; the file as it was brought lies beside it. */
const PICTURE_WIDTH = 1080;

/** All posts of a person, also those archived, scheduled or lately deleted, oldest first, with their files, as far as these are there. */
export async function* readPosts(me: string): AsyncGenerator<PackedPost> {
  for (let after = "0"; ; ) {
    const rows = [...(await db().execute<{ key: string; item: PostRow }>(pageOf(me, after)))];
    const media = await readMedia(rows.map(({ key }) => key));
    for (const { key, item } of rows) yield packed(key, item, media.get(key) ?? []);
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.key;
  }
}

/** Files of a person that are in no post and not their picture, oldest first, as far as they have arrived. */
export async function* readUploads(me: string): AsyncGenerator<{ item: UploadItem; files: PackedFile[] }> {
  for (let after = "0"; ; ) {
    const rows = await db().execute<MediaRow & { at: string }>(sql`
      select ${MEDIA}, ${iso("m.created_at")} as at from media m
      where m.owner_id = ${me}::bigint and m.post_id is null and m.state <> 'pending' and m.id > ${after}::bigint and not exists (select 1 from users u where u.avatar_media_id = m.id and u.id = m.owner_id)
      order by m.id limit ${AT_ONCE}`);
    for (const row of rows) {
      const { media: { is_earlier: _, people: __, ...item }, files } = await packedMedia(row, row.at);
      yield { item: { ...item, at: row.at }, files };
    }
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}

async function packed(id: string, item: PostRow, rows: MediaRow[]): Promise<PackedPost> {
  const parts = [];
  for (const row of rows) parts.push(await packedMedia(row, item.created_at));
  return { post: { ...item, url: postUrl(id), hashtags: extractText(item.caption).hashtags, media: parts.map(({ media }) => media) }, files: parts.flatMap(({ files }) => files) };
}

async function packedMedia(row: MediaRow, at: string): Promise<{ media: MediaItem; files: PackedFile[] }> {
  const files: PackedFile[] = [];
  // What is not in storage (any more) is not promised.
  const take = async (key: string, path: string): Promise<string | null> => {
    const found = await storage().head(key);
    if (!found) return null;
    files.push({ key, path, size: found.size, at });
    return path;
  };
  const original = await take(row.original_key, `originals/${row.id}.${extensionOf(row.content_type)}`);
  const best = bestPicture(row.variants);
  const picture = best ? await take(variantKey(row.id, row.version, best), `pictures/${row.id}.jpg`) : null;
  const video = row.has_mp4 ? await take(videoKey(row.id, row.version, "video.mp4"), `videos/${row.id}.mp4`) : null;
  const captions = [];
  for (const { id, language, label } of row.captions) {
    const file = await take(captionsKey(row.id, row.version, id), `captions/${row.id}-${id}.vtt`);
    if (file) captions.push({ language, label, file });
  }
  const { id, kind, is_earlier, alt, width, height, duration, content_type, taken_at, sha256, edit, people } = row;
  return { media: { id, type: kind, is_earlier, alt, width, height, duration, content_type, taken_at, sha256, edit, original, picture, video, captions, people }, files };
}

function bestPicture(variants: readonly Variant[]): Variant | undefined {
  const jpegs = variants.filter(({ ext, name }) => ext === "jpg" && name !== "150" && /^\d+$/.test(name));
  return jpegs.filter(({ width }) => width <= PICTURE_WIDTH).sort((a, b) => b.width - a.width)[0] ?? jpegs[0];
}

const pageOf = (me: string, after: string) => sql`
  select p.id::text as key, json_build_object('id', p.id::text, 'status', p.status, 'audience', p.audience, 'content_type', p.content_type, 'caption', p.caption,
    'place', case when pl.id is not null then json_build_object('name', pl.name, 'latitude', pl.latitude, 'longitude', pl.longitude) end,
    'circles', (select coalesce(json_agg(c.name), '[]') from post_circles pc join circles c on c.id = pc.circle_id where pc.post_id = p.id),
    'collaborators', (select coalesce(json_agg(u.username), '[]') from collaborators co join users u on u.id = co.user_id where co.post_id = p.id and co.state = 'accepted' and u.deleted_at is null and u.deactivated_at is null),
    'like_count', p.like_count, 'comment_count', p.comment_count, 'save_count', p.save_count, 'share_count', p.share_count, 'repost_count', p.repost_count,
    'view_count', p.view_count, 'reposts_enabled', p.reposts_enabled, 'comments_enabled', p.comments_enabled, 'like_count_hidden', p.like_count_hidden,
    'is_sensitive', p.is_sensitive, 'is_archived', p.archived_at is not null, 'is_deleted', p.deleted_at is not null, 'is_pinned', p.pinned_at is not null,
    'scheduled_for', ${iso("p.scheduled_for")}, 'published_at', ${iso("p.published_at")}, 'edited_at', ${iso("p.edited_at")}, 'created_at', ${iso("p.created_at")},
    'earlier_captions', (select coalesce(json_agg(json_build_object('caption', v.caption, 'until', ${iso("v.created_at")}) order by v.id), '[]') from post_versions v where v.post_id = p.id)) as item
  from posts p left join places pl on pl.id = p.place_id where p.author_id = ${me}::bigint and p.id > ${after}::bigint order by p.id limit ${AT_ONCE}`;

const MEDIA = sql`
  m.id, m.post_id, m.kind, m.position is null as is_earlier, m.alt, m.width, m.height, m.duration, m.content_type, ${iso("m.taken_at")} as taken_at, m.sha256, m.edit, m.original_key, m.version, m.variants,
  coalesce(m.video->'mp4' <> 'null', false) as has_mp4,
  (select coalesce(json_agg(json_build_object('id', c.id::text, 'language', c.language, 'label', c.label)), '[]') from media_captions c where c.media_id = m.id) as captions,
  (select coalesce(json_agg(json_build_object('username', u.username, 'x', t.x, 'y', t.y, 'state', t.state)), '[]') from photo_tags t join users u on u.id = t.user_id
   where t.media_id = m.id and t.state <> 'removed' and u.deleted_at is null and u.deactivated_at is null) as people`;

async function readMedia(postIds: readonly string[]): Promise<Map<string, MediaRow[]>> {
  const rows = await db().execute<MediaRow>(sql`select ${MEDIA} from media m where m.post_id = any(${`{${postIds.join(",")}}`}::text::bigint[]) order by m.post_id, m.position nulls last, m.id`);
  return Map.groupBy(rows, (row) => row.post_id!);
}
