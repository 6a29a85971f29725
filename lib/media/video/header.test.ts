import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasFfmpeg, makeClip, makeVideo } from "@/lib/testing/videos";
import { VIDEO_CODECS } from "../limits";
import { readMatroskaHeader } from "./matroska-header";
import { readMovHeader } from "./mov-header";
import { judgeTracks, type PictureTrack } from "./picture-tracks";

/** As a browser gives the bytes of a file: no Buffer, each time others. */
const readerOf = (bytes: Uint8Array) => ({ size: bytes.length, read: async (offset: number, length: number) => Uint8Array.from(bytes.subarray(offset, offset + length)) });
const headerOf = (name: string, bytes: Uint8Array) => (/\.(mp4|mov)$/.test(name) ? readMovHeader : readMatroskaHeader)(readerOf(bytes));

const film = (name: string, codec: string[]) => makeClip(name, { size: "160x90", codec });
const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

describe.skipIf(!hasFfmpeg())("codec, size and length of a film from its index alone", { timeout: 60_000 }, () => {
  test.each([
    ["plain.mp4", H264, "h264"],
    ["quick.mp4", [...H264, "-movflags", "+faststart"], "h264"],
    ["plain.mov", H264, "h264"],
    ["hevc.mp4", ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-x265-params", "log-level=none"], "hevc"],
    ["nine.mp4", ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-c:a", "libopus"], "vp9"],
    ["plain.webm", ["-c:v", "libvpx", "-c:a", "libvorbis"], "vp8"],
    ["plain.mkv", H264, "h264"],
    ["cut.mov", ["-c:v", "prores", "-c:a", "aac"], "other"],
    ["old.mp4", ["-c:v", "mpeg4"], "other"],
    ["moving-jpeg.mov", ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"], "other"],
    ["moving-jpeg.mkv", ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"], "other"],
    ["broadcast.mkv", ["-c:v", "mpeg2video", "-r", "25"], "other"],
    // Named by another system of names within: ffmpeg's to tell.
    ["lossless.mkv", ["-c:v", "ffv1"], null],
  ])("%s", async (name, codec, expected) => {
    const header = await headerOf(name, await film(name, codec));
    expect(header!.tracks).toMatchObject([{ codec: expected, width: 160, height: 90 }]);
    expect(header!.seconds).toBeCloseTo(2, 0);
    expect(judgeTracks(header!.tracks, VIDEO_CODECS)).toBe(expected === "other" ? "video_codec" : null);
    if (/\.(mp4|mov)$/.test(name)) expect(header!.tracks![0]).toMatchObject({ isDefault: true, shown: { width: 160, height: 90 } });
  });

  test("in fragments, the length is unknown and the rest is not", async () => {
    const header = await headerOf("x.mp4", await film("fragments.mp4", [...H264, "-movflags", "+frag_keyframe+empty_moov"]));
    expect(header).toMatchObject({ seconds: null, tracks: [{ codec: "h264", width: 160, height: 90 }] });
  });

  test("sound alone has no pictures", async () => {
    for (const name of ["sound.mp4", "sound.mkv"]) {
      const bytes = await makeVideo(name, ["-f", "lavfi", "-i", "sine=duration=1"]);
      expect(judgeTracks((await headerOf(name, bytes))!.tracks, VIDEO_CODECS)).toBe("video_damaged");
    }
  });

  test("whatever is cut off or wrong, nothing is thrown and nothing whole is refused for its codec", async () => {
    for (const name of ["plain.mp4", "plain.mkv"]) {
      const bytes = await film(name, H264);
      const verdicts = [];
      for (let tenth = 0; tenth <= 10; tenth++) verdicts.push(judgeTracks((await headerOf(name, bytes.subarray(0, Math.floor((bytes.length * tenth) / 10))))?.tracks ?? null, VIDEO_CODECS));
      expect(verdicts).toEqual(Array.from({ length: 11 }, () => null));
      if (name === "plain.mp4") expect(await headerOf(name, bytes.subarray(0, bytes.length - 100))).toBeNull();
      await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 20 }), async (changes) => {
        const copy = Uint8Array.from(bytes);
        for (const [at, value] of changes) copy[at] = value;
        const header = await headerOf(name, copy);
        judgeTracks(header?.tracks ?? null, VIDEO_CODECS);
      }), { numRuns: 60 });
      await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (rest) => void (await headerOf(name, Uint8Array.from([...bytes.subarray(0, 48), ...rest])))), { numRuns: 200 });
    }
  });
});

test("which of the tracks counts, and what is too large", () => {
  const track = (change: Partial<PictureTrack> = {}): PictureTrack => ({ codec: "h264", isDefault: true, width: 1920, height: 1080, shown: null, ...change });
  const judge = (...tracks: PictureTrack[]) => judgeTracks(tracks, ["h264", "vp9"]);
  expect([judge(track()), judge(track({ codec: "other" })), judge(track({ codec: "hevc" })), judge(track({ codec: null })), judge(), judgeTracks(null, [])]).toEqual([null, "video_codec", "video_codec", null, "video_damaged", null]);
  expect(judge(track({ codec: "other" }), track({ isDefault: false }))).toBeNull();
  expect(judge(track({ codec: "hevc", isDefault: false }), track())).toBeNull();
  expect([judge(track({ width: 8_200, height: 400 })), judge(track({ width: 8_000, height: 8_000 })), judge(track({ width: 8_000, height: 5_000 })), judge(track({ shown: { width: 9_000, height: 1_080 } }))]).toEqual(["video_too_large", "video_too_large", null, "video_too_large"]);
});
