import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { failedLately, has, isDebian, unpackDebianPackage } from "./debian-package.mjs";
import { outside, servant } from "./places.mjs";

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
  if (works(found)) return { ...(await reached(into, found)), fetched: false };
  const failed = `${into}.failed`;
  if (!isDebian() || failedLately(failed)) return null;
  if (await unpack(into, found)) return { ...(await reached(into, found)), fetched: true };
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
  await writeScripts(place, found);
  return works(found);
}

async function writeScripts(place, programs) {
  const env = await unpackDebianPackage("ffmpeg", place);
  for (const [name, file] of Object.entries(programs)) {
    const script = `#!/bin/sh\nLD_LIBRARY_PATH=${quote(env.LD_LIBRARY_PATH)} exec ${quote(path.join(place, "usr/bin", name))} "$@"\n`;
    fs.writeFileSync(`${file}.${process.pid}`, script, { mode: 0o755 });
    fs.renameSync(`${file}.${process.pid}`, file);
  }
}

/**
 * Root's videos are made by a servant, who may not reach a data folder below, say, /root: then the programs move to where
 * everybody can, and links to them stay. Where that fails they stay as they are, and the application does without.
 */
async function reached(into, found) {
  const real = () => Object.fromEntries(Object.entries(found).map(([name, file]) => [name, fs.realpathSync(file)]));
  if (works(real(), servant)) return real();
  const place = path.join(outside(), `ffmpeg-${createHash("sha256").update(into).digest("hex").slice(0, 12)}`);
  const own = `${place}-${process.pid}`;
  const there = (folder) => Object.fromEntries(Object.keys(found).map((name) => [name, path.join(folder, name)]));
  fs.rmSync(own, { recursive: true, force: true });
  fs.cpSync(path.join(into, "unpacked"), path.join(own, "unpacked"), { recursive: true, verbatimSymlinks: true });
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(own, place);
  await writeScripts(path.join(place, "unpacked"), there(place));
  if (!works(there(place), servant)) return found;
  for (const [name, file] of Object.entries(found)) {
    fs.symlinkSync(path.join(place, name), `${file}.${process.pid}`);
    fs.renameSync(`${file}.${process.pid}`, file);
  }
  fs.rmSync(path.join(into, "unpacked"), { recursive: true, force: true });
  return real();
}

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

const works = (programs, as = {}) => Object.values(programs).every((file) => fs.existsSync(file) && spawnSync(file, ["-version"], { ...as, cwd: "/", stdio: "ignore" }).status === 0);
