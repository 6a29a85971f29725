import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { invalidField } from "@/lib/platform/errors";
import type { PostView } from "./types";

export type Audience = PostView["audience"];
/** As input has it: circles only with which ones. */
export type AudienceInput = { audience?: Audience; circle_ids?: string[] };

const CHOOSE = "Choose at least one circle.";

/** Throws invalid at `circle_ids` unless a new post's circles go with its audience and are its author's own. */
export async function demandCircles(executor: Executor, authorId: string, { audience, circle_ids: ids = [] }: AudienceInput): Promise<void> {
  if (audience !== "circles") {
    if (ids.length > 0) throw invalidField("circle_ids", "Circles go with the audience “circles”.");
    return;
  }
  if (ids.length === 0) throw invalidField("circle_ids", CHOOSE);
  // Against their deletion until the post is written.
  const own = await executor.execute(sql`
    select 1 from circles where owner_id = ${authorId}::bigint and id = any (${idList(ids)}) order by id for key share`);
  if (own.length < new Set(ids).size) throw invalidField("circle_ids", "One of these circles is not there any more.");
}

/** Makes a post be for exactly these circles; they are known to be its author's. Returns whether that changed anything. */
export async function writeCircles(tx: Transaction, postId: string, ids: readonly string[]): Promise<boolean> {
  const gone = await tx.execute(sql`delete from post_circles where post_id = ${postId}::bigint and circle_id <> all (${idList(ids)}) returning 1`);
  const came = await tx.execute(sql`insert into post_circles (post_id, circle_id) select ${postId}::bigint, id from unnest(${idList(ids)}) as w(id) on conflict do nothing returning 1`);
  return gone.length + came.length > 0;
}

/**
 * What an edit makes of a post's audience: its new value when that is another one, and whether others may see it now. `circles` without
 * saying which keeps those it was for. The post's row is locked. Throws invalid at `audience` or `circle_ids`.
 */
export async function changeAudience(tx: Transaction, post: { id: string; author_id: string; audience: Audience }, edit: AudienceInput): Promise<{ audience: Audience | null; isChanged: boolean }> {
  const audience = edit.audience ?? post.audience;
  if (edit.circle_ids?.length && audience !== "circles") throw invalidField("audience", "Say that it is for circles, too.");
  if (edit.circle_ids === undefined && audience === "circles" && post.audience !== "circles") throw invalidField("circle_ids", CHOOSE);
  if (edit.circle_ids !== undefined) await demandCircles(tx, post.author_id, { audience, circle_ids: edit.circle_ids });
  const isOther = audience !== post.audience;
  const ids = edit.circle_ids ?? (isOther ? [] : undefined);
  const hasOthers = ids !== undefined && (await writeCircles(tx, post.id, ids));
  return { audience: isOther ? audience : null, isChanged: isOther || hasOthers };
}

const idList = (ids: readonly string[]): SQL => sql`${`{${ids.join(",")}}`}::text::bigint[]`;
