import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { forgetAccess } from "@/lib/media/access";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { handleMedia } from "@/lib/media/serve";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi } from "@/lib/testing/api";
import { makeBlock, makeFollow, makeUpload, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { GPS_EXIF, quarters, readQuarters } from "@/lib/testing/pictures";
import { jobs as postJobs } from "./jobs";

const jobs = [...mediaJobs, ...postJobs];
let front: Server;
let origin: string;
beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_POSTS_PER_HOUR: "1000" });
  await installJobs(jobs);
  front = createServer((req, res) => void handleMedia(req, res, new URL(req.url ?? "/", "http://front")));
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(front.address() as { port: number }).port}`;
});
afterAll(() => front.close());
beforeEach(() => (forgetLimits(), forgetAccess()));

/** An upload behind which a file lies. */
async function upload(owner: Viewer, width = 800, height = 600): Promise<string> {
  const bytes = await quarters(width, height).jpeg({ quality: 95 }).withExif(GPS_EXIF).toBuffer();
  const id = await makeUpload(owner);
  const [row] = await db().execute<{ original_key: string }>(sql`update media set bytes = ${bytes.length}, width = ${width}, height = ${height} where id = ${id}::bigint returning original_key`);
  await storage().put(row!.original_key, bytes, { contentType: "image/jpeg" });
  return id;
}
async function publish(owner: Viewer, item: object, count = 1) {
  const media = await Promise.all(Array.from({ length: count }, async () => ({ id: await upload(owner), ...item })));
  const made = await callApi("POST", "/api/posts", { as: owner, body: { media } });
  expect(made.status).toBe(201);
  await drainJobs(jobs);
  return (await callApi("GET", `/api/posts/${made.body.id}`, { as: owner })).body;
}
const bytesAt = async (address: string) => Buffer.from(await (await fetch(origin + address)).arrayBuffer());
const statusOf = async (address: string) => (await fetch(origin + address)).status;
const turn = { kind: "image", geometry: { quarter_turns: 1 } };

describe("edits of a new post", () => {
  it("are what is served, and their author reads them back", async () => {
    const ada = await makeUser();
    const post = await publish(ada, { edit: { kind: "image", geometry: { quarter_turns: 1, crop: { x: 0, y: 0, width: 1, height: 0.5 } }, filter: { name: "silver" } } });
    expect(post.media[0]).toMatchObject({ width: 600, height: 400, state: "ready" });
    const { channels } = await sharp(await bytesAt(post.media[0].urls["640"])).stats();
    expect(Math.abs(channels[0]!.mean - channels[2]!.mean)).toBeLessThan(3);
    const { body } = await callApi("GET", `/api/media/${post.media[0].id}/edit`, { as: ada });
    expect(body).toMatchObject({ is_changing: false, width: 800, height: 600, edit: { kind: "image", filter: { name: "silver", strength: 1 }, geometry: { quarter_turns: 1, is_mirrored: false, straighten: 0 }, adjust: { grain: 0 } } });
    expect(await readQuarters(await bytesAt(post.media[0].urls.original ?? post.media[0].urls["1080"]))).toHaveLength(4);
  });

  it("are known to the post before they are made", async () => {
    const ada = await makeUser();
    const made = await callApi("POST", "/api/posts", { as: ada, body: { media: [{ id: await makeUpload(ada), edit: turn }, { id: await makeUpload(ada), edit: { kind: "image" } }] } });
    expect(made.body.media).toMatchObject([{ width: 1200, height: 1600 }, { width: 1600, height: 1200 }]);
  });

  it.each([
    [{ kind: "image", filter: { name: "clarendon" } }, "media.0.edit.filter.name"],
    [{ kind: "image", filter: { name: "dawn", strength: 2 } }, "media.0.edit.filter.strength"],
    [{ kind: "image", geometry: { straighten: 46 } }, "media.0.edit.geometry.straighten"],
    [{ kind: "image", geometry: { quarter_turns: 4 } }, "media.0.edit.geometry.quarter_turns"],
    [{ kind: "image", geometry: { crop: { x: 0, y: 0, width: 0.001, height: 1 } } }, "media.0.edit.geometry.crop"],
    [{ kind: "image", geometry: { crop: { x: 0.9, y: 0, width: 0.5, height: 1 } } }, "media.0.edit.geometry.crop"],
    [{ kind: "image", adjust: { fade: -1 } }, "media.0.edit.adjust.fade"],
    [{ kind: "image", adjust: { brightness: "very" } }, "media.0.edit.adjust.brightness"],
    [{ kind: "image", adjust: { clarity: 1 } }, "media.0.edit.adjust"],
    [{ kind: "video", is_muted: true }, "media.0.edit.kind"],
    [{ kind: "hologram" }, "media.0.edit.kind"],
    ["dawn", "media.0.edit"],
  ])("%j is refused at %s", async (edit, field) => {
    const ada = await makeUser();
    const answer = await callApi("POST", "/api/posts", { as: ada, body: { media: [{ id: await makeUpload(ada), edit }] } });
    expect([answer.status, Object.keys(answer.body.error.fields ?? {})[0]]).toEqual([422, field]);
  });

  it("and a crop beside an edit is one too many", async () => {
    const ada = await makeUser();
    const item = { id: await makeUpload(ada), edit: turn, crop: { x: 0, y: 0, width: 0.5, height: 1 } };
    expect((await callApi("POST", "/api/posts", { as: ada, body: { media: [item] } })).body.error.fields).toHaveProperty("media.0.crop");
  });
});

describe("editing what is out", () => {
  it("shows the old picture until the new one is made, then at new addresses only", async () => {
    const ada = await makeUser();
    const post = await publish(ada, {});
    const [{ id, urls }] = post.media;
    const asked = await callApi("PUT", `/api/media/${id}/edit`, { as: ada, body: turn });
    expect(asked).toMatchObject({ status: 200, body: { is_changing: true, edit: { geometry: { quarter_turns: 1 } } } });
    expect((await callApi("GET", `/api/posts/${post.id}`)).body.media[0]).toMatchObject({ width: 800, height: 600, urls });
    expect(await statusOf(urls["640"])).toBe(200);
    await drainJobs(jobs);
    const after = (await callApi("GET", `/api/posts/${post.id}`)).body;
    expect(after).toMatchObject({ is_edited: true, media: [{ width: 600, height: 800, state: "ready" }] });
    expect(await readQuarters(await bytesAt(after.media[0].urls["640"]))).toEqual(["blue", "red", "yellow", "green"]);
    expect(after.media[0].sources.length).toBeGreaterThan(1);
    // At once, although the old one was remembered a moment ago.
    expect(await statusOf(urls["640"])).toBe(404);
    expect((await callApi("GET", `/api/media/${id}/edit`, { as: ada })).body).toMatchObject({ is_changing: false, width: 800, height: 600 });
  });

  it("leaves no file of the old picture, and every file of the new one", async () => {
    const ada = await makeUser();
    const [{ id }] = (await publish(ada, {})).media;
    const [before] = await db().execute<{ version: string }>(sql`select version from media where id = ${id}::bigint`);
    await callApi("PUT", `/api/media/${id}/edit`, { as: ada, body: turn });
    await drainJobs(jobs);
    await db().execute(sql`update pgboss.job set start_after = now() where name = 'media.forget-version' and state = 'created'`);
    expect(await drainJobs(jobs)).toContain("media.forget-version");
    const keys: string[] = [];
    for await (const { key } of storage().list(`media/${id}/`)) keys.push(key);
    const [row] = await db().execute<{ version: string; variants: { name: string; ext: string }[] }>(sql`select version, variants from media where id = ${id}::bigint`);
    expect(row!.version).not.toBe(before!.version);
    expect(keys.toSorted()).toEqual(row!.variants.map(({ name, ext }) => `media/${id}/${row!.version}/${name}.${ext}`).toSorted());
  });

  it("has the effect of one however often it is asked and run; the last wish counts; back to the beginning is nothing", async () => {
    const ada = await makeUser();
    const [{ id }] = (await publish(ada, {})).media;
    const put = (body: object) => callApi("PUT", `/api/media/${id}/edit`, { as: ada, body });
    await put(turn);
    await put(turn);
    const waiting = () => db().execute(sql`select data from pgboss.job where name = 'posts.change-photo' and data->>'mediaId' = ${id} and state = 'created'`);
    expect(await waiting()).toHaveLength(1);
    await put({ kind: "image", geometry: { quarter_turns: 2 } });
    await put({ kind: "image" });
    expect((await callApi("GET", `/api/media/${id}/edit`, { as: ada })).body).toMatchObject({ is_changing: false, edit: null });
    await put({ kind: "image", geometry: { is_mirrored: true } });
    await drainJobs(jobs);
    // A job that ran, and was killed before it could say so, runs again.
    await db().execute(sql`update pgboss.job set state = 'created' where name = 'posts.change-photo' and data->>'mediaId' = ${id}`);
    await drainJobs(jobs);
    const [row] = await db().execute(sql`select edit->'geometry'->>'isMirrored' as mirrored, wanted_version, width from media where id = ${id}::bigint`);
    expect(row).toEqual({ mirrored: "true", wanted_version: null, width: 800 });
    expect((await put({ kind: "image", geometry: { is_mirrored: true } })).body.is_changing).toBe(false);
  });

  it("is its author's alone, and so is the picture as it was brought", async () => {
    for (const isPrivate of [true, false]) {
      const [ada, follower, stranger, blocked] = [await makeUser({ isPrivate }), await makeUser(), await makeUser(), await makeUser()];
      await makeFollow(follower, ada);
      await makeBlock(ada, blocked);
      const post = await publish(ada, { edit: turn });
      const [{ id }] = post.media;
      for (const viewer of [follower, stranger, blocked]) {
        expect((await callApi("GET", `/api/media/${id}/edit`, { as: viewer })).status).toBe(404);
        expect((await callApi("PUT", `/api/media/${id}/edit`, { as: viewer, body: turn })).status).toBe(404);
      }
      expect((await callApi("GET", `/api/media/${id}/edit`)).status).toBe(401);
      const { source_url } = (await callApi("GET", `/api/media/${id}/edit`, { as: ada })).body;
      const source = await bytesAt(source_url);
      expect(await readQuarters(source)).toEqual(["red", "green", "blue", "yellow"]);
      expect((await sharp(source).metadata()).exif).toBeUndefined();
      const [path, query] = source_url.split("?");
      const public640 = post.media[0].urls["640"].split("?");
      for (const address of [path, `${path}?${public640[1] ?? ""}`, `${path}?${query.replace(ada.id, stranger.id)}`, `${path}?${query}x`]) expect(await statusOf(address)).toBe(404);
      await callApi("DELETE", `/api/posts/${post.id}`, { as: ada });
      forgetAccess();
      expect((await callApi("GET", `/api/media/${id}/edit`, { as: ada })).status).toBe(404);
      expect(await statusOf(source_url)).toBe(404);
    }
  });

  it("waits for a photo that is still being prepared", async () => {
    const ada = await makeUser();
    const made = await callApi("POST", "/api/posts", { as: ada, body: { media: [{ id: await makeUpload(ada) }] } });
    expect((await callApi("PUT", `/api/media/${made.body.media[0].id}/edit`, { as: ada, body: turn })).status).toBe(409);
  });

  it("that fails leaves everything as it is", async () => {
    const ada = await makeUser();
    const [{ id, urls }] = (await publish(ada, {})).media;
    const [row] = await db().execute<{ original_key: string }>(sql`select original_key from media where id = ${id}::bigint`);
    await callApi("PUT", `/api/media/${id}/edit`, { as: ada, body: turn });
    await storage().delete(row!.original_key);
    await drainJobs(jobs);
    expect((await callApi("GET", `/api/media/${id}/edit`, { as: ada })).body).toMatchObject({ is_changing: false, edit: null });
    expect(await statusOf(urls["640"])).toBe(200);
  });
});
