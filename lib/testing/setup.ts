import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { closeDatabase } from "@/db/client";
import { createTestDatabase, dropTestDatabase } from "./database";

// Before each test file: a database, a Redis and a folder of its own, named in the environment before anything reads it.
const server = inject("databaseUrl");
const database = await createTestDatabase(server);
const redis = inject("redisUrl");
const ffmpeg = inject("ffmpeg");

Object.assign(process.env, {
  NODE_ENV: "test",
  DATABASE_URL: database,
  DATABASE_POOL: "10",
  STORAGE_DIR: mkdtempSync(join(inject("folder"), "storage-")),
  STORAGE_SECRET: "storage-secret-of-the-tests-0123456789",
  AUTH_SECRET: "auth-secret-of-the-tests-0123456789abc",
  JOBS_SECRET: "jobs-secret-of-the-tests-0123456789abc",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
  ...(ffmpeg ? { FFMPEG_PATH: ffmpeg.ffmpeg, FFPROBE_PATH: ffmpeg.ffprobe } : {}),
  // Files that run at the same time have different pool ids; the numbered database is emptied first.
  ...(redis ? { REDIS_URL: `${redis}/${Number(process.env.VITEST_POOL_ID ?? 1) % 16}` } : {}),
});
if (redis) await emptyRedis(process.env.REDIS_URL as string);

async function emptyRedis(url: string): Promise<void> {
  const { default: Valkey } = await import("iovalkey");
  const client = new Valkey(url);
  await client.flushdb();
  await client.quit();
}

afterAll(async () => {
  await closeDatabase();
  await dropTestDatabase(server, database);
});
