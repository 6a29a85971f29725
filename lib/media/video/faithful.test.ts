// What is shown is what was filmed: pixels, times and sound of what is made, beside those of what came in.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp, { type Sharp } from "sharp";
import { afterEach, describe, expect, inject, test } from "vitest";
import { type Making, makeOf, removeMakings } from "@/lib/testing/making";
import { hasFfmpeg, makeClip, makeVideo } from "@/lib/testing/videos";

afterEach(removeMakings);

const run = promisify(execFile);
const ffmpeg = async (args: string[], cwd = "/") => run(inject("ffmpeg")!.ffmpeg, ["-hide_banner", "-nostdin", ...args], { cwd, encoding: "buffer", maxBuffer: 200_000_000 });
const probe = async (path: string, args: string[]) => (await run(inject("ffmpeg")!.ffprobe, ["-v", "error", ...args, "-of", "csv=p=0", path])).stdout.trim().split("\n");

/** Frames in RGB as ffmpeg shows them, at a size; `turn` false leaves them as they are stored. */
async function frame(path: string, at: number, { width, height }: { width: number; height: number }, turn = true): Promise<Buffer> {
  const { stdout } = await ffmpeg(["-v", "error", ...(turn ? [] : ["-noautorotate"]), "-i", path, "-vf", `select=eq(n\\,${at}),scale=${width}:${height}:flags=bicubic,format=rgb24`, "-frames:v", "1", "-f", "rawvideo", "-"]);
  expect(stdout.length).toBe(width * height * 3);
  return stdout;
}

/** Mean difference of two pictures, of 255. */
const difference = (a: Buffer, b: Buffer) => a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;

const largest = ({ made, dir }: Making) => ({ path: join(dir, `${made.files.renditions.at(-1)!.name}.mp4`), ...made.files.renditions.at(-1)! });

/** Gives the picture track of an MP4 another matrix (ISO/IEC 14496-12, 8.3.2): a, b, c, d and how far it is moved. */
function withMatrix(film: Buffer, [a, b, c, d, x, y]: number[]): Buffer {
  const at = film.indexOf("tkhd") + 44;
  [a!, b!, 0, c!, d!, 0, x!, y!].forEach((value, place) => film.writeInt32BE(value * 65_536, at + place * 4));
  film.writeInt32BE(1 << 30, at + 32);
  return film;
}

