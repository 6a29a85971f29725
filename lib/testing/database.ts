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

/** @param url of the database to remove, also when connections to it are open */
export async function dropTestDatabase(databaseUrl: string, url: string): Promise<void> {
  await withServer(databaseUrl, (sql) => sql.unsafe(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`));
}

async function withServer(databaseUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
