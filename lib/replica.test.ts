import { sql } from "drizzle-orm";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { closeDatabase, db, replicaClient } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { forgetReplica, lsnOf, replicaConfigured, replicaHas, replicaState } from "@/db/replica";
import { forgetNewest } from "@/lib/explore/snapshots";
import { fanOut } from "@/lib/feed/fan-out";
import { fill } from "@/lib/feed/fill";
import { env, readEnv } from "@/lib/platform/env";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { closeRedis } from "@/lib/platform/redis/redis";
import { loadSession } from "@/lib/platform/viewer/session";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { forgetWrites, noteWrite, sourceFor } from "@/lib/platform/viewer/writes";
import { callApi, tokenOf } from "@/lib/testing/api";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { installJobs } from "@/lib/testing/jobs";
import { openOwnReplica } from "@/lib/testing/own-replica";
import { registry } from "./jobs";

const own = await openOwnReplica(inject("folder"), "replicated");
process.env.DATABASE_URL = own.url;
process.env.DATABASE_REPLICA_URL = own.replicaUrl;
process.env.LIMIT_API_PER_MINUTE = process.env.LIMIT_API_PERSON_PER_MINUTE = "100000";

let reads = 0;
/** How many statements the replica got while `work` ran. */
async function onReplica(work: () => Promise<unknown>): Promise<number> {
  const client = replicaClient()!;
  const unsafe = client.unsafe.bind(client);
  reads = 0;
  client.unsafe = ((...args: Parameters<typeof unsafe>) => (reads++, unsafe(...args))) as typeof unsafe;
  await work();
  client.unsafe = unsafe;
  return reads;
}
const until = async (holds: () => boolean | Promise<boolean>, ms = 15_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await pause(30)) if (await holds()) return;
  throw new Error("it did not happen");
};
/** Until the replica is read and has everything there is now. */
async function caughtUp(): Promise<void> {
  const [row] = await db().execute<{ place: string }>(sql`select pg_current_wal_lsn()::text as place`);
  await until(() => replicaHas(lsnOf(row!.place)));
}
const get = async (as: Viewer | null, path: string) => callApi("GET", path, { as });
const feedOf = async (who: Viewer) => ((await get(who, "/api/feed")).body.posts as { id: string }[]).map(({ id }) => id);
const away = (limit: number) => (env().REPLICA_MAX_LAG_SECONDS = limit);

