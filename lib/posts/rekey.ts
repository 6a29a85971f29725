import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import { endVersion, forgottenAt, versionSchema } from "@/lib/media/forget-version";
import { refineMedia } from "@/lib/media/jobs";
import { randomToken, VARIANTS } from "@/lib/media/keys";
import { isHidden } from "@/lib/media/purge";
import { isRefined } from "@/lib/media/widths";
import { removeVersion } from "@/lib/media/sweep";
import { moveCaptions, placeCaptions } from "@/lib/media/video/moved-captions";
import { env } from "@/lib/platform/env";
import { idSchema } from "@/lib/platform/ids";
import { defineJob, NotNowError } from "@/lib/platform/jobs/define";
import { enqueue, enqueueMany } from "@/lib/platform/jobs/queue";
import { storage } from "@/lib/platform/storage/storage";

const BATCH = 500;

/** SQL: the item `m` is shown in a post that stands, and not everybody may see it. */
const narrowed = sql`m.purpose = 'post' and m.state = 'ready' and p.deleted_at is null and ${isHidden}`;
/** SQL: a new version is being made, or this one measured, both by its name. */
const isBusy = sql`(m.wanted_version is not null or coalesce(m.receipt->>'measured', '') = 'later')`;

/**
 * Behind a CDN: whatever of a post, or of a person, not everybody may see any more gets addresses that no cache has ever had. The CDN is asked to forget the
 * old ones (media/purge-jobs.ts); should it not, nothing of ours names them, and when it asks for them again they are gone.
 */
export const hearNarrowing = defineJob({
  name: "posts.hear-narrowing",
  on: ["post.audience_changed", "post.archived", "post.restored", "user.privacy_changed"],
  schema: z.union([z.object({ postId: idSchema }), z.object({ userId: idSchema })]),
  async handler(what) {
    if (!env().CDN_PURGE_URL) return;
    const chosen = "postId" in what ? sql`m.post_id = ${what.postId}::bigint` : sql`m.owner_id = ${what.userId}::bigint`;
    for (let after = "0"; ; ) {
      const rows = await db().execute<{ id: string; version: string }>(sql`
        select m.id, m.version from media m join users u on u.id = m.owner_id join posts p on p.id = m.post_id
        where ${chosen} and m.id > ${after}::bigint and ${narrowed} order by m.id limit ${BATCH}`);
      await enqueueMany(db(), rekey, rows.map(({ id, version }) => ({ mediaId: id, version })), { runAt: forgottenAt() });
      if (rows.length < BATCH) return;
      after = rows.at(-1)!.id;
    }
  },
});

export const rekey = defineJob({
  name: "posts.rekey",
  priority: -10,
  concurrency: 1,
  retryLimit: 30,
  timeoutSeconds: 600,
  schema: versionSchema,
  async handler({ mediaId, version: old }) {
    const item = await find(mediaId, old);
    if (!item) return;
    if (item.isBusy) throw new NotNowError("another version of it is being made");
    const fresh = randomToken();
    try {
      await copyFolder(`${VARIANTS}${mediaId}/${old}/`, `${VARIANTS}${mediaId}/${fresh}/`);
      const captions = item.kind === "video" ? await moveCaptions({ id: mediaId, from: old, to: fresh, oldStart: item.start, newStart: item.start, seconds: item.duration }) : new Map<string, string>();
      if (await take({ ...item, old, fresh, captions })) return;
    } catch (error) {
      await removeVersion(mediaId, fresh);
      throw error;
    }
    // Edited, deleted or done by another run meanwhile.
    await removeVersion(mediaId, fresh);
  },
});

/** `start` and `duration` in seconds of what was brought. */
type Item = { id: string; postId: string; kind: "image" | "video"; start: number; duration: number; variants: Variant[]; isBusy: boolean };

async function find(mediaId: string, version: string): Promise<Item | undefined> {
  const [item] = await db().execute<Item>(sql`
    select m.id, m.post_id as "postId", m.kind, coalesce((m.edit->'trim'->>'start')::float8, 0) as start, coalesce(m.duration, 0)::float8 as duration, m.variants, ${isBusy} as "isBusy"
    from media m join users u on u.id = m.owner_id join posts p on p.id = m.post_id where m.id = ${mediaId}::bigint and m.version = ${version} and ${narrowed}`);
  return item;
}

async function copyFolder(from: string, to: string): Promise<void> {
  for await (const { key } of storage().list(from)) await storage().copy(key, to + key.slice(from.length));
}

/** False when the item has no such version any more, or everybody may see it again. What is kept of a post is told apart by its time of change (rows.ts). */
async function take({ id, postId, kind, variants, old, fresh, captions }: Item & { old: string; fresh: string; captions: Map<string, string> }): Promise<boolean> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select 1 from posts where id = ${postId}::bigint for no key update`);
    const [now] = await tx.execute<{ isBusy: boolean; isSame: boolean }>(sql`
      select ${isBusy} as "isBusy", m.variants = ${JSON.stringify(variants)}::text::jsonb as "isSame" from media m join users u on u.id = m.owner_id join posts p on p.id = m.post_id
      where m.id = ${id}::bigint and m.version = ${old} and ${narrowed} for update of m`);
    if (!now) return false;
    // Sizes that came after the files were copied would be named and not be there.
    if (now.isBusy || !now.isSame) throw new NotNowError("it is being worked on");
    if (!(await placeCaptions(tx, id, captions))) throw new NotNowError("other subtitles came meanwhile");
    await tx.execute(sql`update media set version = ${fresh} where id = ${id}::bigint`);
    await tx.execute(sql`update posts set updated_at = now() where id = ${postId}::bigint`);
    // Those under way are for the old version, and come to nothing.
    if (kind === "image" && !isRefined(variants)) await enqueue(tx, refineMedia, { mediaId: id });
    await endVersion(tx, id, old);
    return true;
  });
}
