import { createServer } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { VideoEdit } from "@/db/schema/media-edit";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { storage } from "@/lib/platform/storage/storage";
import { createPost } from "@/lib/posts/create";
import { jobs as postJobs } from "@/lib/posts/jobs";
import { getVisiblePost } from "@/lib/posts/queries";
import { makeUser } from "@/lib/testing/factories";
import { bring, mediaRow, openMediaFront } from "@/lib/testing/media-front";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { hasFfmpeg, inspectVideo, makeClip, makeVideo, type Probed } from "@/lib/testing/videos";
import { takeInventory } from "../inventory";
import { sweepUploads } from "../sweep";
import { processVideo } from "./jobs";
import { videoKeys } from "./files";
import { processingOf, ProgressNotes } from "./progress";

const jobs = [...mediaJobs, ...postJobs];
let front: Awaited<ReturnType<typeof openMediaFront>>;
let dir: string;
beforeAll(async () => {
  await installJobs(jobs);
  front = await openMediaFront();
  dir = await mkdtemp(join(tmpdir(), "heliograph-clips-"));
});
afterAll(async () => {
  front.close();
  await rm(dir, { recursive: true, force: true });
});

const NEW = { caption: "", audience: "everyone" as const, comments_enabled: true, like_count_hidden: false, is_sensitive: false, reposts_enabled: true };

/** Brings a video, posts it and has everything done. */
async function publish(bytes: Buffer, type = "video/mp4", edit: Partial<VideoEdit> | null = null) {
  const viewer = await makeUser();
  const id = await bring(front.origin, viewer, bytes, type);
  const asked = edit && { kind: "video" as const, trim: null, cover: null, isMuted: false, crop: null, ...edit };
  const { id: postId } = await createPost(viewer, { ...NEW, media: [{ id, alt: "", ...(asked ? { edit: asked } : {}) }] }, null);
  await drainJobs(jobs);
  return { viewer, id, postId, post: await getVisiblePost(viewer, postId), row: await mediaRow(id) };
}

/** What is stored under a name, as ffprobe sees it. */
async function stored(row: { id: string; version: string }, name: string): Promise<Probed & { bytes: Buffer }> {
  const found = await storage().get(`media/${row.id}/${row.version}/${name}`);
  const bytes = await buffer(found!.body);
  const path = join(dir, name.replaceAll("/", "-"));
  await writeFile(path, bytes);
  return { ...(await inspectVideo(path)), bytes };
}

const pictureOf = ({ streams }: Probed) => streams.find((one) => one.codec_type === "video")!;
const soundOf = ({ streams }: Probed) => streams.find((one) => one.codec_type === "audio");