describe("a read replica", () => {
  beforeAll(async () => {
    await migrateDatabase(own.url);
    await migrateQueue([], own.url);
    await installJobs(registry);
    await own.startReplica();
  }, 120_000);
  afterEach(async () => {
    await own.resume().catch(() => {});
    away(5);
  });
  afterAll(async () => {
    forgetReplica();
    closeRedis();
    await closeDatabase();
    await own.end();
  });

  it("is named by a setting that is checked", () => {
    const given = { ...process.env };
    expect(() => readEnv({ ...given, DATABASE_REPLICA_URL: "mysql://x" })).toThrow(/DATABASE_REPLICA_URL must begin with postgres/);
    expect(() => readEnv({ ...given, DATABASE_REPLICA_URL: own.url })).toThrow(/DATABASE_REPLICA_URL names the same server/);
    expect(() => readEnv({ ...given, REPLICA_MAX_LAG_SECONDS: "0" })).toThrow(/REPLICA_MAX_LAG_SECONDS must be from 1 to 60/);
    expect(replicaConfigured()).toBe(true);
  });

  it("is read for feed, profile, explore, tags, places, search and posts, and gives what the primary gives", async () => {
    const [reader, author] = [await makeUser(), await makeUser({ username: "replicated", fullName: "Rita Replicated" })];
    await makeFollow(reader, author);
    const post = await makePost(author, { caption: "On #replicas" });
    const [tag] = await db().execute<{ id: string }>(sql`insert into tags (name, post_count) values ('replicas', 1) returning id`);
    await db().execute(sql`insert into post_tags (tag_id, post_id, counted) values (${tag!.id}::bigint, ${post}::bigint, true)`);
    const [place] = await db().execute<{ id: string }>(sql`insert into places (name, name_key) values ('Replica Hill', 'replica hill') returning id`);
    await db().execute(sql`update posts set place_id = ${place!.id}::bigint where id = ${post}::bigint`);
    await until(() => replicaHas());
    await caughtUp();
    forgetNewest();
    for (const path of [`/api/feed`, `/api/users/${author.id}/posts`, `/api/explore`, `/api/tags/replicas/posts`, `/api/places/${place!.id}/posts`, `/api/posts/${post}`, "/api/search?q=replicat", "/api/search?q=replicas&type=tags", "/api/search?q=replica&type=places"]) {
      for (const who of path === "/api/feed" ? [reader] : path === "/api/explore" ? [null] : [reader, null]) {
        let answer = { status: 0, body: null as unknown };
        expect({ path, read: (await onReplica(async () => (answer = await get(who, path)))) > 0 }).toEqual({ path, read: true });
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.body)).toMatch(/replica/i);
        const there = env().DATABASE_REPLICA_URL;
        env().DATABASE_REPLICA_URL = undefined;
        expect({ path, body: (await get(who, path)).body }).toEqual({ path, body: answer.body });
        env().DATABASE_REPLICA_URL = there;
        await until(() => replicaHas());
      }
    }
  }, 30_000);

  it("is not read by whoever has just written something, on whichever server, until it has that", async () => {
    const [author, other] = [await makeUser(), await makeUser()];
    const post = await makePost(author);
    await caughtUp();
    away(60);
    await own.pause();
    expect((await callApi("POST", `/api/posts/${post}/like`, { as: other })).body).toMatchObject({ liked: true });
    const liked = async (who: Viewer | null) => (await get(who, `/api/posts/${post}`)).body.is_liked;
    expect(await onReplica(async () => expect(await liked(other)).toBe(true))).toBe(0);
    // Another server, which has seen nothing of it.
    forgetWrites();
    expect(await onReplica(async () => expect(await liked(other)).toBe(true))).toBe(0);
    const again = (await loadSession({ userId: other.id, sessionId: other.sessionId }))!;
    expect([sourceFor(again), sourceFor(author), sourceFor({ ...author, wrote: null }), sourceFor(null)]).toEqual(["primary", "primary", "replica", "replica"]);
    // Who has written nothing may be shown a number that is some seconds old.
    expect((await get(null, `/api/posts/${post}`)).body.like_count).toBe(0);
    await own.resume();
    await until(() => sourceFor(again) === "replica");
    expect(await onReplica(async () => expect(await liked(other)).toBe(true))).toBeGreaterThan(0);
    expect((await get(null, `/api/posts/${post}`)).body.like_count).toBe(1);
  }, 30_000);

  it("shows nobody what they may not see any more, however far behind it is", async () => {
    const [author, third, follower] = [await makeUser({ username: "hidden.soon" }), await makeUser(), await makeUser()];
    for (const who of [third, follower]) await makeFollow(who, author);
    const [post, second] = [await makePost(author, { caption: "first words" }), await makePost(author)];
    const [tag] = await db().execute<{ id: string }>(sql`insert into tags (name, post_count) values ('soon', 1) returning id`);
    await db().execute(sql`insert into post_tags (tag_id, post_id, counted) values (${tag!.id}::bigint, ${post}::bigint, true)`);
    await caughtUp();
    away(60);
    const paths = [`/api/posts/${post}`, `/api/users/${author.id}`, `/api/users/${author.id}/posts`, "/api/search?q=hidden.soon", "/api/tags/soon/posts", "/api/feed", "/api/explore"];
    const seen = async (who: Viewer | null) => {
      const found: string[] = [];
      for (const path of paths) {
        const { status, body } = await get(who, path);
        if (status === 200 && (JSON.stringify(body).includes(author.id) || JSON.stringify(body).includes(post))) found.push(path);
      }
      return found;
    };
    expect(await seen(third)).toEqual(paths.filter((path) => path !== "/api/explore"));
    await own.pause();
    expect(sourceFor({ ...third, wrote: null })).toBe("replica");
    // An edit shows at once, too.
    await db().execute(sql`update posts set caption = 'other words', updated_at = now() where id = ${post}::bigint`);
    expect((await get(third, `/api/posts/${post}`)).body.caption).toBe("other words");
    await db().execute(sql`update posts set deleted_at = now() where id = ${second}::bigint`);
    expect((await get(third, `/api/posts/${second}`)).status).toBe(404);
    expect(await feedOf(third)).toEqual([post]);
    await makeBlock(author, third);
    expect(await seen(third)).toEqual([]);
    expect((await get(third, `/api/users/${author.id}/posts`)).status).toBe(404);
    await db().execute(sql`update users set is_private = true where id = ${author.id}::bigint`);
    expect((await get(null, `/api/users/${author.id}/posts`)).status).toBe(404);
    expect(await feedOf(follower)).toEqual([post]);
    await db().execute(sql`update sessions set revoked_at = now() where id = ${follower.sessionId}::bigint`);
    expect((await get(follower, "/api/feed")).status).toBe(401);
    expect(replicaHas()).toBe(true);
  }, 30_000);

  it("does not hide what it has not heard of: posts pushed into a feed, new accounts and their posts", async () => {
    const [author, reader] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const old = await makePost(author);
    await fill(reader.id, null);
    await caughtUp();
    away(60);
    await own.pause();
    const fresh = await makePost(author);
    await fanOut(fresh);
    if (env().REDIS_URL) expect(await feedOf(reader)).toEqual([fresh, old]);
    expect((await get(reader, `/api/posts/${fresh}`)).status).toBe(200);
    expect((await get(null, `/api/posts/${fresh}`)).status).toBe(200);
    const newcomer = await makeUser();
    await makePost(newcomer);
    expect((await get(null, `/api/users/${newcomer.id}/posts`)).body.posts).toHaveLength(1);
    expect((await get(reader, `/api/users/${newcomer.id}`)).status).toBe(200);
  }, 30_000);

  it("is left when it is too far behind, and taken up again by itself", async () => {
    const author = await makeUser();
    await caughtUp();
    away(1);
    await own.pause();
    const post = await makePost(author);
    await until(() => !replicaHas());
    expect((await replicaState()).lagMs).toBeGreaterThan(1_000);
    expect(await onReplica(async () => expect((await get(null, `/api/posts/${post}`)).status).toBe(200))).toBeLessThan(3);
    await own.resume();
    await until(() => replicaHas());
  }, 30_000);

  it("is read after a delay of its own, and idles without being taken for late", async () => {
    const writer = await makeUser();
    await caughtUp();
    await own.delay(1_500);
    const post = await makePost(writer);
    await noteWrite(writer.id);
    expect(sourceFor({ ...writer, wrote: null })).toBe("primary");
    expect((await get(null, `/api/posts/${post}`)).status).toBe(200);
    const began = Date.now();
    await until(() => sourceFor({ ...writer, wrote: null }) === "replica");
    expect(Date.now() - began).toBeGreaterThan(500);
    await own.delay(0);
    await pause(2_500);
    expect(replicaHas()).toBe(true);
  }, 30_000);

  it("costs at most a moment when it hangs or dies, and comes back by itself", async () => {
    const author = await makeUser();
    const post = await makePost(author);
    await caughtUp();
    for (const strike of [() => own.freeze(), () => own.killReplica()]) {
      await strike();
      const began = Date.now();
      for (let i = 0; i < 20; i++) expect((await get(null, `/api/posts/${post}`)).status).toBe(200);
      expect(Date.now() - began).toBeLessThan(4_000);
      await until(() => !replicaHas());
      if (strike.toString().includes("kill")) await own.startReplica();
      else await own.killReplica().then(() => own.startReplica());
      await until(() => replicaHas()).catch(async (error: Error) => Promise.reject(new Error(`${error.message}: ${JSON.stringify(await replicaState())}`)));
    }
    expect(await onReplica(() => get(null, `/api/posts/${post}`))).toBeGreaterThan(0);
    expect(await tokenOf(author)).toBeTruthy();
  }, 60_000);
});
