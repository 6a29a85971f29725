import { availableParallelism } from "node:os";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/platform/env";
import { LISTS } from "./arrays";
import { withPatience } from "./patience";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** The pool or a transaction: for queries that serve both. */
export type Executor = Database | Transaction;

// One pool for the process, also when a bundler loads this module twice.
const holder = globalThis as typeof globalThis & { heliographDatabase?: { client: postgres.Sql; db: Database }; heliographReads?: postgres.Sql; heliographReplicaReads?: postgres.Sql; heliographLeases?: postgres.Sql };

/** Seconds between attempts to connect; postgres.js would wait up to 20 after an outage that is over. */
const backoff = (tries: number) => Math.min(0.05 * 2 ** tries, 0.5);

/** A sign of life of the server, on a connection of its own: those of the pools may be the very thing that hangs. */
async function probe(signal: AbortSignal): Promise<void> {
  const client = postgres(env().DATABASE_URL, { max: 1, connect_timeout: 30, fetch_types: false, onnotice: () => {}, connection: { application_name: "heliograph-probe" } });
  signal.addEventListener("abort", () => void client.end({ timeout: 0 }).catch(() => {}), { once: true });
  // A server that has no place for one more is alive.
  await client`select 1`.catch((error: { code?: string }) => (error.code === "53300" ? null : Promise.reject(error))).finally(() => void client.end({ timeout: 0 }).catch(() => {}));
}

function open() {
  const client = withPatience(postgres(env().DATABASE_URL, {
    ...LISTS,
    backoff,
    max: env().DATABASE_POOL,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "heliograph", statement_timeout: 30_000 } as Record<string, string | number>,
  }), probe);
  return { client, db: drizzle({ client, schema }) };
}

/** The postgres.js pool, for COPY, LISTEN and hand-tuned statements. */
export function sqlClient(): postgres.Sql {
  holder.heliographDatabase ??= open();
  return holder.heliographDatabase.client;
}

/**
 * Connections for prepared statements (prepared.ts) alone: reads, and writes that are one statement. They plan each once, for any values: over partitioned tables
 * planning costs 1 ms and more, reading 0.2 ms. A pool of its own also means that a read never waits for connections
 * that transactions hold. All of them go by indexes, also while a table is all but empty: reading that from its beginning asks the system for its length each time,
 * which for twenty posts costs more than the index. Times come as text. They are few and stay open: each has to plan everything anew, 20 to 80 ms of a page.
 */
export function readClient(): postgres.Sql {
  holder.heliographReads ??= withPatience(openReads(env().DATABASE_URL, 10), probe);
  return holder.heliographReads;
}

/** The same on the replica; null where none is configured. What may be read there is decided in replica.ts. */
export function replicaClient(): postgres.Sql | null {
  const url = env().DATABASE_REPLICA_URL;
  if (!url) return null;
  holder.heliographReplicaReads ??= openReads(url, 1);
  return holder.heliographReplicaReads;
}

/**
 * How prepared statements are planned. Up to version 17 a scan that is off but has no alternative makes a plan look so dear that Postgres compiles it each time it
 * is run, which takes longer than running it.
 */
export const PREPARED_SETTINGS = { plan_cache_mode: "force_generic_plan", enable_seqscan: "off", jit: "off" } as const;

/** Two connections of the kind for a worker's leases, which wait as long as Postgres takes: a job that was leased while nobody listened any more would lie there until its lease lapses. */
export function leaseClient(): postgres.Sql {
  holder.heliographLeases ??= openReads(env().DATABASE_URL, 10, 2);
  return holder.heliographLeases;
}

function openReads(url: string, connectTimeout: number, max = Math.max(2, Math.min(Math.ceil(env().DATABASE_POOL / 2), 2 * availableParallelism()))): postgres.Sql {
  return postgres(url, {
    ...LISTS,
    backoff,
    max,
    connect_timeout: connectTimeout,
    onnotice: () => {},
    types: { ...LISTS.types, time: { to: 1184, from: [1082, 1114, 1184], serialize: (value: string) => value, parse: (value: string) => value } },
    connection: { application_name: "heliograph", statement_timeout: 30_000, ...PREPARED_SETTINGS } as Record<string, string | number>,
  });
}

/** Ends the connections to the replica at once, which may hang; the next use opens new ones. */
export function closeReplica(): void {
  holder.heliographReplicaReads?.end({ timeout: 0 }).catch(() => {});
  holder.heliographReplicaReads = undefined;
}

/** The database. Opened on first use. */
export function db(): Database {
  holder.heliographDatabase ??= open();
  return holder.heliographDatabase.db;
}

/** Ends all connections; for scripts and tests. */
export async function closeDatabase(): Promise<void> {
  closeReplica();
  await Promise.all([holder.heliographDatabase?.client.end({ timeout: 5 }), holder.heliographReads?.end({ timeout: 5 }), holder.heliographLeases?.end({ timeout: 5 })]);
  holder.heliographDatabase = undefined;
  holder.heliographReads = undefined;
  holder.heliographLeases = undefined;
}
