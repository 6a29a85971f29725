#!/usr/bin/env node
// `npm run chaos [seconds]`: people post, like and follow while app, worker and Redis are killed; nothing may be lost.
import { bootstrap } from "./lib/bootstrap.mjs";
import { fail } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) {
    const { freshData, runAgainst, trialServer } = await import("./lib/trial-server.mjs");
    const server = await trialServer({ data: freshData("chaos"), env: { LOG_LEVEL: "error" } });
    const code = await runAgainst(server, "chaos", [server.url, ...process.argv.slice(2)]);
    await server.stop();
    process.exit(code);
  }
} catch (error) {
  fail(error);
}
