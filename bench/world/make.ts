import postgres from "postgres";
import { DiskWatch, tooSmall } from "./disk";
import { loadWorld } from "./load";
import { SIZES } from "./sizes";

export type Made = { seconds: number; until: number };

/**
 * Makes a world by name in a migrated database that lies in `folder`, and has Postgres count statements from its next start on. Throws one plain
 * sentence when the disk is too small or gets full.
 */
export async function makeNamed(name: string, seed: number, folder: string): Promise<Made> {
  const size = SIZES[name]!;
  const cramped = tooSmall(folder, size.diskGb);
  if (cramped) throw new Error(`Stopped: ${cramped}`);
  const disk = new DiskWatch(folder);
  // Whole minutes, so that two worlds made at once are the same.
  const until = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
  const seconds = await loadWorld({ url: process.env.DATABASE_URL!, size, seed, until, disk, say: (line) => process.stdout.write(`${line}\n`) });
  disk.stop();
  const own = postgres(process.env.SUPERUSER_URL!, { max: 1, onnotice: () => {} });
  await own`alter system set shared_preload_libraries = 'pg_stat_statements'`;
  await own`create extension if not exists pg_stat_statements`;
  await own.end();
  return { seconds, until };
}
