import fs from "node:fs";
import path from "node:path";
import { serviceDir } from "./places.mjs";
import { openPostgres } from "./postgres.mjs";
import { freePort } from "./ports.mjs";
import { openRedis } from "./redis.mjs";
import { note, step } from "./say.mjs";

/**
 * Starts what is embedded: Postgres unless DATABASE_URL is set, Redis unless REDIS_URL or UPSTASH_REDIS_REST_URL is,
 * a folder for files unless S3_BUCKET is. Returns the environment that names them and the services to supervise.
 * @param {{data: string, secrets: Record<string, string>, env: NodeJS.ProcessEnv, settings?: Record<string, string>, supervise: (service: import("./service.d.mts").Service) => Promise<void>}} options
 */
export async function startServices({ data, secrets, env, settings, supervise }) {
  const logs = path.join(data, "logs");
  fs.mkdirSync(logs, { recursive: true, mode: 0o700 });
  const dir = serviceDir(data, secrets.id);
  const added = {};
  if (!env.DATABASE_URL) {
    await step("Starting Postgres", async () => {
      const postgres = await openPostgres({ dir, log: path.join(logs, "postgres.log"), port: await freePort(), password: secrets.postgres, settings });
      await supervise(postgres);
      await postgres.prepare();
      added.DATABASE_URL = postgres.url;
    });
  }
  if (!env.REDIS_URL && !env.UPSTASH_REDIS_REST_URL) await startRedis({ dir, logs, secrets, supervise, added });
  if (!env.S3_BUCKET) {
    added.STORAGE_DIR = env.STORAGE_DIR || path.join(data, "storage");
    fs.mkdirSync(added.STORAGE_DIR, { recursive: true, mode: 0o700 });
  }
  return { env: added, dir };
}

async function startRedis({ dir, logs, secrets, supervise, added }) {
  let found = false;
  await step("Starting Redis", async () => {
    const redis = await openRedis({ dir, log: path.join(logs, "redis.log"), port: await freePort(), password: secrets.redis });
    if (!redis) return "none found";
    await supervise(redis);
    added.REDIS_URL = redis.url;
    found = true;
  });
  if (!found) note("No Redis could be found or fetched: everything works without it, only slower. Install redis-server or set REDIS_URL.");
}
