import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { env } from "@/lib/platform/env";
import { VIDEO_CODECS, type VideoCodec } from "../limits";
import { servant } from "../servant";

/** Where ffmpeg lies, and what this one can do. */
export type Ffmpeg = { ffmpeg: string; ffprobe: string; version: string; decoders: ReadonlySet<string>; encoders: ReadonlySet<string>; filters: ReadonlySet<string> };

const run = promisify(execFile);
/** It may be on its way (`npm start` fetches it in the background), so a machine without is asked again after this. */
const ASK_AGAIN_MS = 5_000;

// One for the process, also when a bundler loads this module twice.
type Known = { found: Promise<Ffmpeg | null>; at: number };
const holder = globalThis as typeof globalThis & { heliographFfmpeg?: Known };

/** The machine's ffmpeg: `FFMPEG_PATH`, else on the PATH, else the one fetched into the data folder; `null` where there is none. */
export async function findFfmpeg(): Promise<Ffmpeg | null> {
  const known = holder.heliographFfmpeg;
  if (known && ((await known.found) || Date.now() - known.at < ASK_AGAIN_MS)) return known.found;
  const found = look();
  holder.heliographFfmpeg = { found, at: Date.now() };
  return found;
}

/** Libraries that decode what ffmpeg itself does not. */
const SUBSTITUTES: Record<string, string[]> = { av1: ["libdav1d", "libaom"], vp8: ["libvpx"], vp9: ["libvpx"] };

export const canDecode = ({ decoders }: Ffmpeg, codec: string): boolean => [codec, ...(SUBSTITUTES[codec] ?? [])].some((name) => decoders.has(name));

/** Whether videos can be posted here just now. */
export async function canTakeVideos(): Promise<boolean> {
  return (await findFfmpeg()) !== null;
}

/** What videos can be posted here just now, by their codecs; null when none can. */
export async function decodableVideos(): Promise<VideoCodec[] | null> {
  const tools = await findFfmpeg();
  return tools && VIDEO_CODECS.filter((codec) => canDecode(tools, codec));
}

async function look(): Promise<Ffmpeg | null> {
  const { FFMPEG_PATH, FFPROBE_PATH, DATA_DIR } = env();
  const fetched = resolve(/* turbopackIgnore: true */ DATA_DIR, "ffmpeg");
  const places = FFMPEG_PATH
    ? [{ ffmpeg: FFMPEG_PATH, ffprobe: FFPROBE_PATH ?? FFMPEG_PATH.replace(/ffmpeg(?=[^/]*$)/, "ffprobe") }]
    : [{ ffmpeg: "ffmpeg", ffprobe: FFPROBE_PATH ?? "ffprobe" }, { ffmpeg: await real(join(fetched, "ffmpeg")), ffprobe: await real(join(fetched, "ffprobe")) }];
  for (const place of places) {
    const able = await ask(place).catch(() => null);
    if (able?.encoders.has("libx264") && able.encoders.has("aac")) return able;
  }
  return null;
}

/** Where a link leads: those who run it may not be able to reach the link. */
const real = (path: string) => realpath(/* turbopackIgnore: true */ path).catch(() => path);

/** By whoever runs it later. */
async function ask(place: { ffmpeg: string; ffprobe: string }): Promise<Ffmpeg> {
  const say = async (program: string, what: string) => (await run(program, ["-hide_banner", `-${what}`], { timeout: 10_000, maxBuffer: 4_000_000, cwd: "/", ...servant(), env: { NODE_ENV: env().NODE_ENV, PATH: env().PATH } })).stdout;
  const [version, decoders, encoders, filters] = await Promise.all(["version", "decoders", "encoders", "filters"].map((what) => say(place.ffmpeg, what)));
  await say(place.ffprobe, "version");
  return { ...place, version: /version (\S+)/.exec(version!)?.[1] ?? "unknown", decoders: namesIn(decoders!), encoders: namesIn(encoders!), filters: namesIn(filters!) };
}

/** Tables of ffmpeg: flags, then a name. */
const namesIn = (table: string) => new Set([...table.matchAll(/^ [A-Z.|]{3,8} +([a-z0-9_]+) /gm)].map((match) => match[1]!));

/** `-vsync` has another name since 5.1, and the old one goes. */
export function timingOption({ version }: Pick<Ffmpeg, "version">): string {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  return major === 0 || major > 5 || (major === 5 && minor >= 1) ? "-fps_mode" : "-vsync";
}
