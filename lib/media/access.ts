import { LRUCache } from "lru-cache";
import { prepared } from "@/db/prepared";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { sql } from "drizzle-orm";

/** Who may read the files of a media row just now. */
export type FileAccess = { version: string; isPublic: boolean; viewerMay: boolean; /** Of a deleted post: its author sees it among what they deleted, and does nothing else with it. */ isDeleted: boolean };

type Row = { version: string; is_public: boolean | null; viewer_may: boolean | null; is_deleted?: boolean | null };

// An avatar stands beside its owner's name wherever that name may be seen, also a private one's; one that was replaced nowhere.
const avatarVisible = sql`(u.avatar_media_id = m.id and ${accountVisible(null)})`;

// For those who are in its conversation just now: who left or was removed keeps the words only.
const inConversation = (viewer: string) => sql`(exists (
  select 1 from message_media mm join messages g on g.id = mm.message_id join threads t on t.id = g.thread_id join thread_members tm on tm.thread_id = t.id and tm.user_id = ${viewer}::bigint
  where mm.media_id = m.id and tm.until_id is null and g.id > tm.from_id and g.unsent_at is null and (g.vanishes_at is null or g.vanishes_at > now())
    and (t.kind = 'pair' or not exists (select 1 from blocks b where (b.blocker_id = ${viewer}::bigint and b.blocked_id = m.owner_id) or (b.blocker_id = m.owner_id and b.blocked_id = ${viewer}::bigint))))
  or exists (select 1 from threads t join thread_members tm on tm.thread_id = t.id and tm.user_id = ${viewer}::bigint where t.picture_media_id = m.id and tm.until_id is null))`;

const readPublic = prepared<Row, "id">("media access signed out", (arg) => sql`
  select m.version, false as viewer_may,
    case when m.purpose = 'avatar' then ${avatarVisible} else ${postVisible(null)} end as is_public
  from media m join users u on u.id = m.owner_id left join posts p on p.id = m.post_id
  where m.id = ${arg("id")}::bigint`);

const readForViewer = prepared<Row, "id" | "viewer">("media access for a viewer", (arg) => sql`
  select m.version, p.deleted_at is not null as is_deleted, case when m.purpose = 'avatar' then ${avatarVisible} else ${postVisible(null)} end as is_public,
    case when m.purpose = 'message' then (m.owner_id = ${arg("viewer")}::bigint or ${inConversation(arg("viewer"))}) and ${accountVisible(null)}
      when m.post_id is null then m.owner_id = ${arg("viewer")}::bigint and ${accountVisible(null)} else ${postVisible(arg("viewer"))} or (p.deleted_at is not null and p.author_id = ${arg("viewer")}::bigint and ${accountVisible(null)}) end as viewer_may
  from media m join users u on u.id = m.owner_id left join posts p on p.id = m.post_id
  where m.id = ${arg("id")}::bigint`);

/** Short: what is taken back (a block, a private account, a deletion) must be gone from every app server soon, too. */
export const ACCESS_REMEMBERED_MS = 20_000;

const kept = new LRUCache<string, FileAccess>({ max: 50_000, ttl: ACCESS_REMEMBERED_MS });

/**
 * One indexed statement, remembered for 20 s. `null` when there is no such row. What is remembered of another version than
 * the one that is asked for is not good enough: a photo that was edited anew has new addresses at once.
 */
export async function readAccess(mediaId: string, viewerId: string | null, version: string): Promise<FileAccess | null> {
  const key = viewerId === null ? mediaId : `${mediaId} ${viewerId}`;
  const known = kept.get(key);
  if (known?.version === version) return known;
  const [row] = viewerId === null ? await readPublic({ id: mediaId }) : await readForViewer({ id: mediaId, viewer: viewerId });
  if (!row) return null;
  const access = { version: row.version, isPublic: row.is_public === true, viewerMay: row.viewer_may === true, isDeleted: row.is_deleted === true };
  // A refusal is not remembered: a post that is published the next moment must not stay dark.
  if (access.isPublic || access.viewerMay) kept.set(key, access);
  return access;
}

/** Forgets what is remembered; for tests. */
export function forgetAccess(): void {
  kept.clear();
}
