import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db/client";
import { attachMedia, verifyUploads } from "@/lib/media/service";
import { invalid, invalidField } from "@/lib/platform/errors";
import { claimKey, findClaimed, once } from "@/lib/platform/http/claim";
import { enqueue } from "@/lib/platform/jobs/queue";
import { limit } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { demandCircles, writeCircles } from "./audience";
import { setCollaborators } from "./collaborators";
import { deleteDraft } from "./drafts";
import { ensurePlace } from "./places";
import { setPeople } from "./people";
import { getVisiblePost } from "./queries";
import { judgeTime, refuseTooMany } from "./scheduled";
import { publishScheduled } from "./scheduled-jobs";
import type { NewPost } from "./schemas";
import type { PostView } from "./types";

type Author = Pick<Viewer, "id">;

/** Reads the input once it is known that there will be a post of it: a form of photos is not stored for nothing. */
type ReadInput = () => Promise<NewPost>;

/** Another request with the same key committed first; this transaction is undone. */
class RepeatedPost extends Error {}

/**
 * Makes a post of verified uploads. It is `scheduled` until the time given, else `processing` until its photos are ready; its author sees it at once. The same
 * `key` from the same person within a day gives the first post back. Throws too_many, and invalid with the field named
 * (`media.0` for the first photo).
 */
export async function createPost(viewer: Author, input: NewPost | ReadInput, key: string | null): Promise<PostView> {
  if (key === null) return getVisiblePost(viewer, await makePost(viewer, input, null));
  const id = await once(`${viewer.id} ${key}`, async () => (await findClaimed(viewer.id, key)) ?? makePost(viewer, input, key));
  return getVisiblePost(viewer, id);
}

async function makePost(viewer: Author, given: NewPost | ReadInput, key: string | null): Promise<string> {
  await limit("posts", viewer.id);
  try {
    const input = typeof given === "function" ? await given() : given;
    await verify(viewer, input.media.map((item) => item.id));
    return await db().transaction((tx) => insertPost(tx, viewer, input, key));
  } catch (error) {
    // Photos of the first request are no longer free: its repetition must not fail on that.
    const earlier = key === null ? null : await findClaimed(viewer.id, key);
    if (earlier !== null) return earlier;
    throw error instanceof RepeatedPost ? invalidField("media", "These photos were just posted.") : error;
  }
}

/** Says which photo can't be posted, before storage is asked about the others. */
async function verify(viewer: Author, ids: string[]): Promise<void> {
  const rows = await db().execute<{ id: string; post_id: string | null; is_for_post: boolean }>(sql`
    select id, post_id, purpose = 'post' as is_for_post from media where owner_id = ${viewer.id}::bigint and id = any (${`{${ids.join(",")}}`}::text::bigint[])`);
  const byId = new Map([...rows].map((row) => [row.id, row]));
  const fields: Record<string, string> = {};
  ids.forEach((id, position) => {
    const row = byId.get(id);
    if (!row?.is_for_post) fields[`media.${position}`] = "This photo is not there. Add it again.";
    else if (row.post_id !== null) fields[`media.${position}`] = "This photo is already in a post. Add it again.";
  });
  const [first] = Object.values(fields);
  if (first) throw invalid(first, fields);
  await verifyUploads(viewer, ids);
}

async function insertPost(tx: Transaction, viewer: Author, input: NewPost, key: string | null): Promise<string> {
  const at = input.scheduled_for ? judgeTime(input.scheduled_for) : null;
  if (at) await refuseTooMany(tx, viewer);
  await demandCircles(tx, viewer.id, input);
  const placeId = input.location ? await ensurePlace(tx, input.location) : null;
  const contentType = input.media.length > 1 ? "carousel" : await kindOf(tx, input.media[0]!.id);
  const [post] = await tx.execute<{ id: string }>(sql`
    insert into posts (author_id, status, audience, content_type, caption, place_id, media_count, comments_enabled, like_count_hidden, is_sensitive, reposts_enabled, scheduled_for)
    values (${viewer.id}::bigint, ${at ? "scheduled" : "processing"}, ${input.audience}, ${contentType}, ${input.caption}, ${placeId}::bigint,
            ${input.media.length}, ${input.comments_enabled}, ${input.like_count_hidden}, ${input.is_sensitive}, ${input.reposts_enabled}, ${at?.toISOString() ?? null}::timestamptz)
    returning id`);
  if (key !== null && !(await claimKey(tx, viewer.id, key, post!.id))) throw new RepeatedPost();
  if (input.circle_ids?.length) await writeCircles(tx, post!.id, input.circle_ids);
  await attachMedia(tx, viewer, post!.id, input.media);
  for (const [place, { id, tags = [] }] of input.media.entries()) if (tags.length > 0) await setPeople(tx, viewer, post!.id, id, tags, `media.${place}.tags`);
  if (input.collaborators?.length) await setCollaborators(tx, viewer, post!.id, input.collaborators);
  if (at) await enqueue(tx, publishScheduled, { postId: post!.id }, { runAt: at });
  if (input.draft_id) await deleteDraft(viewer, input.draft_id, tx);
  return post!.id;
}

async function kindOf(tx: Transaction, mediaId: string): Promise<"photo" | "video"> {
  const [item] = await tx.execute<{ kind: "image" | "video" }>(sql`select kind from media where id = ${mediaId}::bigint`);
  return item?.kind === "video" ? "video" : "photo";
}
