// Files that are large, strange or meant to do harm: shown right, or refused with a reason, within bounds.
import { createServer, type Server } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { MediaProblem } from "@/lib/media/problems";
import { makeOf, removeMakings } from "@/lib/testing/making";
import { hasFfmpeg, inspectVideo, makeClip, makeVideo } from "@/lib/testing/videos";

afterEach(removeMakings);

/** What was made, or why it was not; anything else would be the app's trouble and fails the test. */
const outcome = (bytes: Buffer) => makeOf(bytes).catch((error: unknown) => {
  if (error instanceof MediaProblem) return error.code;
  throw error;
});

describe.skipIf(!hasFfmpeg())("four thousand pixels wide", { timeout: 180_000 }, () => {
  test.each([
    ["H.264", "x.mp4", 24, ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]],
    ["HEVC with 10 bits", "x.mp4", 24, ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none", "-tag:v", "hvc1"]],
    ["VP9", "x.webm", 10, ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1", "-b:v", "8M", "-c:a", "libopus"]],
    ["AV1", "x.mp4", 10, ["-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p"]],
  ])("%s", async (name, file, rate, codec) => {
    const clip = await makeClip(file, { size: "3840x2160", seconds: 1, rate, codec }).catch(() => null);
    if (!clip) return void process.stdout.write(`This ffmpeg makes no ${name}.\n`);
    const began = Date.now();
    const { made, dir, megabytes } = await makeOf(clip);
    process.stdout.write(`Peak memory of ffmpeg over ${name} of 3840x2160: ${megabytes} MB; ${((Date.now() - began) / 1000).toFixed(1)} s for ${made.duration} s.\n`);
    expect(made).toMatchObject({ width: 3840, height: 2160, hasAudio: true });
    expect(made.files.renditions.map((one) => [one.width, one.height]).at(-1)).toEqual([1920, 1080]);
    expect(made.duration).toBeCloseTo(1, 0);
    expect((await inspectVideo(join(dir, "1080.mp4"))).streams[0]).toMatchObject({ codec_name: "h264", width: 1920, height: 1080 });
    expect(megabytes).toBeGreaterThan(50);
    expect(megabytes).toBeLessThan(2_500);
  });
});

/** Puts bytes into a box, whose ancestors grow with it. */
function insert(film: Buffer, at: number, added: Buffer, ancestors: string[]): Buffer {
  const grown = Buffer.concat([film.subarray(0, at), added, film.subarray(at)]);
  for (const name of ancestors) {
    const place = film.lastIndexOf(name, at - 1) - 4;
    grown.writeUInt32BE(film.readUInt32BE(place) + added.length, place);
  }
  return grown;
}

/** Where a film's pictures lie, by its own words: elsewhere. */
function pointingTo(film: Buffer, kind: "url " | "alis", target: string): Buffer {
  const entry = film.indexOf("dref") + 12;
  const changed = Buffer.from(film);
  changed.write(kind, entry + 4, "latin1");
  changed.writeUInt32BE(0, entry + 8);
  return insert(changed, entry + 12, Buffer.from(`${target}\0`), [kind, "dref", "dinf", "minf", "mdia", "trak", "moov"]);
}

/** Rewrites the length that a header states, in its own units. */
function withLength(film: Buffer, box: "mvhd" | "mdhd" | "tkhd", length: number): Buffer {
  const changed = Buffer.from(film);
  for (let at = changed.indexOf(box); at >= 0; at = changed.indexOf(box, at + 4)) changed.writeUInt32BE(length, at + (box === "tkhd" ? 24 : 20));
  return changed;
}

describe.skipIf(!hasFfmpeg())("files that mean harm", { timeout: 120_000 }, () => {
  let trap: Server;
  let connections = 0;
  beforeAll(async () => {
    trap = createServer((_, res) => res.end("x")).on("connection", () => (connections += 1));
    await new Promise<void>((done) => trap.listen(0, "127.0.0.1", done));
  });
  afterAll(() => trap.close());
  const address = () => `http://127.0.0.1:${(trap.address() as { port: number }).port}/leak.mp4`;

  test("pictures that are said to lie elsewhere are not fetched from there", async () => {
    const film = await makeClip("x.mov", { seconds: 1, sound: false });
    for (const kind of ["url ", "alis"] as const) {
      for (const target of [address(), "file:///etc/passwd", "/etc/passwd", "../../../../etc/passwd"]) {
        const result = await outcome(pointingTo(film, kind, target));
        // Shown means shown from its own bytes: nothing else was there to show.
        if (typeof result === "string") expect(result).toBe("video_damaged");
        else expect(result.made).toMatchObject({ width: 320, height: 180 });
      }
    }
    expect(connections).toBe(0);
  });

  test("lists of other files are no videos, whatever they are called, nor inside one", async () => {
    const lists = [`#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXTINF:1,\n${address()}\n#EXT-X-ENDLIST\n`, `ffconcat version 1.0\nfile /etc/passwd\nfile ${address()}\n`, `<?xml version="1.0"?><MPD><BaseURL>${address()}</BaseURL></MPD>`, `v=0\nc=IN IP4 127.0.0.1\nm=video ${address()} RTP/AVP 96\n`];
    for (const list of lists) {
      expect(await outcome(Buffer.from(list.padEnd(600)))).toBe("video_type");
      expect(await outcome(Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp42", "latin1"), Buffer.from(list.padEnd(600))]))).toBe("video_damaged");
    }
    expect(connections).toBe(0);
  });

  test("what is attached to a Matroska file stays out", async () => {
    const film = await makeVideo("x.mkv", ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=1", "-attach", import.meta.filename, "-metadata:s:t", "mimetype=text/html", "-c:v", "libx264", "-pix_fmt", "yuv420p"]);
    expect(film.includes("what is attached to a Matroska file")).toBe(true);
    const result = await outcome(film);
    if (typeof result === "string") throw new Error(result);
    for (const name of (await readdir(result.dir)).filter((one) => one !== "original")) expect([name, (await readFile(join(result.dir, name))).includes("what is attached")]).toEqual([name, false]);
  });

  test("a Matroska file cut at every tenth", async () => {
    const film = await makeClip("x.mkv", { size: "64x36", seconds: 20, rate: 5 });
    for (let tenth = 0; tenth < 10; tenth++) expect(await outcome(film.subarray(0, Math.max(16, Math.floor((film.length * tenth) / 10))))).toMatch(/^video_(damaged|type)$/);
  });

  test("a thousand frames a second are thinned", async () => {
    const result = await outcome(await makeClip("x.mp4", { size: "64x36", seconds: 2, rate: 1_000 }));
    if (typeof result === "string") throw new Error(result);
    expect(result.made.duration).toBeCloseTo(2, 0);
    const { streams } = await inspectVideo(join(result.dir, "video.mp4")) as { streams: { nb_frames?: string }[] };
    expect(Number(streams[0]!.nb_frames)).toBeGreaterThan(100);
    expect(Number(streams[0]!.nb_frames)).toBeLessThan(130);
  });

  test("a picture of 16,384 pixels a side is refused before anything is decoded", async () => {
    expect(await outcome(await makeVideo("x.webm", ["-f", "lavfi", "-i", "color=size=16384x16:rate=2:duration=1", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"]))).toBe("video_too_large");
  });

  test("headers that lie about the length make nothing longer, and nothing hangs", async () => {
    const film = await makeClip("x.mp4", { seconds: 2, rate: 5 });
    const lies: [string, Buffer][] = [
      ["nought everywhere", withLength(withLength(withLength(film, "mvhd", 0), "tkhd", 0), "mdhd", 0)],
      ["ten hours", withLength(film, "mvhd", 36_000_000)],
      ["ten hours everywhere", withLength(withLength(withLength(film, "mvhd", 36_000_000), "tkhd", 36_000_000), "mdhd", 36_000_000)],
      ["half a second", withLength(withLength(film, "mvhd", 500), "tkhd", 500)],
      ["the largest number", withLength(film, "mvhd", 0xffffffff)],
    ];
    const long = await makeVideo("x.mp4", ["-f", "lavfi", "-i", "color=size=16x16:rate=1:duration=960", "-c:v", "libx264", "-preset", "ultrafast", "-g", "500"]);
    lies.push(["quarter of an hour, and a minute more", withLength(withLength(withLength(long, "mvhd", 800_000), "tkhd", 800_000), "mdhd", 800_000)]);
    for (const [name, bytes] of lies) {
      const result = await outcome(bytes);
      if (typeof result === "string") expect([name, result]).toEqual([name, expect.stringMatching(/^video_(damaged|too_long|too_short)$/)]);
      else expect([name, result.made.duration <= 902]).toEqual([name, true]);
    }
  });

  test("of many streams, one of pictures and one of sound are taken", async () => {
    const maps = Array.from({ length: 30 }, () => ["-map", "0:v", "-map", "1:a"]).flat();
    const film = await makeVideo("x.mkv", ["-f", "lavfi", "-i", "testsrc=size=64x36:rate=5:duration=1", "-f", "lavfi", "-i", "sine=duration=1", ...maps, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]);
    const result = await outcome(film);
    if (typeof result === "string") throw new Error(result);
    expect((await inspectVideo(join(result.dir, "video.mp4"))).streams.map(({ codec_type }) => codec_type)).toEqual(["video", "audio"]);
  });
});
