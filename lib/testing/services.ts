import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPostgres } from "../../scripts/lib/postgres.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { end } from "../../scripts/lib/process.mjs";
import { openRedis } from "../../scripts/lib/redis.mjs";
import type { Running, Service } from "../../scripts/lib/service.d.mts";

export type TestServices = {
  /** Of the role that the application uses; it may create databases. */
  databaseUrl: string;
  /** Null where no Redis can be had. */
  redisUrl: string | null;
  /** A folder for files of this run, gone after `stop`. */
  folder: string;
  stop: () => Promise<void>;
};

// Nothing of a test run has to survive a power cut.
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200", shared_buffers: "128MB" };

/** The same embedded Postgres and Redis as `npm start`, in a folder and on ports of their own. */
export async function startTestServices(): Promise<TestServices> {
  const folder = await mkdtemp(join(tmpdir(), "heliograph-test-"));
  await chmod(folder, 0o755); // as root the services run as another user
  const running: { service: Service; process: Running }[] = [];
  const stop = async () => {
    await Promise.all(running.map(({ service, process }) => end(process, service.stopSignal, 5000)));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const postgres = await openPostgres({ dir: folder, log: join(folder, "postgres.log"), port: await freePort(), password: "test", settings: FAST });
    running.push({ service: postgres, process: await postgres.start() });
    await postgres.prepare();
    const redis = await openRedis({ dir: folder, log: join(folder, "redis.log"), port: await freePort(), password: "test" });
    if (redis) running.push({ service: redis, process: await redis.start() });
    return { databaseUrl: postgres.url, redisUrl: redis?.url ?? null, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
