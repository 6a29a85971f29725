import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { env } from "@/lib/platform/env";
import { ADDRESS_HEADER } from "@/lib/platform/http/address";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { bringPhoto } from "@/lib/testing/bring-photo";
import { makeCast, makePost, makeUser } from "@/lib/testing/factories";
import { quarters, readQuarters } from "@/lib/testing/pictures";
import { forgetAccess } from "./access";
import * as decoder from "./decoder";
import { takeInventory } from "./inventory";
import { jobs, processMedia, refineMedia } from "./jobs";
import { randomToken } from "./keys";
import { handleMedia } from "./serve";
import { attachMedia } from "./service";
import { shareImage } from "./share-image";
import { widthQuery } from "./signature";
import { sweepObjects, sweepUploads } from "./sweep";
import { type MediaRow, toMediaView, widthUrl } from "./urls";
import { getWidthAddress } from "./width-address";

let front: Server;
let origin: string;
/** Address of the client; each test has its own, because limits are counted in Redis. */
let client: string;
beforeAll(async () => {
  await migrateQueue(jobs);
  front = createServer((req, res) => {
    req.headers[ADDRESS_HEADER] = client;
    void handleMedia(req, res, new URL(req.url ?? "/", "http://front")).then((done) => done || res.writeHead(404).end());
  });
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(front.address() as { port: number }).port}`;
});
afterAll(() => front.close());
beforeEach(() => {
  client = randomToken();
  // Watched, not replaced.
  vi.spyOn(decoder, "derive");
});
afterEach(() => vi.restoreAllMocks());

const run = { id: "1", attempt: 1, signal: new AbortController().signal };
const PUBLIC = { isPublic: true, viewerId: null };
const rowOf = async (id: string) => (await db().execute<MediaRow & { original_key: string }>(sql`select * from media where id = ${id}::bigint`))[0]!;
const get = (address: string, init?: RequestInit) => fetch(new URL(address, origin), init);
const statusOf = async (address: string) => {
  const answer = await get(address);
  await answer.arrayBuffer();
  return answer.status;
};
const madeWidths = async (id: string) => (await rowOf(id)).variants.filter(({ name }) => name.startsWith("w")).map(({ name, ext }) => `${name}.${ext}`);

async function photoOf(owner: Viewer, options: Parameters<typeof makePost>[1] & { crop?: { x: number; y: number; width: number; height: number }; size?: [number, number] } = {}) {
  const [width, height] = options.size ?? [1600, 1200];
  const bytes = await quarters(width, height).jpeg({ quality: 95 }).toBuffer();
  const id = await bringPhoto(owner, bytes);
  const postId = await makePost(owner, { ...options, photos: 0 });
  await db().transaction((tx) => attachMedia(tx, owner, postId, [{ id, alt: "", crop: options.crop ?? null }]));
  await processMedia.handler({ mediaId: id }, run);
  vi.mocked(decoder.derive).mockClear();
  return { row: await rowOf(id), postId };
}

describe("any width", () => {
  test("is told to whoever may see the photo, as far as it can be made", async () => {
    const { owner, follower, stranger, blocked } = await makeCast({ isPrivate: true });
    const { row, postId } = await photoOf(owner);
    const ask = (who: { id: string } | null, width: number, format: "jpg" | "webp" | "avif" = "jpg") => getWidthAddress(who, row.id, { width, format });
    const { url, ...size } = await ask(follower, 801, "avif");
    expect(size).toEqual({ width: 801, height: 601 });
    expect(url).toContain(`&v=${follower.id}&`);
    expect(await statusOf(url)).toBe(200);
    for (const who of [stranger, blocked, null]) await expect(ask(who, 801)).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(follower, 1_601)).rejects.toMatchObject({ code: "invalid", fields: { width: expect.stringContaining("1600 pixels") } });
    await db().execute(sql`update users set is_private = false where id = ${owner.id}::bigint`);
    forgetAccess();
    expect((await ask(null, 801)).url).toBe(widthUrl(row, PUBLIC, 801, "jpg"));
    expect((await ask(stranger, 801)).url).toBe(widthUrl(row, PUBLIC, 801, "jpg"));
    await expect(ask(blocked, 801)).rejects.toMatchObject({ code: "not_found" });
    await db().execute(sql`update posts set archived_at = now() where id = ${postId}::bigint`);
    forgetAccess();
    await expect(ask(follower, 801)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is made from the upload with its crop, once, however many ask, and kept", async () => {
    const { row } = await photoOf(await makeUser(), { crop: { x: 0.5, y: 0, width: 0.5, height: 1 } });
    const addresses = (["jpg", "webp", "avif"] as const).map((ext) => widthUrl(row, PUBLIC, 777, ext));
    for (const [i, address] of addresses.entries()) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => get(address)));
      for (const answer of answers) {
        expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
        const bytes = Buffer.from(await answer.arrayBuffer());
        const { width, height, format } = await sharp(bytes).metadata();
        expect([width, height, format]).toEqual([777, 1166, ["jpeg", "webp", "heif"][i]]);
        expect(await readQuarters(bytes)).toEqual(["green", "green", "yellow", "yellow"]);
      }
    }
    expect(decoder.derive).toHaveBeenCalledTimes(3);
    const again = await get(addresses[0]!, { headers: { "if-none-match": (await get(addresses[0]!, { method: "HEAD" })).headers.get("etag")! } });
    expect(again.status).toBe(304);
    expect((await get(addresses[0]!, { headers: { range: "bytes=0-9" } })).status).toBe(206);
    expect(decoder.derive).toHaveBeenCalledTimes(3);
    expect(await madeWidths(row.id)).toEqual(["w777.jpg", "w777.webp", "w777.avif"]);
  });

  test("does not show in the post's addresses, and refinement still comes", async () => {
    const { row } = await photoOf(await makeUser(), { size: [700, 500] });
    const before = toMediaView(row, PUBLIC);
    await statusOf(widthUrl(row, PUBLIC, 333, "webp"));
    expect(toMediaView(await rowOf(row.id), PUBLIC)).toEqual(before);
    await refineMedia.handler({ mediaId: row.id }, run);
    expect(toMediaView(await rowOf(row.id), PUBLIC).sources.map(({ type }) => type)).toEqual(["image/avif", "image/webp", "image/jpeg"]);
    expect(await madeWidths(row.id)).toEqual(["w333.webp"]);
  });

  test("nothing is enlarged, small or made without our signature", async () => {
    const { row } = await photoOf(await makeUser(), { size: [700, 500] });
    const good = widthUrl(row, PUBLIC, 650, "jpg");
    const signed = (width: number) => `/media/${row.id}/${row.version}/w.jpg${widthQuery(row, { width, ext: "jpg" }, null)}`;
    expect(widthUrl(row, PUBLIC, 5_000, "jpg")).toBe(signed(700));
    const refused = [good.replace("650", "651"), good.replace(/&s=.*/, ""), good.replace(/\?.*/, ""), good.replace(/s=./, "s=*"), good.replace("w.jpg", "w.webp"), good.replace("w.jpg", "320.jpg?x="), good.replace("w.jpg", "w650.jpg"), signed(701), signed(15), signed(99_999)];
    for (const address of refused.filter((one) => !one.includes("320.jpg"))) expect([address, await statusOf(address)]).toEqual([address, 404]);
    expect(decoder.derive).not.toHaveBeenCalled();
    expect([await statusOf(signed(700)), await statusOf(signed(16))]).toEqual([200, 200]);
    const { row: large } = await photoOf(await makeUser(), { size: [2600, 2000] });
    expect([await statusOf(widthUrl(large, PUBLIC, 2_600, "avif")), await statusOf(widthUrl(large, PUBLIC, 2_000, "avif"))]).toEqual([404, 200]);
  });

  test("has the same readers as the photo", async () => {
    const { owner, follower, requester, stranger, blocked } = await makeCast();
    const { row, postId } = await photoOf(owner);
    const addressFor = (viewer: Viewer | null) => widthUrl(row, { isPublic: false, viewerId: viewer?.id ?? null }, 500, "jpg");
    for (const viewer of [requester, stranger, blocked, null]) expect(await statusOf(addressFor(viewer))).toBe(404);
    expect(decoder.derive).not.toHaveBeenCalled();
    for (const viewer of [owner, follower]) {
      const answer = await get(addressFor(viewer));
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, max-age=3600"]);
    }
    expect(await statusOf(addressFor(follower).replace(`v=${follower.id}`, `v=${owner.id}`))).toBe(404);
    // Made for those who may; still not for the others.
    for (const viewer of [stranger, null]) expect(await statusOf(addressFor(viewer))).toBe(404);
    await db().execute(sql`update posts set deleted_at = now() where id = ${postId}::bigint`);
    forgetAccess();
    expect(await statusOf(addressFor(follower))).toBe(404);
  });

  test("an address that wants too many new ones waits, and gets those that are there", async () => {
    const { row } = await photoOf(await makeUser(), { size: [120, 90] });
    const max = env().LIMIT_WIDTHS_PER_MINUTE;
    const statuses: number[] = [];
    for (let width = 20; width < 20 + max + 5; width++) statuses.push(await statusOf(widthUrl(row, PUBLIC, width, "jpg")));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(max);
    const refused = await get(widthUrl(row, PUBLIC, 119, "jpg"));
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect(await statusOf(widthUrl(row, PUBLIC, 20, "jpg"))).toBe(200);
  }, 60_000);

  test("many at once are made one after another or told to come back; none is lost", async () => {
    const { row } = await photoOf(await makeUser());
    const widths = Array.from({ length: 30 }, (_, i) => 200 + i);
    const statuses = await Promise.all(widths.map((width) => statusOf(widthUrl(row, PUBLIC, width, "jpg"))));
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(12);
    expect((await madeWidths(row.id)).length).toBe(statuses.filter((status) => status === 200).length);
  }, 60_000);

  test("goes with its photo", async () => {
    const { row, postId } = await photoOf(await makeUser());
    await statusOf(widthUrl(row, PUBLIC, 400, "jpg"));
    const key = `media/${row.id}/${row.version}/w400.jpg`;
    expect(await storage().head(key)).not.toBeNull();
    const tomorrow = Date.now() + 25 * 3600 * 1000;
    const inventory = await takeInventory(tomorrow);
    expect([inventory.orphans.includes(key), inventory.missing.some(({ mediaId }) => mediaId === row.id)]).toEqual([false, false]);
    await sweepObjects(tomorrow);
    expect(await storage().head(key)).not.toBeNull();
    await db().execute(sql`update media set post_id = null, created_at = now() - interval '2 days' where id = ${row.id}::bigint`);
    await db().execute(sql`delete from posts where id = ${postId}::bigint`);
    await sweepUploads();
    expect(await storage().head(key)).toBeNull();
  });

  test("other sites' previews get 1200", async () => {
    const { row } = await photoOf(await makeUser());
    const image = (await shareImage(row.id))!;
    expect(image).toMatchObject({ width: 1200, height: 900 });
    expect(await sharp(Buffer.from(await (await get(image.url)).arrayBuffer())).metadata()).toMatchObject({ width: 1200, height: 900, format: "jpeg" });
    expect(await shareImage("1")).toBeNull();
  });
});
