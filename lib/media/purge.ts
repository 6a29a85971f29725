import "server-only";
import { createHmac } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Variant } from "@/db/schema/media";
import type { VideoFiles } from "@/db/schema/media-edit";
import { env } from "@/lib/platform/env";
import { NotNowError } from "@/lib/platform/jobs/define";
import { Breaker } from "@/lib/platform/redis/breaker";
import { storage } from "@/lib/platform/storage/storage";
import { accountVisible, postVisible } from "@/lib/platform/visibility/visibility";
import { VARIANTS, variantKey } from "./keys";
import { widthUrl } from "./urls";
import { captionsKey, videoKeys } from "./video/files";

/** What a purge is about: a post's files, all of a person's, or one file (an avatar that was replaced). */
export type Purged = { postId: string } | { userId: string } | { mediaId: string };

type Row = { id: string; version: string; width: number | null; variants: Variant[]; video: VideoFiles | null; captions: string[] | null };

/** SQL: not everybody may see the item `m` of the person `u` in the post `p`, if it is in one. */
export const isHidden: SQL = sql`(case when m.purpose = 'avatar' then u.avatar_media_id = m.id and ${accountVisible(null)} else ${postVisible(null)} end) is not true`;

const BATCH = 200;
const PATIENCE_MS = 15_000;
/** A hook that hangs must not hold each job for its whole patience; the jobs wait. */
const breaker = new Breaker(3, 30_000, () => new NotNowError("the CDN's hook is away"));

/**
 * Tells the CDN to forget every public address of files that are not public (any more). Throws when it does not take
 * it. Returns how many files it was told of.
 */
export async function purgeAddresses(what: Purged): Promise<number> {
  let told = 0;
  for (let after = "0"; ; ) {
    const rows = await listHidden(what, after);
    if (rows.length > 0) await tellOf(rows);
    told += rows.length;
    if (rows.length < BATCH) return told;
    after = rows.at(-1)!.id;
  }
}

/** Never those that everybody may see: a post that is public again the next moment keeps its place in the caches. */
async function listHidden(what: Purged, after: string): Promise<Row[]> {
  const chosen: SQL = "postId" in what ? sql`m.post_id = ${what.postId}::bigint` : "userId" in what ? sql`m.owner_id = ${what.userId}::bigint` : sql`m.id = ${what.mediaId}::bigint`;
  return db().execute<Row>(sql`
    select m.id, m.version, m.width, m.variants, m.video, (select json_agg(c.id::text) from media_captions c where c.media_id = m.id) as captions from media m join users u on u.id = m.owner_id left join posts p on p.id = m.post_id
    where ${chosen} and m.id > ${after}::bigint and m.ready_at is not null and ${isHidden} order by m.id limit ${BATCH}`);
}

/** Tells the CDN to forget a version of an item, whatever of it there is. Throws when it does not take it. */
export async function purgeFiles(mediaId: string, version: string): Promise<void> {
  const paths: string[] = [];
  for await (const { key } of storage().list(`${VARIANTS}${mediaId}/${version}/`)) {
    const [, name, ext] = /\/(\w+)\.(jpg|webp|avif)$/.exec(key) ?? [];
    paths.push(name && ext ? publicAddress({ id: mediaId, version, width: null }, { name, ext: ext as Variant["ext"] }) : `/${key}`);
  }
  await tell(paths, [`/${VARIANTS}${mediaId}/${version}/`]);
}

const tellOf = (rows: Row[]) => tell(rows.flatMap(addressesOf), rows.map((row) => `/${VARIANTS}${row.id}/${row.version}/`));

/** `prefixes` for CDNs that can purge by them: everything of a file lies under one. */
async function tell(paths: string[], folders: string[]): Promise<void> {
  const { PUBLIC_URL, CDN_PURGE_URL, CDN_PURGE_SECRET } = env();
  const urls = paths.map((path) => `${PUBLIC_URL}${path}`);
  const prefixes = folders.map((path) => `${PUBLIC_URL}${path}`);
  const body = JSON.stringify({ urls, prefixes });
  const time = String(Date.now());
  const signature = createHmac("sha256", CDN_PURGE_SECRET!).update(`${time}\n${body}`).digest("hex");
  await breaker.run(async () => {
    const answer = await fetch(CDN_PURGE_URL!, {
      method: "POST", body, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "content-type": "application/json", "x-heliograph-time": time, "x-heliograph-signature": signature },
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the CDN answered ${answer.status}`);
  });
}

function addressesOf(row: Row): string[] {
  const keys = [...videoKeys(row), ...(row.captions ?? []).map((id) => captionsKey(row.id, row.version, id))];
  return [...row.variants.map((variant) => publicAddress(row, variant)), ...keys.map((key) => `/${key}`)];
}

function publicAddress(row: Pick<Row, "id" | "version" | "width">, variant: Pick<Variant, "name" | "ext">): string {
  const asked = /^w(\d+)$/.exec(variant.name);
  return asked ? widthUrl(row, { isPublic: true, viewerId: null }, Number(asked[1]), variant.ext) : `/${variantKey(row.id, row.version, variant)}`;
}
