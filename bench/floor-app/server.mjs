// The floor: the same Next.js with a bare route handler and a bare page of twenty cards, in a production build of its own.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/lib/ports.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const next = path.resolve(here, "../../node_modules/next/dist/bin/next");

/** Whether there is a build that is newer than what it was made of. */
function isBuilt() {
  const made = fs.statSync(path.join(here, ".next/BUILD_ID"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = fs.readdirSync(here, { recursive: true, encoding: "utf8" }).filter((name) => !/^(?:\.next|node_modules)(?:\/|$)/.test(name));
  return sources.every((name) => fs.statSync(path.join(here, name)).isDirectory() || fs.statSync(path.join(here, name)).mtimeMs < made);
}

export async function floorServer() {
  if (!isBuilt()) {
    const built = spawnSync(process.execPath, [next, "build", here], { cwd: here, encoding: "utf8", env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } });
    if (built.status !== 0) throw new Error(`The floor could not be built: ${built.stdout}${built.stderr}`);
  }
  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", here, "-p", String(port), "-H", "127.0.0.1"], { cwd: here, stdio: "ignore", env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } });
  process.on("exit", () => child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 150; i++) {
    if (await fetch(`${url}/bare`).then((answer) => answer.ok, () => false)) return { url, stop: async () => void child.kill("SIGKILL") };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("The floor did not start.");
}
