import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { setAvatar } from "@/lib/accounts/avatar";
import { deleteAccount } from "@/lib/accounts/service";
import { hashPassword } from "@/lib/accounts/password-hash";
import { block, deleteCircle, removeFollower, removeFromCircle, unfollow } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { env } from "@/lib/platform/env";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { deletePost, editPost } from "@/lib/posts/service";
import { updateProfile } from "@/lib/profiles/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { bringPhoto } from "@/lib/testing/bring-photo";
import { makeCircle, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { quarters } from "@/lib/testing/pictures";
import { ACCESS_REMEMBERED_MS } from "./access";
import { prepareAvatar } from "./avatar";
import { processMedia } from "./jobs";
import { purgeJobs } from "./purge-jobs";
import { attachMedia } from "./service";
import { type MediaRow, toMediaView, widthUrl } from "./urls";

// Two app servers: the same program, loaded twice, each remembering for itself who may read what.
const servers: Server[] = [];
let photo: Buffer;
beforeAll(async () => {
  await migrateQueue([...registry]);
  photo = await quarters(700, 500).jpeg().toBuffer();
  for (let i = 0; i < 2; i++) {
    vi.resetModules();
    const { handleMedia } = await import("./serve");
    const server = createServer((req, res) => void handleMedia(req, res, new URL(req.url ?? "/", "http://front")).then((done) => done || res.writeHead(404).end()));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    servers.push(server);
  }
});
afterAll(() => servers.forEach((server) => server.close()));

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as { port: number }).port}`;
/** What each server answers for each address. */
const statuses = async (addresses: string[]) =>
  (await Promise.all(servers.map((server) => Promise.all(addresses.map((address) => fetch(new URL(address, originOf(server))).then(async (answer) => (await answer.arrayBuffer(), answer.status))))))).flat();
const all = (status: number, addresses: string[]) => servers.flatMap(() => addresses.map(() => status));

const bring = (viewer: Viewer, purpose: "post" | "avatar" = "post") => bringPhoto(viewer, photo, purpose);

async function photoOf(owner: Viewer, options: Parameters<typeof makePost>[1] = {}) {
  const id = await bring(owner);
  const postId = await makePost(owner, { ...options, photos: 0 });
  await db().transaction((tx) => attachMedia(tx, owner, postId, [{ id, alt: "" }]));
  await processMedia.handler({ mediaId: id }, { id: "1", attempt: 1, signal: AbortSignal.timeout(30_000) });
  const [row] = await db().execute<MediaRow>(sql`select * from media where id = ${id}::bigint`);
  return { postId, row: row! };
}

/** Every kind of address of a photo: bare, signed, of a stored size and of one made for the asking. */
function addressesOf(row: MediaRow, viewer: Viewer | null): string[] {
  const access = { isPublic: viewer === null, viewerId: viewer?.id ?? null };
  const { urls } = toMediaView(row, access);
  return [urls["150"], urls["640"], widthUrl(row, access, 500, "webp")];
}

describe("old addresses", () => {
  test("die within a minute on every server when an audience gets smaller", { timeout: 90_000 }, async () => {
    const password = "a very long passphrase 4711";
    const make = (isPrivate = false) => makeUser({ isPrivate });
    const [follower, other, blocked] = [await make(), await make(), await make()];
    const cases: { name: string; addresses: string[]; narrow: () => Promise<unknown> }[] = [];
    const add = async (name: string, owner: Viewer, photoOptions: Parameters<typeof makePost>[1], reader: Viewer | null, narrow: (postId: string) => Promise<unknown>) => {
      const { row, postId } = await photoOf(owner, photoOptions);
      cases.push({ name, addresses: addressesOf(row, reader), narrow: () => narrow(postId) });
    };

    const closed = [await make(true), await make(true), await make(true)];
    for (const owner of closed) for (const viewer of [follower, other, blocked]) await makeFollow(viewer, owner);
    await add("a follower is removed", closed[0]!, {}, follower, () => removeFollower(closed[0]!, follower.id));
    await add("a follower leaves", closed[1]!, {}, other, () => unfollow(other, closed[1]!.id));
    await add("a follower is blocked", closed[2]!, {}, blocked, () => block(closed[2]!, blocked.id));
    const narrowed = await make();
    await makeFollow(follower, narrowed);
    await add("for followers only", narrowed, {}, null, (postId) => editPost(narrowed, postId, { audience: "followers" }));
    const host = await make();
    await makeFollow(other, host);
    await makeFollow(follower, host);
    const [circle, doomed] = [await makeCircle(host, [other]), await makeCircle(host, [follower])];
    await add("taken out of the circle", host, { circles: [circle] }, other, () => removeFromCircle(host, circle, other.id));
    await add("the circle is deleted", host, { circles: [doomed] }, follower, () => deleteCircle(host, doomed));
    await add("for a circle only", host, {}, null, (postId) => editPost(host, postId, { audience: "circles", circle_ids: [circle] }));
    const archiver = await make();
    await add("put away", archiver, {}, null, (postId) => editPost(archiver, postId, { is_archived: true }));
    const deleter = await make();
    await add("deleted", deleter, {}, null, (postId) => deletePost(deleter, postId));
    const hider = await make();
    await add("the account goes private", hider, {}, null, () => updateProfile(hider, { is_private: true }));
    const leaver = await makeUser({ passwordHash: await hashPassword(password) });
    await add("the account is deleted", leaver, {}, null, () => deleteAccount(leaver, password));
    const faces = await make();
    const [before, after] = [await prepareAvatar(faces, await bring(faces, "avatar")), await prepareAvatar(faces, await bring(faces, "avatar"))];
    await setAvatar(faces, before);
    const face = (avatar: typeof before) => `/media/${avatar.mediaId}/${avatar.version}/150.webp`;
    cases.push({ name: "another picture of oneself", addresses: [face(before)], narrow: () => setAvatar(faces, after) });

    for (const { name, addresses } of cases) expect([name, await statuses(addresses)]).toEqual([name, all(200, addresses)]);
    for (const { narrow } of cases) await narrow();
    const narrowedAt = Date.now();
    await new Promise((done) => setTimeout(done, ACCESS_REMEMBERED_MS + 500));
    for (const { name, addresses } of cases) expect([name, await statuses(addresses)]).toEqual([name, all(404, addresses)]);
    expect(Date.now() - narrowedAt).toBeLessThan(60_000);
    expect(face(after)).not.toBe(face(before));
    expect(await statuses([face(after)])).toEqual([200, 200]);
    // Who may still see it still does.
    expect((await db().execute(sql`select 1 from follows where follower_id = ${other.id}::bigint and followee_id = ${closed[0]!.id}::bigint`)).length).toBe(1);
  });
});

describe("a CDN in front", () => {
  const secret = "what the CDN's side knows, 32 characters";
  const told: { urls: string[]; prefixes: string[] }[] = [];
  let answer = 200;
  let cdn: Server;
  beforeAll(async () => {
    cdn = createServer(async (req, res) => {
      const body = await text(req);
      const wanted = createHmac("sha256", secret).update(`${req.headers["x-heliograph-time"]}\n${body}`).digest("hex");
      if (req.headers["x-heliograph-signature"] === wanted && answer === 200) told.push(JSON.parse(body));
      res.writeHead(answer).end();
    });
    await new Promise<void>((done) => cdn.listen(0, "127.0.0.1", done));
    Object.assign(env(), { CDN_PURGE_URL: `${originOf(cdn)}/purge`, CDN_PURGE_SECRET: secret });
  });
  afterAll(() => {
    Object.assign(env(), { CDN_PURGE_URL: undefined, CDN_PURGE_SECRET: undefined });
    cdn.close();
  });

  const [hear, purge] = [purgeJobs[0]!, purgeJobs[1]!];
  const context = { id: "1", attempt: 1, signal: AbortSignal.timeout(60_000) };
  const waiting = (key: string, id: string) => db().execute<{ wait: number }>(sql`
    select extract(epoch from start_after - created_on)::float8 as wait from pgboss.job where name = 'media.purge-addresses' and data->>${key} = ${id}`);
  const heard = async (key: string, id: string) => (await db().execute(sql`select 1 from pgboss.job where name = 'media.hear-narrowing' and data->>${key} = ${id}`)).length;

  test("is told of every address of what is not public any more, when no server takes it for public", async () => {
    const owner = await makeUser();
    const [{ postId, row }, other] = [await photoOf(owner), await photoOf(owner)];
    await deletePost(owner, postId);
    expect(await heard("postId", postId)).toBe(1);
    await hear.handler({ postId }, context);
    const [job] = await waiting("postId", postId);
    expect(job!.wait).toBeGreaterThan(ACCESS_REMEMBERED_MS / 1000);
    expect(job!.wait).toBeLessThan(45);
    told.length = 0;
    await purge.handler({ postId }, context);
    expect(told).toHaveLength(1);
    const base = `${env().PUBLIC_URL}/media/${row.id}/${row.version}/`;
    expect(told[0]!.prefixes).toEqual([base]);
    expect(told[0]!.urls).toEqual(expect.arrayContaining([`${base}150.jpg`, `${base}640.jpg`]));
    expect(told[0]!.urls).toHaveLength(row.variants.length);

    told.length = 0;
    await updateProfile(owner, { is_private: true });
    expect(await heard("userId", owner.id)).toBe(1);
    await purge.handler({ userId: owner.id }, context);
    expect(told.flatMap(({ prefixes }) => prefixes).sort()).toEqual([base, `${env().PUBLIC_URL}/media/${other.row.id}/${other.row.version}/`].sort());
  });

  test("hears nothing of what everybody may still see, and again what it did not take", async () => {
    const owner = await makeUser();
    const { postId } = await photoOf(owner);
    told.length = 0;
    await editPost(owner, postId, { caption: "other words" });
    await purge.handler({ postId }, context);
    expect(told).toEqual([]);
    await editPost(owner, postId, { is_archived: true });
    answer = 503;
    await expect(purge.handler({ postId }, context)).rejects.toThrow("503");
    answer = 200;
    await purge.handler({ postId }, context);
    expect(told).toHaveLength(1);
  });

  test("forgets a picture that was replaced", async () => {
    const owner = await makeUser();
    const [before, after] = [await prepareAvatar(owner, await bring(owner, "avatar")), await prepareAvatar(owner, await bring(owner, "avatar"))];
    await setAvatar(owner, before);
    await setAvatar(owner, after);
    expect(await heard("mediaId", before.mediaId)).toBe(1);
    told.length = 0;
    await purge.handler({ mediaId: after.mediaId }, context);
    expect(told).toEqual([]);
    await purge.handler({ mediaId: before.mediaId }, context);
    expect(told[0]!.prefixes).toEqual([`${env().PUBLIC_URL}/media/${before.mediaId}/${before.version}/`]);
  });
});
