import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { deleteAccount } from "@/lib/accounts/leave";
import { hashPassword } from "@/lib/accounts/password-hash";
import { block } from "@/lib/graph/service";
import { registry } from "@/lib/jobs";
import { mediaIdOfKey } from "@/lib/media/keys";
import { checkInvariants } from "@/lib/platform/doctor/invariants";
import { closeRedis, redis } from "@/lib/platform/redis/redis";
import { DiskStorage } from "@/lib/platform/storage/disk";
import { replaceReplica, storage } from "@/lib/platform/storage/storage";
import { foldCounts } from "@/lib/posts/counts";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { leaveTraces, MARK } from "@/lib/testing/traces";
import { purgeDue, purgePerson } from "./purge";

const PASSWORD = "Sunlit-Harbour-42";
let passwordHash: string;
let second: DiskStorage;

beforeAll(async () => {
  Object.assign(process.env, { LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_COMMENTS_PER_MINUTE: "1000" });
  passwordHash = await hashPassword(PASSWORD);
  await installJobs(registry);
  second = new DiskStorage({ dir: `${process.env.STORAGE_DIR}-second`, secret: "x".repeat(32) });
  replaceReplica(second);
});
afterAll(async () => {
  replaceReplica(undefined);
  await closeRedis();
});

const put = (store: { put: DiskStorage["put"] }, key: string) => store.put(key, Buffer.from(`bytes of ${MARK}`), { contentType: "image/jpeg" });

/** References to people or posts, as the catalog has them, behind which nothing of the person is. */
async function emptyReferences(userId: string): Promise<string[]> {
  const references = await db().execute<{ name: string; column: string; target: "users" | "posts" }>(sql`
    select c.conrelid::regclass::text as name, a.attname as column, c.confrelid::regclass::text as target from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.conparentid = 0 and c.confrelid in ('users'::regclass, 'posts'::regclass) order by 1, 2`);
  expect(references.length).toBeGreaterThan(60);
  const empty: string[] = [];
  for (const { name, column, target } of references) {
    const theirs = target === "users" ? sql`${userId}::bigint` : sql`any (select id from posts where author_id = ${userId}::bigint)`;
    const rows = await db().execute(sql`select 1 from ${sql.raw(name)} where ${sql.raw(column)} = ${theirs} limit 1`);
    if (rows.length === 0) empty.push(`${name}.${column}`);
  }
  return empty;
}

/** Gives every media row files of all kinds, in both stores. */
async function makeFiles(userId: string): Promise<string[]> {
  const rows = [...(await db().execute<{ id: string }>(sql`update media set original_key = 'originals/' || id || '/brought', uncut_version = 'u1', wanted_version = 'w1' where owner_id = ${userId}::bigint returning id`))];
  const keys = rows.flatMap(({ id }) => [`originals/${id}/brought`, ...["v1/320.jpg", "v1/hls/master.m3u8", "v1/hls/720.mp4", "v1/captions/1.vtt", "u1/uncut.mp4", "w1/320.jpg", "old/preview.webp"].map((name) => `media/${id}/${name}`)]);
  for (const key of [...keys, `exports/${userId}/1-x.zip`, `exports/${userId}/left-behind.zip`]) await put(storage() as DiskStorage, key);
  for (const key of keys.filter((key) => key.startsWith("originals/"))) await put(second, key);
  return rows.map(({ id }) => id);
}

