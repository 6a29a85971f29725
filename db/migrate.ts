import fs from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { env } from "@/lib/platform/env";

const FOLDER = "db/migrations";
/** Any number, the same in every version: two servers that start at once must not migrate at once. */
const LOCK = 7_242_001;

/** Applies what is not applied yet, one process at a time. Returns how many migrations that were. */
export async function migrateDatabase(url = env().DATABASE_URL, folder = FOLDER): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${LOCK})`;
    const before = await countApplied(client);
    await migrate(drizzle({ client }), { migrationsFolder: path.resolve(folder) });
    return (await countApplied(client)) - before;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** How many migrations this version brings. */
export function countWanted(folder = FOLDER): number {
  return (JSON.parse(fs.readFileSync(path.resolve(folder, "meta/_journal.json"), "utf8")) as { entries: unknown[] }).entries.length;
}

/** How many the database has had. */
export async function countApplied(client: postgres.Sql): Promise<number> {
  const [table] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return 0;
  const [row] = await client<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`;
  return row?.count ?? 0;
}
