import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { failedLately, has, isDebian, unpackDebianPackage } from "./debian-package.mjs";

/**
 * Finds ffmpeg and ffprobe, else fetches the distribution's into `<data>/ffmpeg` (about 80 packages of libraries, half a
 * minute). Null where none can be had: the application then takes photos only. `FFMPEG_PATH` and `FFPROBE_PATH` win.
 * @param {string} data the data folder @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ffmpeg: string, ffprobe: string, fetched: boolean} | null>}
 */
export async function ensureFfmpeg(data, env = process.env) {
  const given = { ffmpeg: env.FFMPEG_PATH || "ffmpeg", ffprobe: env.FFPROBE_PATH || besides(env.FFMPEG_PATH) };
  if (env.FFMPEG_PATH || (has("ffmpeg") && has("ffprobe"))) return { ...given, fetched: false };
  const into = path.join(data, "ffmpeg");
  const found = { ffmpeg: path.join(into, "ffmpeg"), ffprobe: path.join(into, "ffprobe") };
  if (works(found)) return { ...found, fetched: false };
  const failed = `${into}.failed`;
  if (!isDebian() || failedLately(failed)) return null;
  if (await unpack(into, found)) return { ...found, fetched: true };
  fs.writeFileSync(failed, "");
  return null;
}

const besides = (ffmpeg) => (ffmpeg ? path.join(path.dirname(ffmpeg), path.basename(ffmpeg).replace("ffmpeg", "ffprobe")) : "ffprobe");

/** Unpacks and writes the two programs by which everybody calls it: only they see the unpacked libraries. */
async function unpack(into, found) {
  const place = path.join(into, "unpacked");
  // Another run may be doing the same: the first that is done wins.
  const own = `${place}-${process.pid}`;
  if (!(await unpackDebianPackage("ffmpeg", own))) return false;
  try {
    fs.renameSync(own, place);
  } catch {
    fs.rmSync(own, { recursive: true, force: true });
  }
  const env = await unpackDebianPackage("ffmpeg", place);
  for (const [name, file] of Object.entries(found)) {
    const script = `#!/bin/sh\nLD_LIBRARY_PATH=${quote(env.LD_LIBRARY_PATH)} exec ${quote(path.join(place, "usr/bin", name))} "$@"\n`;
    fs.writeFileSync(`${file}.${process.pid}`, script, { mode: 0o755 });
    fs.renameSync(`${file}.${process.pid}`, file);
  }
  return works(found);
}

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

const works = (programs) => Object.values(programs).every((file) => fs.existsSync(file) && spawnSync(file, ["-version"], { stdio: "ignore" }).status === 0);