/** Where in the whole database one of these is found, in any column of any table, as "schema.table: row". */
async function traces(needles: readonly string[]): Promise<string[]> {
  const pattern = `(${needles.map((needle) => needle.replaceAll(/[.+*?()[\]{}|\\^$]/g, String.raw`\$&`)).join("|")})`;
  const tables = await db().execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in ('public', 'pgboss', 'drizzle')`);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db().execute<{ row: string }>(sql`select left(t::text, 200) as row from only ${sql.raw(name)} t where t::text ~* ${pattern}`);
    found.push(...[...rows].map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

/** As `lib/feed/scripts.ts` has posts in feeds. */
const inFeeds = (postId: string) => (2n ** 63n - 1n - BigInt(postId)).toString();

async function tracesInRedis(needles: readonly string[]): Promise<string[]> {
  const client = redis();
  if (!client) return [];
  const found: string[] = [];
  for (const key of (await client.keys("*")) as string[]) {
    const type = await client.type(key);
    // The log of what changes names things for ten minutes (decision 0052), as it names what goes with an account now.
    if ((type as string) === "stream") continue;
    const held = type === "zset" ? await client.zrange(key, 0, -1) : type === "hash" ? await client.hgetall(key) : type === "set" ? await client.smembers(key) : type === "list" ? await client.lrange(key, 0, -1) : await client.get(key);
    const text = `${key} ${JSON.stringify(held)}`;
    if (needles.some((needle) => text.includes(needle))) found.push(text.slice(0, 200));
  }
  return found;
}

async function tracesInStores(ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const store of [storage(), second]) {
    for await (const { key } of store.list("")) {
      const bytes = (await (await store.get(key))!.body.toArray()).join("");
      if (ids.some((id) => key.includes(id)) || bytes.includes(MARK)) found.push(key);
    }
  }
  return found;
}

describe("whoever left 30 days ago", () => {
  it("is nowhere any more: in no table, not in Redis, in no store", { timeout: 120_000 }, async () => {
    const [ada, bob, cleo] = [await makeUser({ username: `ada${MARK}`, passwordHash }), await makeUser(), await makeUser()];
    const eve = await makeUser();
    await block(eve, ada.id);
    const posts = await leaveTraces(ada, bob, cleo);
    const mediaIds = await makeFiles(ada.id);
    const comments = [...(await db().execute<{ id: string }>(sql`select id from comments where user_id = ${ada.id}::bigint`))].map(({ id }) => id);
    const needles = [ada.id, ...posts, ...mediaIds, ...comments, MARK];
    // A new table must be thought of: it is filled in lib/testing/traces.ts.
    expect(await emptyReferences(ada.id)).toEqual([]);
    // The search finds what is there, else it proves nothing.
    const tables = new Set((await traces(needles)).map((line) => line.split(":")[0]!.replace(/_p?\d+(_\d+)?$/, "")));
    for (const table of ["users", "sessions", "posts", "media", "comments", "follows", "notifications", "notification_actors", "reports", "drafts", "mail_tokens", "feed_rankings", "explore_snapshots", "data_exports", "places", "tags", "messages", "thread_members", "threads"]) {
      expect([...tables]).toContain(`public.${table}`);
    }
    expect([...tables].some((table) => table.startsWith("pgboss."))).toBe(true);
    expect((await tracesInRedis(needles)).length).toBeGreaterThan(0);
    expect((await tracesInRedis(posts.map(inFeeds))).filter((line) => !line.includes(ada.id)).length, "in feeds of others").toBeGreaterThan(0);
    expect((await tracesInStores([ada.id, ...mediaIds])).length).toBeGreaterThan(20);

    await deleteAccount(ada, PASSWORD);
    await drainJobs(registry);
    expect(await purgePerson(ada.id)).toBe("not due");
    await db().execute(sql`update users set deleted_at = now() - interval '30 days 2 hours' where id = ${ada.id}::bigint`);
    // Deleting the posts makes others' jobs, which are waited for.
    expect(await purgePerson(ada.id)).toBe("waiting");
    // What is to be told of messages waits a few seconds for whoever looks.
    await db().execute(sql`update pgboss.job set start_after = now() where name = 'notifications.push-conversation' and state = 'created'`);
    await drainJobs(registry);
    expect(await purgeDue(new AbortController().signal)).toBe(1);
    expect(await purgeDue(new AbortController().signal)).toBe(0);
    await foldCounts();

    expect(await traces(needles)).toEqual([]);
    expect(await tracesInRedis([...needles, ...posts.map(inFeeds)])).toEqual([]);
    expect(await tracesInStores([ada.id, ...mediaIds])).toEqual([]);
    expect((await checkInvariants()).filter(({ ok }) => !ok)).toEqual([]);
    const counts = await db().execute(sql`select follower_count, following_count from users where id in (${bob.id}::bigint, ${cleo.id}::bigint) order by id`);
    expect([...counts]).toEqual([{ follower_count: 0, following_count: 0 }, { follower_count: 0, following_count: 0 }]);
    expect([...(await db().execute(sql`select like_count, save_count, comment_count, repost_count, share_count from posts where author_id = ${bob.id}::bigint`))]).toEqual([{ like_count: 0, save_count: 0, comment_count: 1, repost_count: 0, share_count: 0 }]);
    expect([...(await db().execute(sql`select reporter_id, note, reason from reports where subject_kind <> 'thread'`))]).toEqual([{ reporter_id: null, note: "", reason: "spam" }]);
    expect([...(await db().execute(sql`select post_count, cover_post_id from collections`))]).toEqual([{ post_count: 0, cover_post_id: null }]);
    // The name is free again.
    await makeUser({ username: `ada${MARK}` });
  });

  it("goes on where a run was broken off", { timeout: 120_000 }, async () => {
    const [dora, bob] = [await makeUser({ passwordHash }), await makeUser()];
    await makeFollow(bob, dora);
    for (let i = 0; i < 3; i++) await makePost(dora);
    const mediaIds = await makeFiles(dora.id);
    await deleteAccount(dora, PASSWORD);
    await db().execute(sql`update users set deleted_at = now() - interval '31 days' where id = ${dora.id}::bigint`);
    await purgePerson(dora.id);
    await drainJobs(registry);
    // The store goes away in the middle.
    const real = storage().delete;
    let left = 4;
    storage().delete = async (key) => (left-- > 0 ? real.call(storage(), key) : Promise.reject(new Error("the store is away")));
    await expect(purgePerson(dora.id)).rejects.toThrow("away");
    storage().delete = real;
    expect(await db().execute(sql`select 1 from users where id = ${dora.id}::bigint`)).toHaveLength(1);
    const ends = await Promise.allSettled([purgePerson(dora.id), purgePerson(dora.id)]);
    expect(ends.some((end) => end.status === "fulfilled" && end.value === "gone")).toBe(true);
    expect(await traces([dora.id, ...mediaIds])).toEqual([]);
    const keys: string[] = [];
    for await (const { key } of storage().list("")) keys.push(key);
    expect(keys.filter((key) => mediaIds.includes(mediaIdOfKey(key) ?? ""))).toEqual([]);
  });

  it("is nobody whose account is only deactivated, or came back", async () => {
    const ada = await makeUser();
    await db().execute(sql`update users set deactivated_at = now() - interval '400 days' where id = ${ada.id}::bigint`);
    expect(await purgePerson(ada.id)).toBe("not due");
  });
});
