import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./bootstrap.mjs";
import { Trouble } from "./trouble.mjs";

export const isRoot = process.getuid?.() === 0;
/** Database and cache refuse to run as root or should not; as root they run as `nobody`. */
export const servant = isRoot ? { uid: 65534, gid: 65534 } : {};

/** The folder of everything that must be kept. @param {NodeJS.ProcessEnv} env */
export function dataDir(env = process.env) {
  return path.resolve(root, env.DATA_DIR || ".data");
}

/**
 * Where database and cache keep their files. Normally inside the data folder; as root in a clone that `nobody`
 * cannot reach (say, under /root) a folder of its own below /var/lib/heliograph, named by the id of this data folder,
 * so that two clones never share one.
 * @param {string} data @param {string} id
 */
export function serviceDir(data, id) {
  if (!isRoot || reachable(data)) return data;
  const place = path.join(outside(), id);
  fs.mkdirSync(place, { recursive: true, mode: 0o755 });
  fs.writeFileSync(path.join(place, "belongs-to"), `${data}\n`);
  return place;
}

/** A folder that every user can reach, for root's servants. */
export function outside() {
  for (const place of ["/var/lib/heliograph", path.join(os.tmpdir(), "heliograph")]) {
    try {
      fs.mkdirSync(place, { recursive: true, mode: 0o755 });
      if (reachable(place)) return place;
    } catch {} // the next one may be writable
  }
  throw new Trouble("No folder was found that an unprivileged user can reach. Start as an ordinary user instead of root.");
}

/** Whether `nobody` can enter the folder. @param {string} folder */
function reachable(folder) {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...servant, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Makes the data folder; says so when there is hardly any room. @param {string} data */
export function prepareDataDir(data) {
  fs.mkdirSync(data, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  const disk = fs.statfsSync(data);
  const free = (disk.bavail * disk.bsize) / 1e6;
  if (free < 300) throw new Trouble(`Only ${Math.floor(free)} MB are free where the data lies (${data}); Heliograph needs at least 300 MB. Free some space or set DATA_DIR to another disk.`);
}
