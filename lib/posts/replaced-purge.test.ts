import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { ACCESS_REMEMBERED_MS, forgetAccess } from "@/lib/media/access";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { widthUrl } from "@/lib/media/urls";
import { env } from "@/lib/platform/env";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi } from "@/lib/testing/api";
import { makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { bring, mediaRow, openMediaFront } from "@/lib/testing/media-front";
import { quarters } from "@/lib/testing/pictures";
import { hasFfmpeg, makeClip } from "@/lib/testing/videos";
import { jobs as postJobs } from "./jobs";

const jobs = [...mediaJobs, ...postJobs];
const told: { urls: string[]; prefixes: string[] }[] = [];
let answer = 200;
let cdn: Server;
let front: Awaited<ReturnType<typeof openMediaFront>>;
beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_POSTS_PER_HOUR: "1000" });
  await installJobs(jobs);
  front = await openMediaFront();
  cdn = createServer(async (req, res) => {
    const notice = JSON.parse(await text(req));
    if (answer === 200) told.push(notice);
    res.writeHead(answer).end();
  });
  await new Promise<void>((done) => cdn.listen(0, "127.0.0.1", done));
  Object.assign(env(), { CDN_PURGE_URL: `http://127.0.0.1:${(cdn.address() as { port: number }).port}/purge`, CDN_PURGE_SECRET: "what the CDN's side knows, 32 characters" });
});
afterAll(() => {
  Object.assign(env(), { CDN_PURGE_URL: undefined, CDN_PURGE_SECRET: undefined });
  front.close();
  cdn.close();
});
beforeEach(() => (forgetLimits(), forgetAccess(), (told.length = 0), (answer = 200)));

async function publish(owner: Viewer, bytes: Buffer, type: string) {
  const made = await callApi("POST", "/api/posts", { as: owner, body: { media: [{ id: await bring(front.origin, owner, bytes, type) }] } });
  await drainJobs(jobs);
  return (await callApi("GET", `/api/posts/${made.body.id}`)).body.media[0];
}
const get = async (address: string) => (await fetch(front.origin + address)).text();
const named = async (list: string) => (await get(list)).split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => new URL(line, new URL(list, "http://front")).pathname);

/** Every address that a visitor comes upon. */
async function addressesOf(item: { urls: Record<string, string>; sources: { srcset: string }[]; hls_url?: string; mp4_url?: string; preview_url?: string; poster_url?: string }): Promise<string[]> {
  const playlists = item.hls_url ? [item.hls_url, ...(await named(item.hls_url))] : [];
  const segments = (await Promise.all(playlists.slice(1).map(named))).flat();
  const sources = item.sources.flatMap(({ srcset }) => srcset.split(", ").map((one) => one.split(" ")[0]!));
  return [...new Set([...Object.values(item.urls), ...sources, ...playlists, ...segments, item.mp4_url, item.preview_url, item.poster_url].filter((one) => one !== undefined))];
}

const waiting = (name: string, mediaId: string) => db().execute<{ wait: number }>(sql`
  select extract(epoch from start_after - created_on)::float8 as wait from pgboss.job where name = ${name} and data->>'mediaId' = ${mediaId} and state in ('created', 'retry')`);
async function comeDue(name: string, mediaId: string): Promise<string[]> {
  await db().execute(sql`update pgboss.job set start_after = now(), state = 'created' where name = ${name} and data->>'mediaId' = ${mediaId}`);
  return drainJobs(jobs);
}

async function replace(owner: Viewer, id: string, edit: object) {
  expect((await callApi("PUT", `/api/media/${id}/edit`, { as: owner, body: edit })).status).toBe(200);
  await drainJobs(jobs);
}

/** What the CDN was told is all that a visitor could have seen of it, under its own version alone. */
function expectTold(addresses: string[], id: string, version: string) {
  const { PUBLIC_URL } = env();
  const base = `${PUBLIC_URL}/media/${id}/${version}/`;
  expect(told.flatMap(({ prefixes }) => prefixes)).toEqual([base]);
  expect(told[0]!.urls).toEqual(expect.arrayContaining(addresses.map((address) => PUBLIC_URL + address)));
  expect(told[0]!.urls.every((url) => url.startsWith(base))).toBe(true);
}

// Several pictures are made in each, beside whatever else the machine does.
describe("a CDN in front", { timeout: 60_000 }, () => {
  test("is told of every address of a photo that was edited anew, while its files can still be named", async () => {
    const ada = await makeUser();
    const item = await publish(ada, await quarters(900, 600).jpeg().toBuffer(), "image/jpeg");
    const { version } = await mediaRow(item.id);
    const asked = widthUrl({ id: item.id, version, width: 900 }, { isPublic: true, viewerId: null }, 500, "webp");
    expect((await fetch(front.origin + asked)).status).toBe(200);
    const addresses = [...(await addressesOf(item)), asked];
    await replace(ada, item.id, { kind: "image", geometry: { quarter_turns: 1 } });
    const [purge] = await waiting("media.purge-version", item.id);
    const [forget] = await waiting("media.forget-version", item.id);
    expect(purge!.wait).toBeGreaterThan(ACCESS_REMEMBERED_MS / 1000);
    expect(purge!.wait).toBeLessThan(45);
    expect(forget!.wait).toBeGreaterThan(300);
    expect(told).toEqual([]);
    expect(await comeDue("media.purge-version", item.id)).toEqual(["media.purge-version"]);
    expectTold(addresses, item.id, version);
    forgetAccess();
    for (const address of addresses) expect((await fetch(front.origin + address)).status).toBe(404);
  });

  test("that was away hears of it before the files go", async () => {
    const ada = await makeUser();
    const item = await publish(ada, await quarters(400, 300).jpeg().toBuffer(), "image/jpeg");
    const { version } = await mediaRow(item.id);
    const addresses = await addressesOf(item);
    await replace(ada, item.id, { kind: "image", geometry: { is_mirrored: true } });
    answer = 503;
    await expect(comeDue("media.forget-version", item.id)).rejects.toThrow("503");
    answer = 200;
    await comeDue("media.forget-version", item.id);
    expectTold(addresses, item.id, version);
    expect(await comeDue("media.purge-version", item.id)).toEqual(["media.purge-version"]);
    expect(told.at(-1)!.urls).toEqual([]);
  });

  test.skipIf(!hasFfmpeg())("is told of every address of a video that was edited anew", async () => {
    const ada = await makeUser();
    const item = await publish(ada, await makeClip("clip.mp4", { size: "320x240", seconds: 3 }), "video/mp4");
    const { version } = await mediaRow(item.id);
    const addresses = await addressesOf(item);
    // Master, a size and its file, at least, beside pictures.
    expect(addresses.filter((address) => address.includes("/hls/")).length).toBeGreaterThanOrEqual(3);
    await replace(ada, item.id, { kind: "video", cover: 2 });
    await comeDue("media.purge-version", item.id);
    expectTold(addresses, item.id, version);
  });
});
