import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, sqlClient } from "@/db/client";
import { statements } from "@/db/prepared";
import { listComments } from "@/lib/comments/queries";
import { listExplore } from "@/lib/explore/queries";
import { rankPosts } from "@/lib/explore/ranking";
import { listSuggestedPeople } from "@/lib/explore/suggestions";
import { fanOut, fanOutTo, takeBackFrom } from "@/lib/feed/fan-out";
import { getRankedFeed } from "@/lib/feed/ranked";
import { recallRanking } from "@/lib/feed/rankings";
import { readRankingCursor } from "@/lib/feed/schemas";
import { countByOthers, hasNewerPulled, readForStore, readFromPostgres, TOP, verify } from "@/lib/feed/skeleton";
import { listFollowers, listFollowing } from "@/lib/graph/queries";
import { listLikers, listSaved } from "@/lib/interactions/queries";
import { setLike, setSaved } from "@/lib/interactions/service";
import { hasSeenBelow, listSeen, recordSeen } from "@/lib/feed/seen";
import { forgetAccess, readAccess } from "@/lib/media/access";
import { mayReadUncut } from "@/lib/media/video/uncut";
import { countUnread, listNotifications } from "@/lib/notifications/queries";
import { closeRedis } from "@/lib/platform/redis/redis";
import { loadSession } from "@/lib/platform/viewer/session";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getPlace, getTag, listPlacePosts, listTagPosts } from "@/lib/posts/collections";
import { hydratePosts } from "@/lib/posts/hydrate";
import { readWhole } from "@/lib/posts/rows";
import { forgetSkeletons } from "@/lib/posts/skeletons";
import { flushViews } from "@/lib/posts/view-counts";
import { listPostsOf } from "@/lib/posts/queries";
import { getProfile } from "@/lib/profiles/queries";
import { searchPeople, searchPlaces, searchTags } from "@/lib/search/queries";
import { installJobs } from "@/lib/testing/jobs";
import { explain, faultsOf, statementsOf, tablesRead } from "@/lib/testing/plans";
import type { Executed } from "@/lib/testing/plan-nodes";
import { makeWorld } from "@/lib/testing/world";
import { registry as jobs } from "./jobs";

/** A page, and some more: what one request may read of a table, or sort. */
const PAGE = 1_000;
const page = { limit: 20, cursor: null };

let world: Awaited<ReturnType<typeof makeWorld>>;
let viewer: Viewer;
let newest: string[];
let middle: string;
let sizes: Map<string, number>;
const covered = new Set<string>();

type Hot = { what: string; run: () => Promise<unknown>; most?: number; why?: string; newestOnly?: boolean };

