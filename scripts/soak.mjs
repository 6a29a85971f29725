#!/usr/bin/env node
// `npm run soak -- screens`: very many pages are open at two servers while parts fail; each must know of everything in the end.
// `npm run soak -- [minutes]`: people read and write at two app servers while Redis, Postgres, its replica and a server fail; no feed may be wrong, nothing lost.
import { bootstrap } from "./lib/bootstrap.mjs";
import { fail } from "./lib/trouble.mjs";

try {
  if (await bootstrap()) {
    const { freshData, runAgainst, trialServer } = await import("./lib/trial-server.mjs");
    const { prepareDataDir } = await import("./lib/places.mjs");
    const { lastingPort } = await import("./lib/ports.mjs");
    const { secretsOf } = await import("./lib/secrets.mjs");
    const data = freshData("soak");
    prepareDataDir(data);
    // The replica is a copy of the primary and comes up after it, with the same password.
    const replica = `postgres://heliograph:${secretsOf(data).postgres}@127.0.0.1:${await lastingPort()}/heliograph`;
    const server = await trialServer({ data, env: { LOG_LEVEL: "error", DATABASE_REPLICA_URL: replica } });
    const code = await runAgainst(server, "soak", process.argv.slice(2), { APP_DATABASE_URL: server.env.DATABASE_URL });
    await server.stop();
    process.exit(code);
  }
} catch (error) {
  fail(error);
}
