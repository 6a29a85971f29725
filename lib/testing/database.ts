import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { migrateDatabase } from "../../db/migrate";
import { migrateQueue } from "../platform/jobs/migrate";

const TEMPLATE = "heliograph_template";

const withName = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** Migrates one database that the others are copied from. Returns nothing; call once per run. */
export async function prepareTemplate(databaseUrl: string): Promise<void> {
  await withServer(databaseUrl, (sql) => sql.unsafe(`create database ${TEMPLATE}`));
  await migrateDatabase(withName(databaseUrl, TEMPLATE));
  await migrateQueue([], withName(databaseUrl, TEMPLATE));
}

/** A migrated, empty database of its own, copied from the template; returns its address. */
export async function createTestDatabase(databaseUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withServer(databaseUrl, (sql) => sql.unsafe(`create database ${name} template ${TEMPLATE} strategy file_copy`));
  return withName(databaseUrl, name);
}

const NOT_ALLOWED = "42501";

/** @param url of the database to remove, also when connections to it are open */
export async function dropTestDatabase(databaseUrl: string, url: string): Promise<void> {
  const drop = (sql: postgres.Sql) => sql.unsafe(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
  await withServer(databaseUrl, async (sql) => {
    // The server's own clean-up (autovacuum) may be in it, and is not ours to end; it soon goes by itself.
    for (let tries = 0; tries < 100; tries++) {
      const error = await drop(sql).then(() => null, (failed: { code?: string }) => failed);
      if (!error) return;
      if (error.code !== NOT_ALLOWED) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await drop(sql);
  });
}

async function withServer(databaseUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
