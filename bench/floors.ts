import sharp, { type OutputInfo } from "sharp";
import { readClient, sqlClient } from "@/db/client";
import { redis } from "@/lib/platform/redis/redis";
import { load, type Measured, timed } from "./load";

const floorUrl = () => process.env.FLOOR_URL!;

/** A floor that takes long is measured once for so many connections. */
const known = new Map<string, Promise<Measured>>();
function once(name: string, lanes: number, measure: () => Promise<Measured>): Promise<Measured> {
  const key = `${name} ${lanes}`;
  if (!known.has(key)) known.set(key, measure());
  return known.get(key)!;
}

/** Near what stands beside it, never kept from earlier: within minutes a machine may do half as much. */
const served = (lanes: number, path: string): Promise<Measured> => load(floorUrl(), lanes, {}, () => ({ path }));

export type Floor = { name: string; measured: Measured };

/** A bare route handler of this Next.js. */
export const bareRoute = async (lanes: number): Promise<Floor> => ({ name: "bare route handler", measured: await served(lanes, "/bare") });

/** A bare dynamic page of twenty cards. */
export const barePage = async (lanes: number): Promise<Floor> => ({ name: "bare page of 20 cards", measured: await served(lanes, "/cards") });

/** A bare dynamic page with the markup that was kept (markup.ts). */
export const samePage = async (lanes: number): Promise<Floor> => ({ name: "bare page of the same markup", measured: await served(lanes, "/same") });

/** One indexed query, prepared: a person's twelve newest posts. */
export const oneQuery = async (ids: readonly string[], lanes = 1): Promise<Floor> => ({
  name: "one indexed statement",
  measured: await once("query", lanes, () => timed(2_000, (i) => readClient().unsafe(
    "select id, caption from posts where author_id = $1 and deleted_at is null and archived_at is null and status = 'published' order by id desc limit 12", [ids[i % ids.length]!], { prepare: true }), lanes)),
});

/** A like as plain SQL: row and counter in one committed transaction. */
export function plainLike(postIds: readonly string[], userId: string, lanes: number): Promise<Floor> {
  const sql = sqlClient();
  return once(`like ${postIds.length}`, lanes, () => timed(1_000, async (i) => {
    const post = postIds[i % postIds.length]!;
    await sql`with came as (insert into likes (post_id, user_id) values (${post}, ${userId}) on conflict do nothing returning post_id)
      update posts set like_count = like_count + 1 from came where id = came.post_id`;
    if (i % 2) await sql`with gone as (delete from likes where post_id = ${post} and user_id = ${userId} returning post_id) update posts set like_count = like_count - 1 from gone where id = gone.post_id`;
  }, lanes)).then((measured) => ({ name: "insert + counter, committed", measured }));
}

/** Plain sharp making the sizes of publication from one decode, in a cascade. */
export function plainSharp(photo: Buffer): Promise<Measured> {
  return timed(6, async () => {
    const large = await sharp(photo).rotate().resize({ width: 1440 }).raw().toBuffer({ resolveWithObject: true });
    const from = (data: Buffer, info: OutputInfo) => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels as 3 } });
    const jobs = [1440, 1080, 640, 320].flatMap((width) => {
      const scaled = from(large.data, large.info).resize({ width });
      return [scaled.clone().jpeg({ mozjpeg: true }).toBuffer(), scaled.clone().webp().toBuffer()];
    });
    await Promise.all([...jobs, from(large.data, large.info).resize(150, 150).jpeg({ mozjpeg: true }).toBuffer()]);
  });
}

/** Plain pipelined ZADD and trim for as many keys. Milliseconds. */
export async function plainFanout(keys: number): Promise<number> {
  const client = redis();
  if (!client) return Number.NaN;
  const began = performance.now();
  for (let start = 0; start < keys; start += 1000) {
    const pipeline = client.pipeline();
    for (let i = start; i < Math.min(keys, start + 1000); i++) {
      pipeline.zadd(`floor:${i}`, { score: 0, member: "0000000000000000001" });
      pipeline.zremrangebyrank(`floor:${i}`, 0, -801);
    }
    await pipeline.exec();
  }
  const ms = performance.now() - began;
  for (let start = 0; start < keys; start += 1000) await client.del(...Array.from({ length: 1000 }, (_, i) => `floor:${start + i}`));
  return ms;
}