describe.skipIf(!hasFfmpeg())("pictures", { timeout: 60_000 }, () => {
  const size = { width: 320, height: 180 };
  const turned = { width: 180, height: 320 };
  test.each([
    ["as it is", [1, 0, 0, 1, 0, 0], size, (picture: Sharp) => picture],
    ["a quarter to the right", [0, 1, -1, 0, 180, 0], turned, (picture: Sharp) => picture.rotate(90)],
    ["upside down", [-1, 0, 0, -1, 320, 180], size, (picture: Sharp) => picture.rotate(180)],
    ["a quarter to the left", [0, -1, 1, 0, 0, 320], turned, (picture: Sharp) => picture.rotate(270)],
    ["mirrored, as a front camera films", [-1, 0, 0, 1, 320, 0], size, (picture: Sharp) => picture.flop()],
  ])("%s", async (_name, matrix, shown, turn) => {
    const film = withMatrix(await makeClip("x.mov", { seconds: 1, more: ["-map_metadata", "-1"] }), matrix as number[]);
    const making = await makeOf(film);
    expect(making.made).toMatchObject(shown);
    const top = largest(making);
    expect([top.width, top.height]).toEqual([shown.width, shown.height]);
    const stored = await frame(making.source, 5, size, false);
    const wanted = await turn(sharp(stored, { raw: { ...size, channels: 3 } })).raw().toBuffer();
    expect(difference(await frame(top.path, 5, shown), wanted)).toBeLessThan(4);
    // The poster is the first frame.
    const first = await turn(sharp(await frame(making.source, 0, size, false), { raw: { ...size, channels: 3 } })).raw().toBuffer();
    const poster = await sharp(join(making.dir, "poster.png")).resize(shown.width, shown.height, { fit: "fill" }).removeAlpha().raw().toBuffer();
    expect(difference(poster, first)).toBeLessThan(4);
  });

  test("pixels that are no squares, and sizes that are odd", async () => {
    const squeezed = await makeOf(await makeClip("x.mp4", { size: "180x180", seconds: 1, more: ["-vf", "setsar=16/9"] }));
    expect(squeezed.made).toMatchObject({ width: 320, height: 180 });
    expect(await probe(largest(squeezed).path, ["-select_streams", "v", "-show_entries", "stream=width,height,sample_aspect_ratio"])).toEqual(["320,180,1:1"]);
    expect(difference(await frame(largest(squeezed).path, 4, size), await frame(squeezed.source, 4, size))).toBeLessThan(4);
    const odd = await makeOf(await makeClip("x.mp4", { size: "321x181", seconds: 1, codec: ["-c:v", "libx264", "-pix_fmt", "yuv444p"] }));
    const { path, width, height } = largest(odd);
    expect([width, height]).toEqual([320, 180]);
    expect(difference(await frame(path, 4, size), await frame(odd.source, 4, size))).toBeLessThan(5);
  });

  const RED = [200, 60, 40];
  test.each([
    ["says BT.601", "320x180", "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", ["-colorspace", "smpte170m", "-color_range", "tv"]],
    ["says BT.709", "320x180", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", ["-colorspace", "bt709", "-color_range", "tv"]],
    ["is small and says nothing", "320x180", "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", []],
    ["is large and says nothing", "1280x720", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", []],
    ["uses the full range, as many phones do", "320x180", "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p", ["-colorspace", "smpte170m", "-color_range", "pc"]],
    ["is in red, green and blue", "320x180", "format=gbrp", []],
  ])("colours of a film that %s", async (_name, size, filter, tags) => {
    const making = await makeOf(await makeVideo("x.mp4", ["-f", "lavfi", "-i", `color=c=0xC83C28:size=${size}:rate=5:duration=1,format=rgb24`, "-vf", filter, "-c:v", filter.includes("gbrp") ? "libx264rgb" : "libx264", ...(filter.includes("gbrp") ? ["-pix_fmt", "rgb24"] : []), ...tags]));
    const mean = (pixels: Buffer) => [0, 1, 2].map((channel) => pixels.filter((_, at) => at % 3 === channel).reduce((sum, value) => sum + value, 0) / (pixels.length / 3));
    const preview = await sharp(join(making.dir, "preview.webp")).removeAlpha().raw().toBuffer();
    const poster = await sharp(join(making.dir, "poster.png")).removeAlpha().raw().toBuffer();
    for (const [what, pixels] of [["film", await frame(largest(making).path, 2, { width: 64, height: 36 })], ["poster", poster], ["preview", preview]] as const) {
      const off = mean(pixels).map((value, channel) => Math.abs(value - RED[channel]!));
      expect([what, mean(pixels).map(Math.round), Math.max(...off) <= 5]).toEqual([what, expect.anything(), true]);
    }
  });

  test("frames of a film whose rate varies come at their times", async () => {
    const making = await makeOf(await makeClip("x.mp4", { seconds: 3, rate: 30, sound: false, more: ["-vf", "select='not(mod(n,5))+lt(n,30)'", "-vsync", "vfr"] }));
    const times = async (path: string) => (await probe(path, ["-select_streams", "v", "-show_entries", "frame=best_effort_timestamp_time"])).filter((line) => /^\d/.test(line)).map(parseFloat);
    const [before, after] = [await times(making.source), await times(largest(making).path)];
    expect(after).toHaveLength(before.length);
    expect(Math.max(...before.map((time, at) => Math.abs(time - before[0]! - (after[at]! - after[0]!))))).toBeLessThan(0.002);
  });
});

describe.skipIf(!hasFfmpeg())("sound", { timeout: 60_000 }, () => {
  const picture = ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=4"];
  /** In dB below full. */
  const meanVolume = async (path: string) => Number(/mean_volume: (-?[\d.]+) dB/.exec((await ffmpeg(["-i", path, "-map", "0:a", "-af", "volumedetect", "-f", "null", "-"])).stderr.toString())?.[1]);
  const loudness = async (path: string) => Number([...(await ffmpeg(["-i", path, "-map", "0:a", "-af", "ebur128", "-f", "null", "-"])).stderr.toString().matchAll(/I:\s+(-?[\d.]+) LUFS/g)].at(-1)?.[1]);
  const noise = (seed: number) => `anoisesrc=amplitude=0.08:color=pink:seed=${seed}:duration=4`;
  const tone = (frequency: number) => `aevalsrc=0.1*sin(2*PI*${frequency}*t):s=48000:d=4`;

  test.each([["aac", "x.mp4"], ["pcm_s16le", "x.mov"]])("one channel and two are as loud as they were: %s", async (codec, name) => {
    for (const channels of ["1", "2"]) {
      const making = await makeOf(await makeVideo(name, [...picture, "-f", "lavfi", "-i", noise(1), "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", codec, "-ac", channels, "-shortest"]));
      expect(await probe(join(making.dir, "video.mp4"), ["-select_streams", "a", "-show_entries", "stream=channels"])).toEqual(["2"]);
      expect(Math.abs((await meanVolume(join(making.dir, "video.mp4"))) - (await meanVolume(making.source)))).toBeLessThan(0.5);
    }
  });

  test.each([["aac", "x.mp4"], ["pcm_s16le", "x.mov"], ["flac", "x.mkv"]])("six channels become two, the front ones as loud as they were: %s", async (codec, name) => {
    const silence = "anullsrc=channel_layout=mono:sample_rate=48000:duration=4";
    const join51 = "[1][2][3][4][5][6]join=inputs=6:channel_layout=5.1[a]";
    const sources = [tone(440), tone(550), tone(660), silence, silence, silence].flatMap((one) => ["-f", "lavfi", "-i", one]);
    const making = await makeOf(await makeVideo(name, [...picture, ...sources, "-filter_complex", join51, "-map", "0:v", "-map", "[a]", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", codec, "-shortest"]));
    expect(making.made.source.audioChannels).toBe(6);
    expect(Math.abs((await loudness(join(making.dir, "video.mp4"))) - (await loudness(making.source)))).toBeLessThan(0.5);
  });

  /** Seconds from the file's beginning at which it first flashes and first beeps. */
  async function events(path: string): Promise<{ flash: number; beep: number }> {
    const frames = (await ffmpeg(["-v", "error", "-i", path, "-vf", "fps=200:start_time=0,scale=2:2,format=gray", "-f", "rawvideo", "-"])).stdout;
    const samples = (await ffmpeg(["-v", "error", "-i", path, "-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", "48000", "-f", "s16le", "-"])).stdout;
    const flash = frames.findIndex((value) => value > 128) / 4 / 200;
    let beep = 0;
    while (beep < samples.length / 2 && Math.abs(samples.readInt16LE(beep * 2)) < 3_000) beep += 1;
    return { flash, beep: beep / 48_000 };
  }

  /** Flashes and beeps at the second second. */
  const clapper = (codec: string[], more: string[] = []) => makeVideo("x.mp4", [
    "-f", "lavfi", "-i", "color=black:size=160x90:rate=30:duration=4,drawbox=c=white:t=fill:enable='between(t,1.99,2.2)'", ...more,
    "-f", "lavfi", "-i", "aevalsrc=0.8*sin(2*PI*1000*t)*between(t\\,2\\,2.2):s=48000:d=4", "-c:v", "libx264", "-pix_fmt", "yuv420p", ...codec, "-c:a", "aac",
  ]);

  test("a flash and its beep stay together: from the start, with frames that wait for others, and cut by an edit list", async () => {
    const plain = await clapper(["-preset", "ultrafast"]);
    const reordered = await clapper(["-bf", "3", "-g", "250"]);
    const dir = (await makeOf(plain)).dir;
    await writeFile(join(dir, "whole.mp4"), reordered);
    // Begins between key frames: the edit list hides what has to be decoded before.
    await ffmpeg(["-v", "error", "-y", "-ss", "0.73", "-i", "whole.mp4", "-c", "copy", "cut.mp4"], dir);
    const cut = await readFile(join(dir, "cut.mp4"));
    expect(cut.includes("elst")).toBe(true);
    for (const [film, when] of [[plain, 2], [reordered, 2], [cut, 1.27]] as const) {
      const making = await makeOf(film);
      for (const path of [largest(making).path, join(making.dir, "video.mp4")]) {
        const { flash, beep } = await events(path);
        expect(Math.abs(flash - beep)).toBeLessThan(0.05);
        expect(Math.abs(flash - when)).toBeLessThan(0.05);
      }
    }
  });

  test("sound that begins later than its pictures does so afterwards, too", async () => {
    const making = await makeOf(await clapper(["-preset", "ultrafast"], ["-itsoffset", "0.6"]));
    const { flash, beep } = await events(join(making.dir, "video.mp4"));
    expect(Math.abs(beep - flash - 0.6)).toBeLessThan(0.05);
  });
});
