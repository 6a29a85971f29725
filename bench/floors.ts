import sharp, { type OutputInfo } from "sharp";
import { sqlClient } from "@/db/client";
import { redis } from "@/lib/platform/redis/redis";
import { load, type Measured, timed } from "./load";

const floorUrl = () => process.env.FLOOR_URL!;

/** A bare route handler of this Next.js. */
export const bareRoute = (lanes: number) => load(floorUrl(), lanes, 1500 * Math.min(lanes, 4), () => ({ path: "/bare" }));

/** A bare dynamic page of twenty cards. */
export const barePage = (lanes: number) => load(floorUrl(), lanes, 250 * Math.min(lanes, 4), () => ({ path: "/cards" }));

/** One indexed query: a person's twelve newest posts. */
export function oneQuery(ids: readonly string[]): Promise<Measured> {
  const sql = sqlClient();
  return timed(2000, (i) => sql`select id, caption from posts where author_id = ${ids[i % ids.length]!} and deleted_at is null and archived_at is null and status = 'published' order by id desc limit 12`);
}

/** A like as plain SQL: row and counter in one committed transaction. */
export function plainLike(postIds: readonly string[], userId: string): Promise<Measured> {
  const sql = sqlClient();
  return timed(1500, async (i) => {
    const post = postIds[i % postIds.length]!;
    await sql`with came as (insert into likes (post_id, user_id) values (${post}, ${userId}) on conflict do nothing returning post_id)
      update posts set like_count = like_count + 1 from came where id = came.post_id`;
    if (i % 2) await sql`with gone as (delete from likes where post_id = ${post} and user_id = ${userId} returning post_id) update posts set like_count = like_count - 1 from gone where id = gone.post_id`;
  });
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
