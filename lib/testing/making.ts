import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VideoEdit } from "@/db/schema/media-edit";
import { type MadeVideo, makeVideo } from "@/lib/media/video/make";
import { residentMegabytes } from "./peak-memory";

/** What came of a file: `megabytes` is the most that ffmpeg took. */
export type Making = { made: MadeVideo; dir: string; source: string; megabytes: number };

const folders: string[] = [];

/** Has everything made of a video, as the job does, without a database. Throws what `makeVideo` throws. */
export async function makeOf(bytes: Buffer, edit: VideoEdit | null = null): Promise<Making> {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-making-"));
  folders.push(dir);
  const source = join(dir, "original");
  await writeFile(source, bytes);
  let megabytes = 0;
  const watch = setInterval(() => void programsIn(dir).then((pids) => (megabytes = Math.max(megabytes, ...pids.map(residentMegabytes)))), 40);
  try {
    const made = await makeVideo({ path: source, dir, edit, signal: AbortSignal.timeout(300_000), onProgress: () => {} });
    return { made, dir, source, megabytes };
  } finally {
    clearInterval(watch);
  }
}

async function programsIn(dir: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const inside = await Promise.all(pids.map(async (pid) => (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === dir && (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")).startsWith("ffmpeg")));
  return pids.filter((_, at) => inside[at]).map(Number);
}

export async function removeMakings(): Promise<void> {
  for (const dir of folders.splice(0)) await rm(dir, { recursive: true, force: true });
}
