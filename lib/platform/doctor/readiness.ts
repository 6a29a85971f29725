import { countApplied, countWanted } from "@/db/migrate";
import { sqlClient } from "@/db/client";
import { replicaConfigured, replicaState } from "@/db/replica";
import { log } from "@/lib/platform/log";
import { redis } from "@/lib/platform/redis/redis";
import { storage } from "@/lib/platform/storage/storage";

export type Readiness = { ready: boolean; missing: string[]; degraded: string[] };

const PATIENCE_MS = 3000;

/** Whether requests can be served: database, its migrations, storage. Without Redis everything works, only slower. */
export async function readiness(): Promise<Readiness> {
  const [missing, degraded] = await Promise.all([
    failures({ database: checkDatabase, migrations: checkMigrations, storage: () => storage().check() }),
    failures({ redis: async () => redis()?.ping() ?? Promise.reject(new Error("not configured")), ...(replicaConfigured() ? { replica: checkReplica } : {}) }),
  ]);
  return { ready: missing.length === 0, missing, degraded };
}

async function failures(checks: Record<string, () => Promise<unknown>>): Promise<string[]> {
  const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => ((await succeeds(name, check)) ? [] : [name])));
  return results.flat();
}

async function succeeds(name: string, check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)));
    await Promise.race([check(), late]);
    return true;
  } catch (error) {
    log().warn({ err: error, check: name }, "not ready");
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const checkDatabase = () => sqlClient()`select 1`;

/** Without it the primary is read, which takes longer when many read. */
async function checkReplica(): Promise<void> {
  const { usable, trouble, lagMs } = await replicaState();
  if (!usable) throw new Error(trouble || `is ${Math.round(lagMs / 1000)} s behind`);
}

/** A database that is ahead is fine: another server of a newer version has migrated it, forward only. */
async function checkMigrations(): Promise<void> {
  const [applied, wanted] = [await countApplied(sqlClient()), countWanted()];
  if (applied < wanted) throw new Error(`${wanted - applied} of ${wanted} migrations are not applied`);
}
