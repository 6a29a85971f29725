import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root } from "./bootstrap.mjs";
import { bundle, programs } from "./bundle.mjs";
import { compressStatic } from "./compress-static.mjs";
import { run } from "./debian-package.mjs";
import { Trouble } from "./trouble.mjs";

const FOLDERS = ["app", "components", "db", "lib", "public", "scripts"];
const FILES = ["next.config.ts", "postcss.config.mjs", "tsconfig.json", "package-lock.json", "instrumentation.ts"];
const STAMP = path.join(root, ".next/heliograph.json");

/** Whether the build belongs to the sources as they are. */
export function buildIsCurrent() {
  const stamp = readStamp();
  return Boolean(stamp) && stamp.sources === hashSources() && fs.existsSync(path.join(root, ".next/BUILD_ID")) && fs.existsSync(path.join(root, "dist/serve.mjs"));
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(STAMP, "utf8"));
  } catch {
    return null;
  }
}

/** Builds pages and programs for production. */
export async function build() {
  const sources = hashSources();
  fs.rmSync(STAMP, { force: true });
  await bundle(programs());
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const { code, output } = await run(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], { cwd: root, env });
  if (code !== 0) throw new Trouble(whyBuildFailed(output));
  // It would read everybody's photos below .data/ into memory: the build of a server that has run for a while would fail.
  if (/tracing of the whole project/.test(output)) throw new Trouble(`The app's code reads files that can't be told beforehand:\n${output.slice(output.indexOf("Turbopack build encountered"))}`);
  await compressStatic(path.join(root, ".next/static"));
  fs.writeFileSync(STAMP, JSON.stringify({ sources }));
  return output;
}

function whyBuildFailed(output) {
  if (/ENOSPC|No space left/i.test(output)) return "The app could not be built because the disk is full. Free about 500 MB and start again.";
  if (/heap out of memory|SIGKILL/.test(output)) return "The app could not be built because there was not enough memory; about 2 GB are needed.";
  return `The app could not be built:\n${output.trim().split("\n").slice(-40).join("\n")}`;
}

function hashSources() {
  const hash = createHash("sha256").update(process.version);
  for (const folder of FOLDERS) for (const file of filesBelow(path.join(root, folder))) addFile(hash, file);
  for (const file of FILES) addFile(hash, path.join(root, file));
  return hash.digest("hex");
}

function addFile(hash, file) {
  if (fs.existsSync(file)) hash.update(path.relative(root, file)).update(fs.readFileSync(file));
}

function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
