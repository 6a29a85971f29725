import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { block, removeFollower, unfollow } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { env } from "@/lib/platform/env";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { setSubtitles } from "@/lib/posts/captions";
import { getVisiblePost } from "@/lib/posts/queries";
import { deletePost, editPost } from "@/lib/posts/service";
import { updateProfile } from "@/lib/profiles/service";
import { makeFollow, type makePost, makeUser } from "@/lib/testing/factories";
import { makeVideoPost } from "@/lib/testing/video-post";
import { ACCESS_REMEMBERED_MS } from "../access";
import { purgeJobs } from "../purge-jobs";
import { expiryAt, signatureQuery } from "../signature";

// Two app servers: the same program, loaded twice, each remembering for itself who may read what.
const servers: Server[] = [];
beforeAll(async () => {
  await migrateQueue([...registry]);
  for (let i = 0; i < 2; i++) {
    vi.resetModules();
    const { handleMedia } = await import("../serve");
    const server = createServer((req, res) => void handleMedia(req, res, new URL(req.url ?? "/", "http://front")).then((done) => done || res.writeHead(404).end()));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    servers.push(server);
  }
});
afterAll(() => servers.forEach((server) => server.close()));

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as { port: number }).port}`;
const ask = (server: Server, address: string, headers: Record<string, string> = {}) => fetch(new URL(address, originOf(server)), { headers });

/** What players ask for: media files by ranges, everything else as a whole. */
const headersFor = (address: string): Record<string, string> => (/\.mp4(\?|$)/.test(address) ? { range: "bytes=10-19" } : {});
/** Addresses that not every server answers with what is wanted. */
async function unlike(wanted: "alive" | "dead", addresses: string[]): Promise<string[]> {
  const answers = await Promise.all(addresses.flatMap((address) => servers.map(async (server) => {
    const answer = await ask(server, address, headersFor(address));
    await answer.arrayBuffer();
    const isAlive = answer.status === ("range" in headersFor(address) ? 206 : 200);
    return isAlive === (wanted === "alive") && (wanted === "alive" || answer.status === 404) ? [] : [`${answer.status} ${address}`];
  })));
  return answers.flat();
}

/** Every address that a viewer comes upon: those of the view, and those that the playlists name in turn. */
async function addressesOf(viewer: Viewer | null, postId: string): Promise<string[]> {
  const item = (await getVisiblePost(viewer, postId)).media[0]!;
  const named = async (list: string) => (await ask(servers[0]!, list).then((answer) => answer.text())).split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const { pathname, search } = new URL(line, new URL(list, "http://front"));
    return pathname + search;
  });
  const sizes = await named(item.hls_url!);
  const segments = (await Promise.all(sizes.map(named))).flat();
  const posters = [...["jpg", "webp", "avif"].map((ext) => item.urls["150"].replace(".jpg", `.${ext}`)), ...Object.values(item.urls), ...item.sources.flatMap(({ srcset }) => srcset.split(", ").map((one) => one.split(" ")[0]!))];
  return [...new Set([item.hls_url!, ...sizes, ...segments, item.mp4_url!, item.preview_url!, item.poster_url!, ...item.captions!.map(({ url }) => url), ...posters])];
}

async function videoOf(owner: Viewer, options: Parameters<typeof makePost>[1] = {}) {
  const made = await makeVideoPost(owner, options);
  await setSubtitles(owner, made.id, { language: "en", label: "English", text: "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n" });
  return made;
}

describe("every address of a video", () => {
  test("dies within a minute on every server when its audience gets smaller", { timeout: 90_000 }, async () => {
    const make = (isPrivate = false) => makeUser({ isPrivate });
    const [follower, other, blocked] = [await make(), await make(), await make()];
    const closed = [await make(true), await make(true), await make(true)];
    for (const owner of closed) for (const viewer of [follower, other, blocked]) await makeFollow(viewer, owner);
    const [narrowed, archiver, deleter, hider, edited] = [await make(), await make(), await make(), await make(), await make()];
    const table: [string, Viewer, Viewer | null, (made: { postId: string; id: string }) => Promise<unknown>][] = [
      ["a follower is removed", closed[0]!, follower, () => removeFollower(closed[0]!, follower.id)],
      ["a follower leaves", closed[1]!, other, () => unfollow(other, closed[1]!.id)],
      ["a follower is blocked", closed[2]!, blocked, () => block(closed[2]!, blocked.id)],
      ["for followers only", narrowed!, null, ({ postId }) => editPost(narrowed!, postId, { audience: "followers" })],
      ["put away", archiver!, null, ({ postId }) => editPost(archiver!, postId, { is_archived: true })],
      ["deleted", deleter!, null, ({ postId }) => deletePost(deleter!, postId)],
      ["the account goes private", hider!, null, () => updateProfile(hider!, { is_private: true })],
      ["another version took its place", edited!, null, ({ id }) => db().execute(sql`update media set version = 'v2' where id = ${id}::bigint`)],
    ];
    const cases = await Promise.all(table.map(async ([name, owner, reader, narrow]) => {
      const made = await videoOf(owner);
      return { name, isSigned: reader !== null, addresses: await addressesOf(reader, made.postId), narrow: () => narrow(made) };
    }));
    for (const { name, addresses, isSigned } of cases) {
      // master, size, its file, MP4, preview, subtitles; four posters in three formats.
      expect([name, addresses.length]).toEqual([name, 6 + 12]);
      expect([name, await unlike("alive", addresses)]).toEqual([name, []]);
      if (isSigned) expect([name, await unlike("dead", addresses.map((address) => address.split("?")[0]!))]).toEqual([name, []]);
    }
    for (const { narrow } of cases) await narrow();
    const narrowedAt = Date.now();
    await new Promise((done) => setTimeout(done, ACCESS_REMEMBERED_MS + 500));
    for (const { name, addresses } of cases) expect([name, await unlike("dead", addresses)]).toEqual([name, []]);
    expect(Date.now() - narrowedAt).toBeLessThan(60_000);
  });

  test("is good for the one whom it was signed for, while it lasts, and for nobody else", async () => {
    const owner = await makeUser({ isPrivate: true });
    const [ada, bo, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    for (const viewer of [ada, bo]) await makeFollow(viewer, owner);
    const { postId, id, version } = await videoOf(owner);
    const another = await videoOf(owner);
    const signed = await addressesOf(ada, postId);
    expect(await unlike("alive", signed)).toEqual([]);
    const change = (rewrite: (query: URLSearchParams) => void) => signed.map((address) => {
      const url = new URL(address, "http://front");
      rewrite(url.searchParams);
      return url.pathname + url.search;
    });
    const { searchParams: bos } = new URL(signatureQuery({ id, version }, bo.id), "http://front");
    const { searchParams: elsewhere } = new URL(signatureQuery(another, ada.id), "http://front");
    const past = new URLSearchParams(signatureQuery({ id, version }, ada.id, Date.now() - 13 * 3_600_000));
    const far = new URLSearchParams(signatureQuery({ id, version }, ada.id, Date.now() + 13 * 3_600_000));
    const forged: Record<string, string[]> = {
      "no signature": signed.map((address) => address.split("?")[0]!),
      "somebody else's name": change((query) => query.set("v", bo.id)),
      "somebody else's signature": change((query) => query.set("s", bos.get("s")!)),
      "one for another video": change((query) => query.set("s", elsewhere.get("s")!)),
      "a later end": change((query) => query.set("e", String(expiryAt(Date.now()) + 6 * 3_600))),
      "one that has ended": change((query) => past.forEach((value, name) => query.set(name, value))),
      "one from the future": change((query) => far.forEach((value, name) => query.set(name, value))),
      "a stranger's own": change((query) => new URLSearchParams(signatureQuery({ id, version }, stranger.id)).forEach((value, name) => query.set(name, value))),
    };
    for (const [name, addresses] of Object.entries(forged)) expect([name, await unlike("dead", addresses)]).toEqual([name, []]);
    // A signature is kept by no cache that others read, either.
    for (const address of signed) expect((await ask(servers[0]!, address)).headers.get("cache-control")).toMatch(/^private/);
  });
});

test("a CDN is told of every address when a video is deleted", async () => {
  const told: { urls: string[]; prefixes: string[] }[] = [];
  const cdn = createServer(async (req, res) => (told.push(JSON.parse(await text(req))), res.end()));
  await new Promise<void>((done) => cdn.listen(0, "127.0.0.1", done));
  Object.assign(env(), { CDN_PURGE_URL: `${originOf(cdn)}/purge`, CDN_PURGE_SECRET: "what the CDN's side knows, 32 characters" });
  try {
    const owner = await makeUser();
    const { postId, id, version } = await videoOf(owner);
    const addresses = await addressesOf(null, postId);
    const heard = () => db().execute(sql`select 1 from pgboss.job where name = 'media.hear-narrowing' and data->>'postId' = ${postId}`);
    const before = (await heard()).length;
    await deletePost(owner, postId);
    expect(await heard()).toHaveLength(before + 1);
    await purgeJobs[1]!.handler({ postId }, { id: "1", attempt: 1, signal: AbortSignal.timeout(30_000) });
    expect(told.flatMap(({ prefixes }) => prefixes)).toEqual([`${env().PUBLIC_URL}/media/${id}/${version}/`]);
    expect(told.flatMap(({ urls }) => urls).sort()).toEqual(addresses.map((address) => `${env().PUBLIC_URL}${address}`).sort());
  } finally {
    Object.assign(env(), { CDN_PURGE_URL: undefined, CDN_PURGE_SECRET: undefined });
    cdn.close();
  }
});
