import { PgBoss } from "pg-boss";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";

/** Seconds without a sign of life after which a worker counts as dead and its jobs run elsewhere. */
export const HEARTBEAT_SECONDS = 15;
/** Where jobs lie that failed for good, until somebody looks. */
export const DEAD_LETTERS = "dead-letters";

/** What pg-boss does beside moving jobs. The app server needs none of it and opens no instance at all. */
type Duties = { connections: number; maintain?: boolean; migrate?: boolean; url?: string };

/** An instance of pg-boss on connections of its own; `start()` and `stop()` are the caller's. */
export function openBoss({ connections, maintain = false, migrate = false, url = env().DATABASE_URL }: Duties): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    application_name: "heliograph-jobs",
    max: connections,
    migrate,
    createSchema: migrate,
    supervise: maintain,
    schedule: maintain,
    // Lapsed leases are found by our own reaper (one indexed query); these passes aggregate over all stored jobs.
    superviseIntervalSeconds: 60,
    monitorIntervalSeconds: 600,
    maintenanceIntervalSeconds: 3_600,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 5,
    warningQueueSize: 100_000,
  });
  boss.on("error", (error) => log().warn({ err: { message: error.message } }, "job queue"));
  boss.on("warning", (warning) => log().info({ warning: warning.message }, "job queue"));
  return boss;
}
