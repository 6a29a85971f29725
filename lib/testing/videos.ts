import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";

const run = promisify(execFile);

/** Whether there is an ffmpeg to test with; the run says so where there is none. */
export const hasFfmpeg = () => inject("ffmpeg") !== null;

/** Runs the tests' ffmpeg, in a folder of its own when it makes a file; answers the file `name`. */
export async function makeVideo(name: string, args: readonly string[]): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-clip-"));
  try {
    await run(inject("ffmpeg")!.ffmpeg, ["-hide_banner", "-nostdin", "-y", "-v", "error", ...args, name], { cwd: dir });
    return await readFile(join(dir, name));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

type Clip = { size?: string; seconds?: number; rate?: number; sound?: boolean; codec?: string[]; more?: string[] };

/** A moving test picture with a tone, `size` as "320x180". */
export function makeClip(name: string, { size = "320x180", seconds = 2, rate = 10, sound = true, codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"], more = [] }: Clip = {}): Promise<Buffer> {
  const tone = sound ? ["-f", "lavfi", "-i", `sine=frequency=440:duration=${seconds}`] : [];
  return makeVideo(name, ["-f", "lavfi", "-i", `testsrc=size=${size}:rate=${rate}:duration=${seconds}`, ...tone, ...codec, ...more, "-shortest"]);
}

export type Probed = { streams: { codec_type: string; codec_name: string; width?: number; height?: number; duration?: string; tags?: Record<string, string> }[]; format: { duration?: string; tags?: Record<string, string> } };

/** What the tests' ffprobe says of a file. */
export async function inspectVideo(path: string): Promise<Probed> {
  const { stdout } = await run(inject("ffmpeg")!.ffprobe, ["-v", "error", "-of", "json", "-show_streams", "-show_format", path]);
  return JSON.parse(stdout) as Probed;
}