const HOT: Hot[] = [
  { what: "session", run: () => loadSession({ userId: viewer.id, sessionId: viewer.sessionId }) },
  { what: "feed, first page from Postgres", run: () => readFromPostgres(viewer.id, TOP, 24), most: 12_000, why: "the newest of each of 400 followed", newestOnly: true },
  { what: "feed, a page far down", run: () => readFromPostgres(viewer.id, middle, 24), most: 12_000, why: "the newest of each of 400 followed" },
  { what: "feed for the store", run: () => readForStore(viewer.id, 800), most: 60_000, why: "a whole feed of 800 from 400 followed, once a month for each reader" },
  { what: "feed verified", run: () => verify(viewer.id, newest, newest.at(-1)!, TOP, 24), newestOnly: true },
  { what: "newer posts", run: async () => [await hasNewerPulled(viewer.id, newest[3]!), await countByOthers(viewer.id, newest)], newestOnly: true },
  { what: "posts hydrated", run: async () => { forgetSkeletons(); for (const who of [viewer, null]) await hydratePosts(who, newest); }, newestOnly: true },
  { what: "posts read whole", run: async () => [await readWhole(viewer.id, `{${newest.join(",")}}`, "primary"), await readWhole(null, `{${newest.join(",")}}`, "primary")], newestOnly: true },
  { what: "old posts hydrated", run: () => hydratePosts(viewer, [middle]) },
  { what: "profile", run: () => getProfile(viewer, world.star) },
  { what: "profile grid", run: async () => [await listPostsOf(viewer, world.star, page), await listPostsOf(null, world.star, page)], newestOnly: true },
  { what: "own profile grid", run: () => listPostsOf({ id: world.star }, world.star, page), newestOnly: true },
  { what: "tag page", run: async () => [await getTag("tag1"), await listTagPosts(viewer, "tag1", page), await listTagPosts(null, "tag1", page)] },
  { what: "tag page, top", run: async () => [await listTagPosts(viewer, "tag1", page, "top"), await listTagPosts(null, "tag1", page, "top")] },
  { what: "place page", run: async () => { for (const who of [viewer, null]) for (const sort of ["recent", "top"] as const) await listPlacePosts(who, await place(), page, sort); await getPlace(viewer, await place()); } },
  { what: "likers", run: () => listLikers(viewer, newest[0]!, page) },
  { what: "comments", run: () => listComments(viewer, newest[0]!, page) },
  { what: "followers and followed", run: async () => [await listFollowers(viewer, world.star, page), await listFollowing(viewer, world.reader, page)] },
  { what: "saved", run: () => listSaved(viewer, page) },
  { what: "notifications", run: () => listNotifications({ ...viewer, id: world.star }, page) },
  { what: "unread", run: () => countUnread({ ...viewer, id: world.star }), most: 2_000, why: "counting stops at 100 groups, each with its actors" },
  { what: "people found", run: async () => [await searchPeople(viewer, "name12", page), await searchPeople(null, "name12", page), await searchPeople(viewer, "nmae12", page)] },
  { what: "tags and places found", run: async () => [await searchTags(viewer, "tag12", page), await searchPlaces(viewer, "place a1", page), await searchPlaces(null, "place a1", page)] },
  { what: "explore", run: async () => [await listExplore(viewer, page), await listExplore(null, page)], most: 55_000, why: "the ranking, made once in seconds for everybody, weighs up to 50,000 posts" },
  { what: "suggested people", run: () => listSuggestedPeople(viewer, 5), most: 30_000, why: "whom 200 of the followed follow" },
  { what: "media access", run: async () => { forgetAccess(); await readAccess(await photo(), viewer.id, "v1"); await readAccess(await photo(), null, "v1"); } },
  { what: "like and save", run: async () => { for (const on of [true, false]) { await setLike(viewer, newest[1]!, on); await setSaved(viewer, newest[1]!, on); } } },
  { what: "likes of many at once", run: async () => { const post = await postOf(world.star); await Promise.all([world.reader, world.star].flatMap((id) => [true, false, true].map((on) => setLike({ ...viewer, id }, post, on)))); } },
  { what: "posts seen and views", run: async () => [await recordSeen(viewer, newest), await flushViews(), await listSeen(viewer, newest), await hasSeenBelow(viewer, newest[0]!)] },
  { what: "for you", run: async () => { const first = await getRankedFeed(viewer, page); await getRankedFeed(viewer, { limit: 20, cursor: readRankingCursor(first.nextCursor!) }); await recallRanking(viewer.id, "1"); }, most: 60_000, why: "candidates by 400 followed and their friends" },
  { what: "uncut video", run: async () => mayReadUncut({ id: await photo(), version: "v1" }, viewer.id) },
  { what: "fan-out into batches", run: async () => fanOut(await postOf(world.star)), most: 3_500, why: "all active followers, by an index, once for each post" },
  { what: "fan-out batch", run: async () => [await fanOutTo(newest[0]!, { from: "0", to: null }), await takeBackFrom(newest[0]!, world.star, { from: "0", to: null })], most: 3_500, why: "a batch is up to 1,000 followers; here all 3,000 people are one" },
];

const place = async () => (await sqlClient()<{ place_id: string }[]>`select place_id::text from posts where place_id is not null and status = 'published' and deleted_at is null group by 1 order by count(*) desc limit 1`)[0]!.place_id;
const postOf = async (author: string) => (await sqlClient()<{ id: string }[]>`select id::text from posts where author_id = ${author}::bigint and status = 'published' and deleted_at is null and audience = 'everyone' limit 1`)[0]!.id;
const photo = async () => (await sqlClient()<{ id: string }[]>`select id::text from media where post_id = ${newest[0]!}::bigint`)[0]!.id;
const isOld = (table: string) => {
  const month = /^posts_(\d{4})_(\d\d)$/.exec(table);
  return table === "posts_before" || (month !== null && Date.UTC(Number(month[1]), Number(month[2]), 1) < Date.now() - 60 * 86_400_000);
};

