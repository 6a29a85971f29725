import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/platform/env";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** The pool or a transaction: for queries that serve both. */
export type Executor = Database | Transaction;

// One pool for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographDatabase?: { client: postgres.Sql; db: Database } };

function open() {
  const client = postgres(env().DATABASE_URL, {
    max: env().DATABASE_POOL,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "heliograph", statement_timeout: 30_000 } as Record<string, string | number>,
  });
  return { client, db: drizzle({ client, schema }) };
}

/** The postgres.js pool, for COPY, LISTEN and hand-tuned statements. */
export function sqlClient(): postgres.Sql {
  holder.heliographDatabase ??= open();
  return holder.heliographDatabase.client;
}

/** The database. Opened on first use. */
export function db(): Database {
  holder.heliographDatabase ??= open();
  return holder.heliographDatabase.db;
}

/** Ends all connections; for scripts and tests. */
export async function closeDatabase(): Promise<void> {
  await holder.heliographDatabase?.client.end({ timeout: 5 });
  holder.heliographDatabase = undefined;
}
