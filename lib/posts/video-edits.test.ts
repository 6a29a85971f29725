import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { forgetAccess } from "@/lib/media/access";
import { takeInventory } from "@/lib/media/inventory";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { sweepUncut } from "@/lib/media/video/uncut";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi } from "@/lib/testing/api";
import { makeBlock, makeFollow, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { bring, mediaRow, openMediaFront } from "@/lib/testing/media-front";
import { hasFfmpeg, inspectVideo, makeClip } from "@/lib/testing/videos";
import { jobs as postJobs } from "./jobs";
import { changeVideo } from "./media-edits";

const jobs = [...mediaJobs, ...postJobs];
let front: Awaited<ReturnType<typeof openMediaFront>>;
let dir: string;
let clip: Buffer;
/** Where it does not matter what is in it: quick to make. */
let small: Buffer;
beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_POSTS_PER_HOUR: "1000" });
  await installJobs(jobs);
  front = await openMediaFront();
  dir = await mkdtemp(join(tmpdir(), "heliograph-clips-"));
  if (!hasFfmpeg()) return;
  small = await makeClip("small.mp4", { size: "160x120", seconds: 6 });
  clip = await makeClip("brought.mov", { size: "640x360", seconds: 6, more: ["-metadata", "location=+51.5-000.1/", "-metadata", "make=Secret", "-metadata", "creation_time=2024-05-01T10:00:00Z", "-movflags", "use_metadata_tags"] });
});
afterAll(async () => {
  front.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => (forgetLimits(), forgetAccess()));

async function publish(owner: Viewer, { bytes = small, count = 1, edit }: { bytes?: Buffer; count?: number; edit?: object } = {}) {
  const media = [];
  for (let i = 0; i < count; i++) media.push({ id: await bring(front.origin, owner, bytes, bytes === clip ? "video/quicktime" : "video/mp4"), ...(edit ? { edit } : {}) });
  const made = await callApi("POST", "/api/posts", { as: owner, body: { media } });
  expect(made.status).toBe(201);
  await drainJobs(jobs);
  return read(owner, made.body.id);
}
const read = async (viewer: Viewer | undefined, id: string) => (await callApi("GET", `/api/posts/${id}`, viewer ? { as: viewer } : {})).body;
const put = (owner: Viewer, id: string, body: object) => callApi("PUT", `/api/media/${id}/edit`, { as: owner, body: { kind: "video", ...body } });
const readEdit = async (owner: Viewer, id: string) => (await callApi("GET", `/api/media/${id}/edit`, { as: owner })).body;
const statusOf = async (address: string, headers = {}) => (await fetch(front.origin + address, { headers })).status;
const keysOf = async (id: string) => {
  const keys: string[] = [];
  for await (const { key } of storage().list(`media/${id}/`)) keys.push(key);
  return keys;
};
async function stored(key: string) {
  const bytes = await buffer((await storage().get(key))!.body);
  const path = join(dir, key.replaceAll("/", "-"));
  await writeFile(path, bytes);
  return { bytes, ...(await inspectVideo(path)) };
}
const etags = async (id: string, version: string) => Promise.all(["hls/120.mp4", "video.mp4"].map(async (name) => (await stored(`media/${id}/${version}/${name}`)).bytes.toString("base64").slice(0, 4_000)));
const kinds = (probed: { streams: { codec_type: string }[] }) => probed.streams.map((one) => one.codec_type).toSorted();

// Some of these make a video four times, beside whatever else the machine does.
describe.skipIf(!hasFfmpeg())("editing a video that is out", { timeout: 60_000 }, () => {
  test("shows the old version until the new one is made, then that alone, and the post says so", async () => {
    const ada = await makeUser();
    const post = await publish(ada, { bytes: clip });
    const [{ id, hls_url: hls, mp4_url: mp4 }] = post.media;
    const asked = await put(ada, id, { trim: { start: 1, end: 4 }, crop: { x: 0.25, y: 0, width: 0.5625 / 1, height: 1 }, cover: 2 });
    expect(asked).toMatchObject({ status: 200, body: { kind: "video", is_changing: true, progress: null, width: 640, height: 360, edit: { trim: { start: 1, end: 4 } } } });
    expect((await read(ada, post.id)).media[0]).toMatchObject({ mp4_url: mp4, change: { progress: null, problem: null } });
    expect((await read(undefined, post.id)).media[0]).not.toHaveProperty("change");
    expect(await statusOf(mp4)).toBe(200);
    await drainJobs(jobs);
    const after = await read(ada, post.id);
    expect(after).toMatchObject({ is_edited: true, media: [{ width: 360, height: 360, state: "ready" }] });
    expect(after.media[0]).not.toHaveProperty("change");
    expect(after.media[0].duration).toBeCloseTo(3, 0);
    expect([await statusOf(after.media[0].mp4_url), await statusOf(after.media[0].hls_url), await statusOf(after.media[0].urls["640"])]).toEqual([200, 200, 200]);
    expect([await statusOf(mp4), await statusOf(hls)]).toEqual([404, 404]);
    expect(await readEdit(ada, id)).toMatchObject({ is_changing: false, problem: null, width: 640, height: 360, duration: 6 });
    await db().execute(sql`update pgboss.job set start_after = now() where name = 'media.forget-version' and state = 'created'`);
    expect(await drainJobs(jobs)).toContain("media.forget-version");
    const { version } = await mediaRow(id);
    expect((await keysOf(id)).every((key) => key.startsWith(`media/${id}/${version}/`))).toBe(true);
    expect((await takeInventory()).missing.filter(({ mediaId }) => mediaId === id)).toEqual([]);
  });

  test("changes the cover without encoding a picture of the film, and takes the sound away without touching it", async () => {
    const ada = await makeUser();
    const [{ id, urls }] = (await publish(ada)).media;
    const first = await mediaRow(id);
    const before = await etags(id, first.version);
    await put(ada, id, { cover: 5 });
    await drainJobs(jobs);
    const second = await mediaRow(id);
    expect(second.version).not.toBe(first.version);
    expect(await etags(id, second.version)).toEqual(before);
    expect(second.thumbhash).not.toBe(first.thumbhash);
    expect([await statusOf(urls["640"]), second.receipt.similarity]).toEqual([404, first.receipt.similarity]);

    await put(ada, id, { cover: 5, is_muted: true });
    await drainJobs(jobs);
    const third = await mediaRow(id);
    expect(third).toMatchObject({ has_audio: false, duration: first.duration });
    for (const name of ["hls/120.mp4", "video.mp4"]) {
      const [loud, quiet] = [await stored(`media/${id}/${second.version}/${name}`), await stored(`media/${id}/${third.version}/${name}`)];
      expect([kinds(loud), kinds(quiet)]).toEqual([["audio", "video"], ["video"]]);
      expect(Number(quiet.format.duration)).toBeCloseTo(Number(loud.format.duration), 0);
    }
    expect(third.video.renditions[0].codecs).toMatch(/^avc1\.[0-9a-f]{6}$/);
    expect(third.receipt).toMatchObject({ measured: "done", changed: ["silenced"] });
    await put(ada, id, {});
    await drainJobs(jobs);
    expect(await mediaRow(id)).toMatchObject({ has_audio: true, edit: null });
    expect((await takeInventory()).missing.filter(({ mediaId }) => mediaId === id)).toEqual([]);
  });

  test("has the effect of one however often it is asked and run; the last wish counts, and ends one that is being made", async () => {
    const ada = await makeUser();
    const post = await publish(ada);
    const [{ id }] = post.media;
    await put(ada, id, { trim: { start: 0, end: 5 } });
    await put(ada, id, { trim: { start: 0, end: 5 } });
    const { wanted_version: old } = await mediaRow(id);
    const running = changeVideo.handler({ mediaId: id, version: old }, { id: "1", attempt: 1, signal: new AbortController().signal });
    await put(ada, id, { trim: { start: 0, end: 2 } });
    await running;
    expect(await mediaRow(id)).toMatchObject({ edit: null });
    await drainJobs(jobs);
    await db().execute(sql`update pgboss.job set state = 'created' where name = 'posts.change-video' and data->>'mediaId' = ${id}`);
    await drainJobs(jobs);
    const row = await mediaRow(id);
    expect(row).toMatchObject({ wanted_version: null, edit: { trim: { start: 0, end: 2 } } });
    expect((await keysOf(id)).some((key) => key.includes(old))).toBe(false);
    await put(ada, id, { is_muted: true });
    await put(ada, id, { trim: { start: 0, end: 2 } });
    expect((await readEdit(ada, id)).is_changing).toBe(false);
  });

  test("that fails leaves everything as it is and says why, until that has been read", async () => {
    const ada = await makeUser();
    const post = await publish(ada);
    const [{ id, mp4_url: mp4 }] = post.media;
    await put(ada, id, { trim: { start: 1, end: 3 } });
    await storage().delete((await mediaRow(id)).original_key);
    await drainJobs(jobs);
    expect(await readEdit(ada, id)).toMatchObject({ is_changing: false, edit: null, problem: expect.stringContaining("did not arrive") });
    expect((await read(ada, post.id)).media[0]).toMatchObject({ mp4_url: mp4, change: { progress: null, problem: expect.any(String) } });
    expect(await statusOf(mp4)).toBe(200);
    await put(ada, id, {});
    expect((await read(ada, post.id)).media[0]).not.toHaveProperty("change");
  });

  test("of several items changes the one that is meant", async () => {
    const ada = await makeUser();
    const post = await publish(ada, { count: 2 });
    await put(ada, post.media[1].id, { trim: { start: 0, end: 2 } });
    await drainJobs(jobs);
    const after = await read(ada, post.id);
    expect(after.media[0].mp4_url).toBe(post.media[0].mp4_url);
    expect(after.media[1].duration).toBeCloseTo(2, 0);
  });

  test("moves subtitles along, and brings back those of parts that were cut away", async () => {
    const ada = await makeUser();
    const [{ id }] = (await publish(ada, { edit: { kind: "video", trim: { start: 1, end: 5 } } })).media;
    const text = "WEBVTT\n\n00:00.000 --> 00:01.000\nFirst\n\n00:02.000 --> 00:03.500\nSecond\n";
    expect((await callApi("PUT", `/api/media/${id}/captions/en`, { as: ada, body: { text } })).status).toBe(204);
    const cues = async () => {
      const [row] = await db().execute<{ storage_key: string }>(sql`select storage_key from media_captions where media_id = ${id}::bigint`);
      expect(row!.storage_key).toContain((await mediaRow(id)).version);
      return (await buffer((await storage().get(row!.storage_key))!.body)).toString().match(/^00:.*/gm) ?? [];
    };
    await put(ada, id, { trim: { start: 2.5, end: 4 } });
    await drainJobs(jobs);
    expect(await cues()).toEqual(["00:00:00.500 --> 00:00:01.500"]);
    await put(ada, id, {});
    await drainJobs(jobs);
    expect(await cues()).toEqual(["00:00:01.000 --> 00:00:02.000", "00:00:03.000 --> 00:00:04.500"]);
    await callApi("DELETE", `/api/media/${id}/captions/en`, { as: ada });
    expect((await keysOf(id)).filter((key) => key.includes((`captions`)) && !key.includes("whole"))).toHaveLength(2);
  });

  test("what does not go together is refused, with the field", async () => {
    const ada = await makeUser();
    const [{ id }] = (await publish(ada)).media;
    const fieldsOf = async (edit: object) => {
      const { status, body } = await put(ada, id, edit);
      return [status, Object.keys(body.error.fields)[0]];
    };
    expect(await fieldsOf({ trim: { start: 9, end: 10 } })).toEqual([422, "edit.trim"]);
    expect(await fieldsOf({ trim: { start: 5.95, end: 10 } })).toEqual([422, "edit.trim"]);
    expect(await fieldsOf({ trim: { start: 3, end: 2 } })).toEqual([422, expect.stringContaining("trim")]);
    expect(await fieldsOf({ crop: { x: 0, y: 0, width: 0.001, height: 1 } })).toEqual([422, expect.stringContaining("crop")]);
    expect((await callApi("PUT", `/api/media/${id}/edit`, { as: ada, body: { kind: "image" } })).status).toBe(422);
  });

  test("is its author's alone, and so is the whole of it", async () => {
    for (const isPrivate of [true, false]) {
      const [ada, follower, stranger, blocked] = [await makeUser({ isPrivate }), await makeUser(), await makeUser(), await makeUser()];
      await makeFollow(follower, ada);
      await makeBlock(ada, blocked);
      const post = await publish(ada, { edit: { kind: "video", trim: { start: 1, end: 3 } }, bytes: clip });
      const [{ id }] = post.media;
      for (const viewer of [follower, stranger, blocked]) {
        for (const [method, path, body] of [["GET", "edit", undefined], ["PUT", "edit", { kind: "video" }], ["POST", "edit/source", undefined], ["GET", "receipt", undefined]] as const) {
          expect((await callApi(method, `/api/media/${id}/${path}`, { as: viewer, ...(body ? { body } : {}) })).status).toBe(404);
        }
      }
      expect((await callApi("POST", `/api/media/${id}/edit/source`)).status).toBe(401);
      const ask = () => callApi("POST", `/api/media/${id}/edit/source`, { as: ada });
      expect((await ask()).body).toMatchObject({ source_url: null, source_progress: 0 });
      await ask();
      expect((await drainJobs(jobs)).filter((name) => name === "media.make-uncut")).toHaveLength(1);
      const { source_url: source } = await readEdit(ada, id);
      const whole = await fetch(front.origin + source, { headers: { range: "bytes=0-99" } });
      expect([whole.status, whole.headers.get("content-type"), whole.headers.get("cache-control")]).toEqual([206, "video/mp4", "private, max-age=3600"]);
      const { uncut_version: version } = await mediaRow(id);
      const copy = await stored(`media/${id}/${version}/uncut.mp4`);
      expect(Number(copy.format.duration)).toBeCloseTo(6, 0);
      expect(JSON.stringify(copy)).not.toMatch(/Secret|51\.5/);
      const [path, query] = source.split("?");
      const other = post.media[0].mp4_url.split("?")[1] ?? "";
      for (const address of [path, `${path}?${other}`, `${path}?${query.replace(ada.id, stranger.id)}`, `${path}?${query}x`, source.replace(version, (await mediaRow(id)).version)]) expect(await statusOf(address)).toBe(404);
      expect((await takeInventory()).missing.filter(({ mediaId }) => mediaId === id)).toEqual([]);
      if (isPrivate) {
        await callApi("DELETE", `/api/posts/${post.id}`, { as: ada });
        expect([await statusOf(source), (await callApi("GET", `/api/media/${id}/edit`, { as: ada })).status]).toEqual([404, 404]);
      } else {
        expect(await sweepUncut()).toBe(0);
        await db().execute(sql`update media set uncut_at = now() - interval '25 hours' where id = ${id}::bigint`);
        expect(await sweepUncut()).toBe(1);
        expect([await statusOf(source), await storage().head(`media/${id}/${version}/uncut.mp4`), (await readEdit(ada, id)).source_url]).toEqual([404, null, null]);
      }
    }
  });

  test("needs no copy of a video that is shown whole, which its author reads by a signed address", async () => {
    const ada = await makeUser();
    const [{ id }] = (await publish(ada, { edit: { kind: "video", cover: 2 } })).media;
    const { body } = await callApi("POST", `/api/media/${id}/edit/source`, { as: ada });
    expect([body.source_url.includes("/video.mp4?v="), await statusOf(body.source_url, { range: "bytes=0-9" })]).toEqual([true, 206]);
    expect(await mediaRow(id)).toMatchObject({ uncut_version: null });
  });

  test("deleted meanwhile, nothing is left behind", async () => {
    const ada = await makeUser();
    const post = await publish(ada);
    const [{ id }] = post.media;
    await put(ada, id, { trim: { start: 0, end: 3 } });
    const { wanted_version: wanted } = await mediaRow(id);
    await callApi("DELETE", `/api/posts/${post.id}`, { as: ada });
    await drainJobs(jobs);
    expect(await mediaRow(id)).toMatchObject({ wanted_version: null, edit: null });
    expect((await keysOf(id)).some((key) => key.includes(wanted))).toBe(false);
  });
});

describe.skipIf(!hasFfmpeg())("the receipt of a video", () => {
  test("says what came in, what is served and how similar it is, what was changed and taken out", async () => {
    const ada = await makeUser();
    const [{ id }] = (await publish(ada, { bytes: clip, edit: { kind: "video", trim: { start: 1, end: 5 }, crop: { x: 0, y: 0, width: 0.5, height: 1 } } })).media;
    const { status, body } = await callApi("GET", `/api/media/${id}/receipt`, { as: ada });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: "video", is_complete: true, has_audio: true, changed: ["trimmed", "cropped"], removed: ["location", "camera", "time", "software"],
      source: { type: "video/quicktime", codec: "h264", width: 640, height: 360, bytes: clip.length, duration: 6, frame_rate: 10, is_variable_frame_rate: false, hdr: null, audio: { codec: "aac", channels: 1 } },
    });
    expect(body.served.map((one: { name: string }) => one.name)).toEqual(["240", "320"]);
    for (const { similarity, bit_rate } of body.served) {
      expect(similarity).toBeGreaterThan(0.9);
      expect(similarity).toBeLessThan(1);
      expect(bit_rate).toBeGreaterThan(10_000);
    }
    expect(body.poster.files).toBeGreaterThan(2);
  });

  test("is honest about what could not be measured, and about what comes later", async () => {
    const ada = await makeUser();
    const id = await bring(front.origin, ada, await makeClip("fast.mp4", { seconds: 2, rate: 120 }), "video/mp4");
    await callApi("POST", "/api/posts", { as: ada, body: { media: [{ id }] } });
    await drainJobs(jobs.filter(({ name }) => name !== "media.measure-video"));
    expect((await callApi("GET", `/api/media/${id}/receipt`, { as: ada })).body).toMatchObject({ is_complete: false, changed: ["thinned"] });
    await drainJobs(jobs);
    const { body } = await callApi("GET", `/api/media/${id}/receipt`, { as: ada });
    expect([body.is_complete, body.served.every((one: { similarity: number | null }) => one.similarity === null)]).toEqual([true, true]);
  });
});
