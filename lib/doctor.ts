import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { listFeedIds } from "@/lib/feed/queries";
import { readFromPostgres, TOP } from "@/lib/feed/skeleton";
import { takeCopyInventory, takeInventory } from "@/lib/media/inventory";
import { findFfmpeg } from "@/lib/media/video/programs";
import { checkInvariants, type Finding } from "@/lib/platform/doctor/invariants";
import { redis } from "@/lib/platform/redis/redis";

const SAMPLE = 50;
const FEED_DEPTH = 100;

/** Every promise that a running database, storage and Redis can be held to. `full`: all people's feeds. */
export async function examine({ full }: { full: boolean }): Promise<Finding[]> {
  return [...(await checkInvariants()), await checkFiles(), await checkCopies(), await checkFeeds(full), await checkVideos()];
}

async function checkFiles(): Promise<Finding> {
  const name = "files and rows belong together";
  const { objects, orphans, missing, dangling } = await takeInventory();
  if (orphans.length === 0 && missing.length === 0 && dangling === 0) return { name, ok: true, detail: `${objects} files` };
  const parts = [
    missing.length > 0 ? `${missing.length} are missing, such as ${missing[0]!.key}` : "",
    orphans.length > 0 ? `${orphans.length} belong to nothing for more than a day, such as ${orphans[0]}` : "",
    dangling > 0 ? `${dangling} uploads in parts were never finished` : "",
  ];
  return { name, ok: false, detail: parts.filter(Boolean).join("; "), advice: missing.length > 0 ? "Restore the missing files from a backup of the storage." : "They go with the nightly sweep; if they stay, look at its job with `npm run jobs`." };
}

/** A server without ffmpeg is whole, but takes photos only. */
async function checkVideos(): Promise<Finding> {
  const name = "videos";
  const found = await findFfmpeg();
  if (!found) return { name, ok: true, detail: "no ffmpeg, so only photos are taken; install ffmpeg or set FFMPEG_PATH to change that" };
  const reads = Object.entries({ "H.264": ["h264"], HEVC: ["hevc"], VP8: ["vp8", "libvpx"], VP9: ["vp9", "libvpx"], AV1: ["av1", "libdav1d", "libaom"] }).filter(([, names]) => names.some((one) => found.decoders.has(one)));
  const lacks = [found.filters.has("zscale") && found.filters.has("tonemap") ? "" : "no tone mapping of HDR", found.encoders.has("libwebp") ? "" : "no moving previews"].filter(Boolean);
  return { name, ok: true, detail: [`ffmpeg ${found.version} reads ${reads.map(([codec]) => codec).join(", ")}`, ...lacks].join("; ") };
}

/** What cannot be made again lies twice, where a second store is configured. */
async function checkCopies(): Promise<Finding> {
  const name = "every original has its copy in the second store";
  try {
    const found = await takeCopyInventory();
    if (!found) return { name, ok: true, detail: "no second store is configured" };
    const { originals, missing, orphans } = found;
    if (missing.length === 0 && orphans.length === 0) return { name, ok: true, detail: `${originals} originals` };
    const parts = [missing.length > 0 ? `${missing.length} of ${originals} have none, such as ${missing[0]}` : "", orphans.length > 0 ? `${orphans.length} copies belong to nothing, such as ${orphans[0]}` : ""];
    return { name, ok: false, detail: parts.filter(Boolean).join("; "), advice: "Copies are made and mended every hour (`media.check-copies`), orphans go every night; if they stay, look at these jobs with `npm run jobs`." };
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message, advice: "Check S3_REPLICA_* or STORAGE_REPLICA_DIR." };
  }
}

/** What Redis keeps gives the same posts in the same order as Postgres. */
async function checkFeeds(full: boolean): Promise<Finding> {
  const name = "feeds in Redis equal those of Postgres";
  if (!redis()) return { name, ok: true, detail: "no Redis is configured" };
  const people = await db().execute<{ id: string }>(sql`select id from users where deleted_at is null order by last_active_at desc ${full ? sql`` : sql`limit ${SAMPLE}`}`);
  const differing: string[] = [];
  for (const { id } of people) if (!(await feedAgrees(id)) && !(await feedAgrees(id))) differing.push(id);
  if (differing.length === 0) return { name, ok: true, detail: `${people.length} ${full ? "people" : "of the most active people"}` };
  return { name, ok: false, detail: `${differing.length} of ${people.length} differ, such as that of ${differing[0]}`, advice: "Flush Redis: feeds are built anew from Postgres. And please report it." };
}

/** Asked twice before it is held against anybody: a post may come between the two readings. */
async function feedAgrees(viewerId: string): Promise<boolean> {
  const [stored, fresh] = [await listFeedIds(viewerId, TOP, FEED_DEPTH), await feedFromPostgres(viewerId)];
  return stored.join() === fresh.join();
}

async function feedFromPostgres(viewerId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = TOP; ids.length < FEED_DEPTH; ) {
    const part = await readFromPostgres(viewerId, cursor, FEED_DEPTH);
    ids.push(...part.ids);
    if (part.end) break;
    cursor = part.last;
  }
  return ids.slice(0, FEED_DEPTH);
}
