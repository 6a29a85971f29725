import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../scripts/lib/ports.mjs";
import { openRedis } from "../../scripts/lib/redis.mjs";
import type { Running } from "../../scripts/lib/service.d.mts";

/** A Redis that a test may kill and start again. Null where none can be had. */
export async function openOwnRedis(folder: string, name: string) {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  const service = await openRedis({ dir, log: join(dir, "redis.log"), port: await freePort(), password: "test" });
  if (!service) return null;
  let running: Running | undefined;
  return {
    url: service.url,
    start: async () => {
      running = await service.start();
    },
    /** As a crash would: nothing is saved. */
    kill: async () => {
      if (!running) return;
      process.kill(running.pid!, "SIGKILL");
      await running.ended;
      running = undefined;
    },
    /** Stops answering without closing anything, as an overloaded machine does. */
    freeze: () => process.kill(running!.pid!, "SIGSTOP"),
    thaw: () => process.kill(running!.pid!, "SIGCONT"),
  };
}
