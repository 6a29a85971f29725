#!/usr/bin/env node
// `npm run bench -- [--world 10k|100k|1m] [--remake] [--seconds n] [--statements n] [sections…]`: a Heliograph of its own with a generated world, measured against floors of the
// same run. `--make-only` ends when the world is there; `--growth` only prints how each figure grew from world to world.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { bootstrap, root } from "./lib/bootstrap.mjs";
import { fail, Trouble } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) process.exit(await run());
} catch (error) {
  fail(error);
}

async function run() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { world: { type: "string", default: "10k" }, remake: { type: "boolean" }, growth: { type: "boolean" }, "make-only": { type: "boolean" }, seconds: { type: "string", default: "4" }, statements: { type: "string", default: "0" } } });
  const sizes = JSON.parse(fs.readFileSync(path.join(root, "bench/world/sizes.json"), "utf8"));
  const size = sizes[values.world];
  if (!size) throw new Trouble(`There is no world "${values.world}". Choose one of ${Object.keys(sizes).join(", ")}.`);
  const { dataDir } = await import("./lib/places.mjs");
  const folder = path.join(dataDir(), "bench");
  if (values.growth) return printGrowth(folder);
  const { ensureWorld, superuser } = await import("./lib/bench-world.mjs");
  const data = path.join(folder, values.world);
  await ensureWorld(data, values.world, values.remake);
  if (values["make-only"]) return 0;
  const { runAgainst, trialServer } = await import("./lib/trial-server.mjs");
  const { floorServer } = await import("../bench/floor-app/server.mjs");
  const server = await trialServer({ data, env: { LOG_LEVEL: "error", FEED_PULL_THRESHOLD: String(size.pullThreshold) } });
  process.env.FLOOR_MARKUP = path.join(folder, "markup.json");
  const floor = await floorServer();
  const code = await runAgainst(server, "bench", positionals, { FLOOR_URL: floor.url, FLOOR_MARKUP: process.env.FLOOR_MARKUP, DATABASE_URL: superuser(server.env.DATABASE_URL), APP_DATABASE_URL: server.env.DATABASE_URL, BENCH_WORLD: values.world, BENCH_SECONDS: values.seconds, BENCH_STATEMENTS: values.statements, BENCH_RESULTS: folder, TRIAL_PID: String(server.pid) });
  await Promise.all([server.stop(), floor.stop()]);
  return code;
}

async function printGrowth(folder) {
  const { bundle } = await import("./lib/bundle.mjs");
  await bundle(["bench-growth"]);
  return spawnSync(process.execPath, [path.join(root, "dist/bench-growth.mjs"), folder], { stdio: "inherit" }).status ?? 1;
}
