import postgres from "postgres";
import { DiskWatch, tooSmall } from "../bench/world/disk";
import { loadWorld } from "../bench/world/load";
import { SIZES } from "../bench/world/sizes";

/** Run by scripts/lib/bench-world.mjs against a Postgres that is started for loading alone. Arguments: the world's name, its seed, the folder of the database. */
const [name, seed, folder] = process.argv.slice(2);
const size = SIZES[name!]!;
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const cramped = tooSmall(folder!, size.diskGb);
  if (cramped) throw new Error(`Stopped: ${cramped}`);
  const disk = new DiskWatch(folder!);
  // Whole minutes, so that two worlds made at once are the same.
  const until = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
  const seconds = await loadWorld({ url: process.env.DATABASE_URL!, size, seed: Number(seed), until, disk, say });
  disk.stop();
  const own = postgres(process.env.SUPERUSER_URL!, { max: 1, onnotice: () => {} });
  await own`alter system set shared_preload_libraries = 'pg_stat_statements'`;
  await own`create extension if not exists pg_stat_statements`;
  await own.end();
  process.send?.({ seconds, until });
  process.disconnect?.();
} catch (error) {
  const failed = error as Error;
  process.send?.({ trouble: failed.message });
  if (!failed.message.startsWith("Stopped:")) process.stderr.write(`${failed.stack}\n`);
  process.exit(1);
}
