#!/usr/bin/env node
// `npm run bench [sections…]`: a Heliograph of its own with a generated world, measured against floors of the same run.
import path from "node:path";
import { bootstrap, root } from "./lib/bootstrap.mjs";
import { fail } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) {
    const { runAgainst, trialServer } = await import("./lib/trial-server.mjs");
    const { floorServer } = await import("../bench/floor-app/server.mjs");
    // Kept between runs: the world is generated once.
    const server = await trialServer({ data: path.join(root, ".data/bench"), env: { LOG_LEVEL: "error" } });
    const floor = await floorServer();
    const code = await runAgainst(server, "bench", process.argv.slice(2), { FLOOR_URL: floor.url });
    await Promise.all([server.stop(), floor.stop()]);
    process.exit(code);
  }
} catch (error) {
  fail(error);
}
