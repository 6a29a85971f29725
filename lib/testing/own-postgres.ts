import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openPostgres } from "../../scripts/lib/postgres.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import type { Running } from "../../scripts/lib/service.d.mts";

/** A Postgres, empty, that a test may freeze, kill and start again. */
export async function openOwnPostgres(folder: string, name: string) {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true, mode: 0o755 });
  const service = await openPostgres({ dir, log: join(dir, "postgres.log"), port: await freePort(), password: "test", settings: { fsync: "off", shared_buffers: "16MB" } });
  let running: Running | undefined;
  const signal = (name: NodeJS.Signals) => process.kill(running!.pid!, name);
  return {
    url: service.url,
    start: async () => {
      running = await service.start();
      await service.prepare();
    },
    /** Stops answering new connections without refusing them, as a hanging machine does. Sessions that are open go on: freeze those by their own ids. */
    freeze: (pids: readonly number[] = []) => [running!.pid!, ...pids].forEach((pid) => process.kill(pid, "SIGSTOP")),
    thaw: (pids: readonly number[] = []) => [running!.pid!, ...pids].forEach((pid) => process.kill(pid, "SIGCONT")),
    /** As a crash would. */
    kill: async () => {
      if (!running) return;
      signal("SIGQUIT");
      await running.ended;
      running = undefined;
    },
  };
}