/** Statements that are sent only where there is a read replica, with values for their arguments. */
const BESIDE_A_REPLICA = async (): Promise<Record<string, Record<string, unknown>>> => {
  const [ids, people, places] = [newest, [world.star, world.reader], [await place()]].map((list) => `{${list.join(",")}}`);
  return {
    "posts judged for a viewer": { viewer: viewer.id, ids }, "posts judged signed out": { ids }, "feed posts judged": { viewer: viewer.id, ids },
    "profile judged for a viewer": { viewer: viewer.id, user: world.star }, "profile judged signed out": { user: world.star },
    "people judged for a viewer": { viewer: viewer.id, ids: people }, "people judged signed out": { ids: people },
    "places judged for a viewer": { viewer: viewer.id, ids: places }, "places judged signed out": { ids: places },
    "write noted": { user: viewer.id },
  };
};

/** Modules with prepared statements, found by their text, so that none is forgotten. */
async function loadAll(): Promise<void> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => /(?<!\.test)\.ts$/.test(file));
  for (const file of files) if (/\bprepared</.test(readFileSync(join(import.meta.dirname, file), "utf8"))) await import(/* @vite-ignore */ join(import.meta.dirname, file));
}

const nameOf = (text: string) => [...statements].find(([, rendered]) => rendered().text === text)?.[0];

describe("every hot statement", () => {
  beforeAll(async () => {
    await installJobs(jobs);
    world = await makeWorld();
    viewer = { id: world.reader, username: "x", fullName: "x", role: "member", isPrivate: false, sessionId: world.session, avatarMediaId: null, avatarVersion: null };
    newest = (await readFromPostgres(viewer.id, TOP, 24)).ids;
    [{ id: middle }] = await db().execute<{ id: string }>("select id from posts where status = 'published' and deleted_at is null order by id offset 30000 limit 1") as unknown as [{ id: string }];
    const rows = await sqlClient()<{ name: string; rows: number }[]>`select relname as name, reltuples::float8 as rows from pg_class where relkind in ('r', 'p')`;
    sizes = new Map(rows.map(({ name, rows: count }) => [name, count]));
    await loadAll();
  }, 300_000);
  afterAll(() => closeRedis());

  it.each(HOT)("$what: no big table from end to end, no more than a page sorted", async ({ what, run, most = PAGE, newestOnly = false }) => {
    const sent = await statementsOf(run);
    expect(sent.length).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const one of sent) {
      const name = nameOf(one.text);
      if (name) covered.add(name);
      const plan = await explain(one);
      faults.push(...faultsOf(plan, sizes, most).map((fault) => `${name ?? start(one)}: ${fault}`));
      if (newestOnly) faults.push(...tablesRead(plan).filter(isOld).map((table) => `${name ?? start(one)}: looks into ${table}`));
    }
    expect({ [what]: faults }).toEqual({ [what]: [] });
  }, 60_000);

  it("is as frugal where it judges what a replica gave", async () => {
    for (const [name, values] of Object.entries(await BESIDE_A_REPLICA())) {
      const { text, names } = statements.get(name)!();
      expect({ [name]: faultsOf(await explain({ text, values: names.map((arg) => values[arg]), isPrepared: true }), sizes, PAGE) }).toEqual({ [name]: [] });
      covered.add(name);
    }
  });

  it("is among them: a prepared statement that no line of the list sends is a line that is missing", () => {
    expect([...statements.keys()].filter((name) => !covered.has(name))).toEqual([]);
    expect(statements.size).toBeGreaterThan(25);
  });

  it("weighs posts for explore by an index", async () => {
    for (const one of await statementsOf(() => rankPosts())) expect(faultsOf(await explain(one), sizes, 55_000)).toEqual([]);
  });
});

const start = ({ text }: Executed) => text.trim().replace(/\s+/g, " ").slice(0, 80);
