import postgres from "postgres";
import { definitionsOf, restore, strip } from "./bare";
import { EPOCH_MS } from "./calendar";
import { TABLES } from "./columns";
import type { DiskWatch } from "./disk";
import { Progress } from "./progress";
import { Sink } from "./sink";
import type { Size } from "./sizes";
import { makeWorld, type World } from "./world";
import { writeExceptions, writeFollows, writePeople, writePlaces, writeTags } from "./write-people";
import { partitionFor, writePosts } from "./write-posts";

/** Likes and saves have 16 and 8 partitions, tags 8, and all are written at once beside the others. */
const CONNECTIONS = 48;

/** `until` is the last moment of the world; the disk is looked at all the while. */
export type Loading = { url: string; size: Size; seed: number; until: number; disk?: DiskWatch; say: (line: string) => void };

/**
 * Fills a migrated database with a world, in place of everything that is in it. Keys, indexes and foreign keys are taken away before and made
 * again as they were. Returns seconds.
 */
export async function loadWorld({ url, size, seed, until, disk, say }: Loading): Promise<number> {
  const began = performance.now();
  const sql = postgres(url, { max: CONNECTIONS, onnotice: () => {}, prepare: false, connection: { statement_timeout: 0, application_name: "world" } as Record<string, number | string> });
  const progress = new Progress(say);
  try {
    const work = async () => {
      const world = makeWorld(size, seed, until, (what) => progress.done(`${what} thought up`));
      await sql.unsafe(`truncate ${TABLES.join(", ")} cascade`);
      const definitions = await definitionsOf(sql, TABLES);
      await strip(sql, definitions);
      await partitionsBackTo(sql, new Date(world.span.posts));
      await write(world, sql, progress, () => disk?.check());
      await restore(sql, definitions, size.memory, (built) => progress.built(built));
      const again = await definitionsOf(sql, TABLES);
      if (JSON.stringify(again) !== JSON.stringify(definitions)) throw new Error("The keys and indexes are not those of the migrations.");
      progress.phase("vacuum and analyze");
      await sql.unsafe("vacuum (freeze, analyze)");
      progress.done("vacuum and analyze");
    };
    await Promise.race([work(), ...(disk ? [disk.ends] : [])]);
    await progress.report(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
  return (performance.now() - began) / 1000;
}

async function write(world: World, sql: postgres.Sql, progress: Progress, check: () => void): Promise<void> {
  const sink = new Sink(sql, check);
  const together = async (names: string, work: () => Promise<void>) => {
    const began = performance.now();
    progress.phase(names);
    await work();
    await sink.closeAll(began);
    progress.done(names);
  };
  await together("follows", () => writeFollows(world, sink));
  await together("posts and all about them", () => writePosts(world, sink, (posts) => progress.share(posts / world.posts.count)));
  await together("people", () => writePeople(world, sink));
  await together("places, tags, blocks, mutes", async () => {
    await writePlaces(world, sink);
    await writeTags(world, sink);
    await writeExceptions(world, sink);
  });
  progress.written = sink.tables;
}

/** Months of posts before those that a new installation has; what is older still stays together. */
async function partitionsBackTo(sql: postgres.Sql, first: Date): Promise<void> {
  const [known] = await sql<{ names: string[] }[]>`select array_agg(relname::text order by relname) as names from pg_class where relispartition and relkind = 'r' and relname ~ '^posts_[0-9]{4}_[0-9]{2}$'`;
  await sql.begin(async (tx) => {
    await tx`drop table posts_before`;
    const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1));
    const bound = (at: Date) => tx`select id_at(${new Date(Math.max(EPOCH_MS, at.getTime()))}) as id`.then(([row]) => row!.id as string);
    const oldest = [partitionFor(month), known!.names[0]!].toSorted()[0]!;
    const start = oldest === partitionFor(month) ? month : monthOf(oldest);
    await tx.unsafe(`create table posts_before partition of posts for values from (minvalue) to (${await bound(start)})`);
    for (; partitionFor(month) < known!.names[0]!; month.setUTCMonth(month.getUTCMonth() + 1)) {
      const next = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));
      await tx.unsafe(`create table ${partitionFor(month)} partition of posts for values from (${await bound(month)}) to (${await bound(next)})`);
    }
  });
}

function monthOf(name: string): Date {
  const [, year, month] = /(\d{4})_(\d{2})$/.exec(name)!;
  return new Date(Date.UTC(Number(year), Number(month) - 1, 1));
}