describe.skipIf(!hasFfmpeg())("videos", () => {
  test("a video becomes a ladder, an MP4, a poster and a preview, without what its camera wrote", async () => {
    const clip = await makeClip("a.mp4", { size: "640x360", seconds: 5, more: ["-metadata", "location=+51.5-000.1/", "-metadata", "title=Secret", "-movflags", "use_metadata_tags"] });
    const { post, row } = await publish(clip);
    expect(post).toMatchObject({ status: "published", content_type: "video" });
    const [item] = post.media;
    expect(item).toMatchObject({ type: "video", state: "ready", width: 640, height: 360, has_audio: true, captions: [] });
    expect(item!.duration).toBeCloseTo(5, 0);
    expect(item!.hls_url).toBe(`/media/${row.id}/${row.version}/hls/master.m3u8`);
    expect(row.video.renditions.map((one: { name: string }) => one.name)).toEqual(["240", "360"]);
    expect(row.video.renditions[1]).toMatchObject({ width: 640, height: 360, codecs: expect.stringMatching(/^avc1\.[0-9a-f]{6},mp4a\.40\.2$/) });
    expect(await Promise.all(videoKeys(row).map(async (key) => (await storage().head(key))?.size ?? key))).toEqual(videoKeys(row).map(() => expect.any(Number)));
    const mp4 = await stored(row, "video.mp4");
    expect(mp4.bytes.subarray(4, 8).toString()).toBe("ftyp");
    expect(mp4.bytes.indexOf("moov")).toBeLessThan(mp4.bytes.indexOf("mdat"));
    expect([pictureOf(mp4).codec_name, soundOf(mp4)?.codec_name]).toEqual(["h264", "aac"]);
    expect(JSON.stringify(mp4)).not.toMatch(/Secret|51\.5/);
    expect(mp4.bytes.includes("Secret")).toBe(false);
    expect((await stored(row, "hls/360.mp4")).bytes.includes("Secret")).toBe(false);
    const preview = await sharp((await storage().get(`media/${row.id}/${row.version}/preview.webp`).then((found) => buffer(found!.body))) as Buffer, { pages: -1 }).metadata();
    expect(preview.pages).toBeGreaterThan(5);
    expect(row.variants.map((one: { name: string; ext: string }) => `${one.name}.${one.ext}`)).toEqual(expect.arrayContaining(["150.jpg", "320.jpg", "640.jpg"]));
    expect(row.thumbhash).toBeTruthy();
    expect((await takeInventory()).missing).toEqual([]);
  });

  test("sizes change at the same moments, each on a key frame", async () => {
    const { row } = await publish(await makeClip("b.mp4", { size: "640x360", seconds: 9, rate: 24 }));
    const times = await Promise.all(["240", "360"].map(async (name) => {
      const list = await storage().get(`media/${row.id}/${row.version}/hls/${name}.m3u8`).then((found) => buffer(found!.body));
      return [...list.toString().matchAll(/#EXTINF:([\d.]+)/g)].map((match) => Number(match[1]).toFixed(2));
    }));
    expect(times[0]).toEqual(times[1]);
    expect(times[0]!.slice(0, 2).map(Number)).toEqual([4, 4]);
  });

  test("a phone held upright, whose film lies on its side", async () => {
    const lying = await makeClip("lying.mov", { size: "640x360", seconds: 1 });
    await writeFile(join(dir, "lying.mov"), lying);
    const turned = await makeVideo("turned.mov", ["-display_rotation", "90", "-i", join(dir, "lying.mov"), "-c", "copy"]).catch(() => makeVideo("turned.mov", ["-i", join(dir, "lying.mov"), "-c", "copy", "-metadata:s:v", "rotate=270"]));
    const { post, row } = await publish(turned, "video/quicktime");
    expect(post.media[0]).toMatchObject({ width: 360, height: 640 });
    const made = pictureOf(await stored(row, "hls/360.mp4"));
    expect([made.width, made.height]).toEqual([360, 640]);
    const poster = await sharp(await storage().get(`media/${row.id}/${row.version}/320.jpg`).then((found) => buffer(found!.body)) as Buffer).metadata();
    expect(poster.height).toBeGreaterThan(poster.width!);
  });

  test("cut, covered, silenced and cropped as its author wants it", async () => {
    const { post, row } = await publish(await makeClip("c.mp4", { size: "640x360", seconds: 5 }), "video/mp4", { trim: { start: 1, end: 3 }, cover: 2, isMuted: true, crop: { x: 0.25, y: 0, width: 0.5, height: 1 } });
    expect(post.media[0]).toMatchObject({ width: 320, height: 360, has_audio: false });
    expect(post.media[0]!.duration).toBeCloseTo(2, 0);
    const mp4 = await stored(row, "video.mp4");
    expect([pictureOf(mp4).width, pictureOf(mp4).height, soundOf(mp4)]).toEqual([320, 360, undefined]);
    expect(Number(mp4.format.duration)).toBeCloseTo(2, 0);
  });

  test.each([
    ["without sound", "video/mp4", () => makeClip("x.mp4", { seconds: 1, sound: false }), { has_audio: false }],
    ["VP9 in WebM", "video/webm", () => makeClip("x.webm", { seconds: 1, codec: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"] }), { has_audio: true }],
    ["VP8 as a browser records it, without a length", "video/webm", () => makeClip("x.webm", { seconds: 1, codec: ["-c:v", "libvpx", "-deadline", "realtime"], more: ["-live", "1"] }), {}],
    ["MKV", "video/x-matroska", () => makeClip("x.mkv", { seconds: 1 }), {}],
    ["HEVC", "video/mp4", () => makeClip("x.mp4", { seconds: 1, codec: ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"] }), {}],
    ["odd sizes", "video/mp4", () => makeClip("x.mp4", { size: "201x113", seconds: 1, codec: ["-c:v", "libx264", "-pix_fmt", "yuv444p"] }), { width: 201, height: 113 }],
    ["one pixel", "video/x-matroska", () => makeClip("x.mkv", { size: "1x1", seconds: 1, codec: ["-c:v", "libvpx-vp9"] }), { width: 1, height: 1 }],
    ["times that vary", "video/mp4", () => makeClip("x.mp4", { seconds: 2, rate: 30, more: ["-vf", "select='not(mod(n,3))+lt(n,15)'", "-vsync", "vfr"] }), {}],
  ])("%s", async (_name, type, make, expected) => {
    const { post, row } = await publish(await make(), type);
    expect(row.problem).toBeNull();
    expect(post.status).toBe("published");
    expect(post.media[0]).toMatchObject({ state: "ready", ...expected });
    expect(post.media[0]!.duration).toBeGreaterThan(0.8);
    expect(pictureOf(await stored(row, "video.mp4")).codec_name).toBe("h264");
  });

  test("HDR comes out as ordinary colours, neither grey nor glaring", async () => {
    // A grey of 203 nits, which HDR calls white (BT.2408), beside black.
    const grey = ["-vf", "drawbox=w=iw/2:h=ih:c=black:t=fill,format=yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:range=limited"];
    const clip = await makeVideo("hdr.mp4", ["-f", "lavfi", "-i", "color=c=0x949494:size=320x180:rate=5:duration=1", ...grey]);
    const { post, row } = await publish(clip);
    expect(post.status).toBe("published");
    const { streams } = await stored(row, "video.mp4");
    expect(streams[0]).toMatchObject({ codec_name: "h264", pix_fmt: "yuv420p", color_transfer: "bt709" });
    const part = await sharp(await storage().get(`media/${row.id}/${row.version}/320.jpg`).then((found) => buffer(found!.body)) as Buffer).extract({ left: 200, top: 60, width: 60, height: 60 }).png().toBuffer();
    const { channels } = await sharp(part).stats();
    expect(channels[0]!.mean).toBeGreaterThan(190);
    expect(channels[0]!.mean).toBeLessThan(240);
    expect(Math.max(...channels.map(({ mean }) => mean)) - Math.min(...channels.map(({ mean }) => mean))).toBeLessThan(6);
  });

  test("its author sees how far it is", async () => {
    const viewer = await makeUser();
    const id = await bring(front.origin, viewer, await makeClip("x.mp4", { seconds: 1 }), "video/mp4");
    const { id: postId } = await createPost(viewer, { ...NEW, media: [{ id, alt: "" }] }, null);
    const notes = new ProgressNotes(processingOf(id), new AbortController().signal, 0);
    notes.note(42.4);
    await expect.poll(async () => (await getVisiblePost(viewer, postId)).media[0]!.progress).toBe(42);
    await db().execute(sql`update media set post_id = null where id = ${id}::bigint`);
    await db().execute(sql`delete from media where id = ${id}::bigint`);
    notes.note(50);
    await expect.poll(() => notes.signal.aborted).toBe(true);
    expect(notes.isGone).toBe(true);
  });

  test("AV1, where this ffmpeg can make it", async () => {
    const clip = await makeClip("x.mp4", { size: "64x36", seconds: 1, rate: 5, codec: ["-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime"] }).catch(() => null);
    if (clip) expect((await publish(clip)).post.status).toBe("published");
  });

  test("speed and brightness of a varying film are kept: no frame is doubled, and it lasts as long", async () => {
    const clip = await makeClip("v.mp4", { seconds: 3, rate: 30, sound: false, more: ["-vf", "select='not(mod(n,5))+lt(n,30)'", "-vsync", "vfr"] });
    await writeFile(join(dir, "v.mp4"), clip);
    const frames = async (path: string) => Number((await inspectVideo(path) as { streams: { nb_frames?: string }[] }).streams[0]!.nb_frames);
    const before = await frames(join(dir, "v.mp4"));
    const { row } = await publish(clip);
    const made = await stored(row, "video.mp4");
    expect(await frames(join(dir, "video.mp4"))).toBe(before);
    expect(Number(made.format.duration)).toBeCloseTo(3, 0);
  });

  test("a photo and a video make a carousel", async () => {
    const viewer = await makeUser();
    const photo = await bring(front.origin, viewer, await sharp({ create: { width: 400, height: 300, channels: 3, background: "red" } }).jpeg().toBuffer(), "image/jpeg");
    const video = await bring(front.origin, viewer, await makeClip("x.mp4", { seconds: 1 }), "video/mp4");
    const { id } = await createPost(viewer, { ...NEW, media: [{ id: photo, alt: "" }, { id: video, alt: "" }] }, null);
    await drainJobs(jobs.filter((job) => job !== processVideo));
    // The photo has not waited; the post does.
    expect(await getVisiblePost(viewer, id)).toMatchObject({ status: "processing", media: [{ state: "ready" }, { state: "processing" }] });
    await drainJobs(jobs);
    expect(await getVisiblePost(viewer, id)).toMatchObject({ status: "published", content_type: "carousel" });
  });

  test("run twice, and cut off in the middle, it ends the same", async () => {
    const viewer = await makeUser();
    const id = await bring(front.origin, viewer, await makeClip("x.mp4", { size: "1280x720", seconds: 4, rate: 30 }), "video/mp4");
    const { id: postId } = await createPost(viewer, { ...NEW, media: [{ id, alt: "" }] }, null);
    const cut = new AbortController();
    setTimeout(() => cut.abort(), 700);
    await expect(processVideo.handler({ mediaId: id }, { id: "1", attempt: 1, signal: cut.signal })).rejects.toThrow("was ended");
    expect((await mediaRow(id)).state).toBe("processing");
    await drainJobs(jobs);
    expect(await getVisiblePost(viewer, postId)).toMatchObject({ status: "published" });
    const before = await mediaRow(id);
    await processVideo.handler({ mediaId: id }, { id: "1", attempt: 2, signal: new AbortController().signal });
    expect(await mediaRow(id)).toEqual(before);
  });

  test("what is deleted leaves nothing behind", async () => {
    const { id, row, postId } = await publish(await makeClip("x.mp4", { seconds: 1 }));
    await db().execute(sql`delete from posts where id = ${postId}::bigint`);
    await db().execute(sql`update media set created_at = now() - interval '2 days' where id = ${id}::bigint`);
    await sweepUploads();
    const left: string[] = [];
    for await (const object of storage().list(`media/${id}/`)) left.push(object.key);
    expect(left).toEqual([]);
    expect(await storage().head(row.original_key)).toBeNull();
  });
});

describe.skipIf(!hasFfmpeg())("files that are refused", () => {
  const refused = async (bytes: Buffer, type = "video/mp4") => {
    const viewer = await makeUser();
    return bring(front.origin, viewer, bytes, type).then(() => "taken", (error: { code?: string; message: string }) => `${error.code}: ${error.message}`);
  };

  test("cut off in the middle, at every tenth of its length", async () => {
    const clip = await makeClip("x.mp4", { seconds: 10, rate: 5, more: ["-movflags", "+faststart"] });
    for (let tenth = 0; tenth < 10; tenth++) {
      expect(await refused(clip.subarray(0, Math.max(100, Math.floor((clip.length * tenth) / 10))))).toBe("invalid: The video is damaged or incomplete. Try another copy of it.");
    }
  });

  test("a Matroska file cut off in the middle shows it only when it is read, and is refused then", async () => {
    const clip = await makeClip("x.mkv", { seconds: 10, rate: 5 });
    const viewer = await makeUser();
    const id = await bring(front.origin, viewer, clip.subarray(0, clip.length / 2), "video/x-matroska");
    const { id: postId } = await createPost(viewer, { ...NEW, media: [{ id, alt: "" }] }, null);
    await drainJobs(jobs);
    expect(await mediaRow(id)).toMatchObject({ state: "failed", problem: "video_damaged" });
    expect(await getVisiblePost(viewer, postId)).toMatchObject({ status: "failed", problem: "The video is damaged or incomplete. Try another copy of it." });
  });

  test("a playlist of files and addresses, whatever it is called, gets nothing", async () => {
    const asked: string[] = [];
    const trap = createServer((req, res) => (asked.push(req.url!), res.end("x")));
    await new Promise<void>((done) => trap.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(trap.address() as { port: number }).port}/leak`;
    const list = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXTINF:1,\n${url}\n#EXT-X-ENDLIST\n`;
    const concat = `ffconcat version 1.0\nfile /etc/passwd\nfile ${url}\n`;
    const box = (name: string, body: Buffer) => {
      const head = Buffer.alloc(8, name.padStart(8));
      head.writeUInt32BE(8 + body.length);
      return Buffer.concat([head, body]);
    };
    const dressed = Buffer.concat([box("ftyp", Buffer.from("isom\0\0\0\0isom")), box("moov", Buffer.from(list)), Buffer.from(list)]);
    const webm = Buffer.concat([Buffer.from("\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "latin1"), Buffer.from(list)]);
    for (const bytes of [Buffer.from(list), Buffer.from(concat), Buffer.from(`<MPD><BaseURL>${url}</BaseURL></MPD>`), dressed, webm]) {
      expect(await refused(bytes)).toMatch(/^(unsupported_type|invalid)/);
    }
    expect(asked).toEqual([]);
    trap.close();
  });

  test("a film whose pictures lie in another file is not followed there", async () => {
    const clip = await makeClip("x.mov", { seconds: 1 });
    // The data reference "this file" becomes an alias to a path.
    const at = clip.indexOf("url ");
    const named = Buffer.from(clip);
    if (at > 0) named.writeUInt32BE(0, at + 4);
    const viewer = await makeUser();
    const id = await bring(front.origin, viewer, named, "video/quicktime").catch(() => null);
    if (id !== null) expect((await mediaRow(id)).state).toBe("uploaded");
  });

  test.each([
    ["nothing but a name", () => Promise.resolve(Buffer.from("not a video at all, but long enough to look at")), /unsupported_type/],
    ["a sound", () => makeVideo("x.mp4", ["-f", "lavfi", "-i", "sine=duration=1"]), /invalid: The video is damaged/],
    ["another codec", () => makeClip("x.mp4", { seconds: 1, codec: ["-c:v", "mpeg4"] }), /unsupported_type: This video is of a kind/],
    ["an AVI", () => makeVideo("x.avi", ["-f", "lavfi", "-i", "testsrc=size=64x64:duration=1"]), /unsupported_type/],
    ["too long", () => makeVideo("x.mp4", ["-f", "lavfi", "-i", "color=size=16x16:rate=1:duration=960", "-c:v", "libx264", "-preset", "ultrafast", "-g", "500"]), /invalid: The video is longer than 15 minutes/],
  ])("%s", async (_name, make, words) => {
    expect(await refused(await make())).toMatch(words);
  });

  test("nothing of length nought, and nothing that says it is a video and is a photo, is taken for one", async () => {
    await expect(refused(Buffer.alloc(0))).resolves.toMatch(/invalid/);
    const viewer = await makeUser();
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "red" } }).jpeg().toBuffer();
    const id = await bring(front.origin, viewer, photo, "video/mp4");
    expect(await mediaRow(id)).toMatchObject({ kind: "image", content_type: "image/jpeg" });
  });
});
