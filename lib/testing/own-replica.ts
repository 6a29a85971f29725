import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../scripts/lib/ports.mjs";
import { openPostgres } from "../../scripts/lib/postgres.mjs";
import { end } from "../../scripts/lib/process.mjs";
import { openReplicaOf } from "./streaming-replica";

const PASSWORD = "test";
// Nothing of a test run has to survive a power cut.
const FAST = { fsync: "off", full_page_writes: "off", shared_buffers: "32MB", max_connections: "60" };

/**
 * A Postgres and a streaming replica of it, whose lag a test can choose.
 */
export async function openOwnReplica(folder: string, name: string) {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  const port = await freePort();
  const service = await openPostgres({ dir, log: join(folder, `${name}.log`), port, password: PASSWORD, settings: FAST });
  const primary = await service.start();
  await service.prepare();
  const replica = await openReplicaOf({ port, password: PASSWORD, files: join(dir, "postgres") }, { dir: join(folder, `${name}-replica`), port: await freePort(), settings: FAST });
  return {
    ...replica,
    url: service.url,
    async end() {
      await replica.end();
      await end(primary as never, "SIGQUIT", 2_000);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
