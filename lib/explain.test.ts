import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db, sqlClient } from "@/db/client";
import { statements, valueOf } from "@/db/prepared";
import { getAddress } from "@/lib/accounts/email";
import { listComments } from "@/lib/comments/queries";
import { readOlder } from "@/lib/comments/relevance";
import { countWaiting, listWaiting } from "@/lib/comments/waiting";
import { listExplore } from "@/lib/explore/queries";
import { rankPosts } from "@/lib/explore/ranking";
import { listSuggestedPeople } from "@/lib/explore/suggestions";
import { fanOut, fanOutTo, takeBackFrom } from "@/lib/feed/fan-out";
import { getFavouritesFeed } from "@/lib/feed/favourites";
import { listFeedReposts } from "@/lib/feed/reposts";
import { getRankedFeed } from "@/lib/feed/ranked";
import { recallRanking } from "@/lib/feed/rankings";
import { readRankingCursor } from "@/lib/feed/schemas";
import { countByOthers, hasNewerPulled, readForStore, readFromPostgres, TOP, verify } from "@/lib/feed/skeleton";
import { withCountsAs } from "@/lib/graph/uncounted";
import { listFollowers, listFollowing } from "@/lib/graph/queries";
import { listCollectionPosts, listCollections, listInvitations } from "@/lib/interactions/collection-queries";
import { listLikers, listReactions, listReactors, listSaved } from "@/lib/interactions/queries";
import { listOwnRepostsAs, listReposts } from "@/lib/interactions/repost-queries";
import { setLike, setSaved } from "@/lib/interactions/service";
import { hasSeenBelow, listSeen, recordSeen } from "@/lib/feed/seen";
import { forgetAccess, readAccess } from "@/lib/media/access";
import { mayReadUncut } from "@/lib/media/video/uncut";
import { countUnreadThreads, hydrateThreads, listMessages, listThreads } from "@/lib/messages/queries";
import { markRead } from "@/lib/messages/change";
import { settleSeen } from "@/lib/messages/vanishing";
import { lowerAcross, lowerThreads } from "@/lib/messages/write";
import { searchMessages } from "@/lib/messages/search";
import { tellMilestone } from "@/lib/notifications/milestones";
import { countUnread, listNotifications } from "@/lib/notifications/queries";
import { Leases, listDueQueues } from "@/lib/platform/jobs/leases";
import type { Stream } from "@/lib/platform/realtime/stream";
import { closeRedis } from "@/lib/platform/redis/redis";
import { loadSession } from "@/lib/platform/viewer/session";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { A_FOLLOWER } from "@/lib/platform/visibility/visibility";
import { getPlace, getTag, isPlaceIndexed, listPlacePosts, listTagPosts } from "@/lib/posts/collections";
import { hydrateDeleted, hydratePosts } from "@/lib/posts/hydrate";
import { listRefused } from "@/lib/posts/mentions";
import { readWhole } from "@/lib/posts/rows";
import { forgetSkeletons } from "@/lib/posts/skeletons";
import { listArchived, listDeleted } from "@/lib/posts/restore";
import { listDue, listScheduled } from "@/lib/posts/scheduled";
import { flushViews } from "@/lib/posts/view-counts";
import { listOwnPinnedAs, listPinned } from "@/lib/posts/pins";
import { listOwnPostsAs, listPostsOf } from "@/lib/posts/queries";
import { readCollaborators } from "@/lib/posts/shown-collaborators";
import { readPeople } from "@/lib/posts/shown-people";
import { listOwnTaggedAs, listTagged } from "@/lib/posts/tagged";
import { listVersions } from "@/lib/posts/versions";
import { getProfile, listUsers, resolveUsername } from "@/lib/profiles/queries";
import { getSelfAs } from "@/lib/profiles/view-as";
import { tellMessages, tellTyping } from "@/lib/realtime/message";
import { tellFeed, tellUnread } from "@/lib/realtime/person";
import { tellComments, tellCounts } from "@/lib/realtime/post";
import { listWatchable } from "@/lib/realtime/stream";
import { searchPeople, searchPlaces, searchTags } from "@/lib/search/queries";
import { installJobs } from "@/lib/testing/jobs";
import { explain, faultsOf, statementsOf, tablesRead } from "@/lib/testing/plans";
import { type Executed, type PlanNode, walk } from "@/lib/testing/plan-nodes";
import { makeWorld } from "@/lib/testing/world";
import { registry as jobs } from "./jobs";

/** A page, and some more: what one request may read of a table, or sort. */
const PAGE = 1_000;
const page = { limit: 20, cursor: null };

/** Tables that are small everywhere: authors with very many followers, rankings of some hours, changes of some seconds. Of the queue, which keeps what is done for days, leases.test.ts tells. */
const FEW = new Set(["feed_authors", "explore_snapshots", "count_deltas", "job", "job_common", "queue", "subscription"]);

let world: Awaited<ReturnType<typeof makeWorld>>;
let viewer: Viewer;
let newest: string[];
let middle: string;
/** Somebody who follows half of everybody. */
let collector: string;
let sizes: Map<string, number>;
/** Of each partition, the table that it is a part of. */
let wholes: Map<string, string>;
const covered = new Set<string>();

type Hot = { what: string; run: () => Promise<unknown>; most?: number; why?: string; newestOnly?: boolean };

const HOT: Hot[] = [
  { what: "session", run: () => loadSession({ userId: viewer.id, sessionId: viewer.sessionId }) },
  { what: "feed, first page from Postgres", run: () => readFromPostgres(viewer.id, TOP, 24), most: 12_000, why: "the newest of each of 400 followed", newestOnly: true },
  { what: "feed, reposts of the followed", run: async () => [await listFeedReposts(viewer.id, TOP, newest.at(-1)!, 21), await listFeedReposts(viewer.id, middle, "0", 21)], most: 12_000, why: "the newest of each of 400 followed" },
  { what: "reposts of a person", run: async () => [await listReposts(viewer, await reposter(), page), await listReposts(null, await reposter(), page)] },
  { what: "reactions and who reacted", run: async () => [await listReactions(viewer, newest[0]!), await listReactors(viewer, newest[0]!, "🔥", page)], most: 3_000, why: "each of 400 followed is looked up" },
  { what: "collections", run: async () => [await listCollections(viewer, page, newest[0]), await listInvitations(viewer, page)], most: 2_000, why: "counting stops at 100 in each" },
  { what: "posts of a collection", run: async () => listCollectionPosts(viewer, await collection(), page) },
  { what: "feed, a page far down", run: () => readFromPostgres(viewer.id, middle, 24), most: 12_000, why: "the newest of each of 400 followed" },
  { what: "feed for the store", run: () => readForStore(viewer.id, 800), most: 60_000, why: "a whole feed of 800 from 400 followed, once a month for each reader" },
  { what: "feed verified", run: () => verify(viewer.id, newest, newest.at(-1)!, TOP, 24), newestOnly: true },
  { what: "feed verified again", run: async () => { for (let turn = 0; turn < 2; turn++) await verify(viewer.id, newest, newest.at(-1)!, TOP, 24, { build: "one" }); }, newestOnly: true },
  { what: "feed of somebody who follows many", run: async () => [await readFromPostgres(collector, TOP, 24), await readFromPostgres(collector, middle, 24), await hasNewerPulled(collector, newest[3]!)], most: 12_000, why: "4,000 posts of everybody, and else the newest of each of 1,500 followed" },
  { what: "feed of somebody who follows many, verified", run: () => verify(collector, newest, newest.at(-1)!, TOP, 24), newestOnly: true },
  { what: "newer posts", run: async () => [await hasNewerPulled(viewer.id, newest[3]!), await countByOthers(viewer.id, newest)], newestOnly: true },
  { what: "posts hydrated", run: async () => { forgetSkeletons(); for (const who of [viewer, null]) await hydratePosts(who, newest); }, newestOnly: true },
  { what: "numbers for somebody with blocks", run: async () => { const [who, post] = [await blocker(), await discussed()]; for (const list of [newest, [post]]) await hydratePosts(who, list); await listComments(who, post, page); await listFollowers(who, world.star, page); await listReactions(who, post); await setLike(who, post, true); } },
  { what: "posts read whole", run: async () => [await readWhole(viewer.id, `{${newest.join(",")}}`, "primary"), await readWhole(null, `{${newest.join(",")}}`, "primary")], newestOnly: true },
  { what: "old posts hydrated", run: () => hydratePosts(viewer, [middle]) },
  { what: "address of an account", run: () => getAddress(viewer) },
  { what: "profile", run: async () => [await resolveUsername("name12"), await getProfile(viewer, world.star), await getProfile(null, world.star), await listUsers(viewer, [world.star, world.reader])] },
  { what: "profile grid", run: async () => [await listPostsOf(viewer, world.star, page), await listPostsOf(null, world.star, page)], newestOnly: true },
  { what: "pinned posts", run: async () => [await listPinned(viewer, world.star), await listPinned(null, world.star), await listOwnPinnedAs({ id: world.star }, A_FOLLOWER)] },
  { what: "tagged posts", run: async () => [await listTagged(viewer, world.star, page), await listTagged(null, world.star, page)] },
  { what: "earlier versions of a post", run: async () => [await listVersions(viewer, newest[0]!), await listVersions(null, await postOf(world.star))] },
  { what: "archive and recently deleted", run: async () => [await listArchived({ id: world.star }, page), await listDeleted({ id: world.star }, page)] },
  { what: "scheduled posts, and those whose time has come", run: async () => [await listScheduled({ id: world.star }), await listDue()] },
  { what: "people on photos", run: async () => [await readPeople(viewer, newest), await readPeople(null, newest)] },
  { what: "collaborators", run: async () => [await readCollaborators(viewer, newest), await readCollaborators(null, newest)] },
  { what: "own profile grid", run: () => listPostsOf({ id: world.star }, world.star, page), newestOnly: true },
  { what: "own profile as a follower and as a person", run: async () => [await getSelfAs({ ...viewer, id: world.star }, "follower"), await withCountsAs(viewer.id, (await getProfile(viewer, world.star))!)] },
  { what: "own profile grid as a follower and as a person", run: async () => [await listOwnPostsAs({ id: world.star }, A_FOLLOWER, page), await listOwnPostsAs({ id: world.star }, viewer.id, page)], newestOnly: true },
  { what: "own tagged posts as a follower and as a person", run: async () => [await listOwnTaggedAs({ id: world.star }, A_FOLLOWER, page), await listOwnTaggedAs({ id: world.star }, viewer.id, page)] },
  { what: "own reposts as a person", run: async () => listOwnRepostsAs({ id: await reposter() }, viewer.id, page) },
  { what: "deleted posts", run: () => hydrateDeleted({ id: world.star }, newest) },
  { what: "favourites’ posts", run: () => getFavouritesFeed(viewer, page), most: 2_200, why: "a page of each of 50 favourites, and of what they made with others" },
  { what: "tag page", run: async () => [await getTag("tag1"), await listTagPosts(viewer, "tag1", page), await listTagPosts(null, "tag1", page), await listTagPosts(null, "tag1", { ...page, indexed: true })] },
  { what: "tag page, top", run: async () => [await listTagPosts(viewer, "tag1", page, "top"), await listTagPosts(null, "tag1", page, "top"), await listTagPosts(null, "tag1", { ...page, indexed: true }, "top")] },
  { what: "place page", run: async () => { for (const who of [viewer, null]) for (const sort of ["recent", "top"] as const) for (const indexed of [false, true]) await listPlacePosts(who, await place(), { ...page, indexed }, sort); await getPlace(viewer, await place()); await isPlaceIndexed(await place()); } },
  { what: "likers", run: () => listLikers(viewer, newest[0]!, page) },
  { what: "comments", run: async () => [await listComments(viewer, newest[0]!, page), await listComments(viewer, newest[0]!, { ...page, sort: "relevance" }), await listComments(null, newest[0]!, { ...page, sort: "relevance" }), await readOlder(viewer.id, newest[0]!, Date.now(), TOP, 20), await readOlder(null, newest[0]!, Date.now(), TOP, 20)] },
  { what: "comments that wait, and how many", run: async () => { const star = { ...viewer, id: world.star }; return [await listWaiting(star, { ...page, state: "pending" }), await listWaiting(star, { ...page, state: "hidden" }), await countWaiting(star)]; } },
  { what: "mentions refused", run: () => listRefused([{ writerId: viewer.id, names: ["name12", "name13"] }]) },
  { what: "followers and followed", run: async () => [await listFollowers(viewer, world.star, page), await listFollowing(viewer, world.reader, page)] },
  { what: "saved", run: () => listSaved(viewer, page) },
  { what: "notifications", run: () => listNotifications({ ...viewer, id: world.star }, page) },
  { what: "notifications of a tab", run: async () => { for (const show of ["likes", "comments", "follows"] as const) await listNotifications({ ...viewer, id: world.star }, page, show); } },
  { what: "unread", run: () => countUnread({ ...viewer, id: world.star }), most: 2_000, why: "counting stops at 100 groups, each with its actors" },
  { what: "events told", run: async () => { const watching = [watcher()]; await tellCounts([{ event: "post", id: newest[0]! }], watching); await tellComments([{ event: "comment", id: newest[0]!, of: await comment(), gone: true }], watching); await tellFeed(newest.slice(0, 3).map((id) => ({ event: "feed", id })), watching); await listWatchable(viewer.id, newest); }, newestOnly: true },
  { what: "unread told", run: () => tellUnread([{ event: "notification", id: world.star }], [watcher()]), most: 2_000, why: "counting stops at 100 groups, each with its actors" },
  { what: "conversations and unread ones", run: async () => { await listThreads(viewer, "inbox", page); await hydrateThreads(viewer, [await thread()]); await countUnreadThreads(viewer); }, most: 40_000, why: "of each of 20 conversations the people, who wrote last first, and unread ones to 100" },
  { what: "messages", run: async () => { const id = await thread(); const { messages } = (await listMessages(viewer, id, { limit: 30 }))!; await listMessages(viewer, id, { around: messages[0]!.id, limit: 30 }); } },
  { what: "messages found", run: () => searchMessages(viewer, { ...page, q: "words harb" }), most: 60_000, why: "the word in each of a thousand conversations, by one index" },
  { what: "messages told", run: async () => { const id = await thread(); const [one] = (await listMessages(viewer, id, { limit: 1 }))!.messages; const news = [{ event: "message", id, of: one!.id, what: "sent" }] as const; await tellMessages(news, [watcher()]); await tellMessages(news, Array.from({ length: 30 }, watcher)); await tellTyping([{ event: "typing", id, of: world.star }], [watcher()]); } },
  { what: "messages read, gone, and of whom it depends", run: async () => { const id = await thread(); const [one] = (await listMessages(viewer, id, { limit: 1 }))!.messages; await markRead(viewer, id, one!.id); await lowerThreads(db(), [one!.id]); await lowerAcross(db(), id, [viewer.id]); await settleSeen(db(), id); } },
  { what: "people found", run: async () => [await searchPeople(viewer, "name12", page), await searchPeople(null, "name12", page), await searchPeople(viewer, "nmae12", page)] },
  { what: "tags and places found", run: async () => [await searchTags(viewer, "tag12", page), await searchPlaces(viewer, "place a1", page), await searchPlaces(null, "place a1", page)] },
  { what: "explore", run: async () => [await listExplore(viewer, page), await listExplore(null, page)], most: 55_000, why: "the ranking, made once in seconds for everybody, weighs up to 50,000 posts" },
  { what: "suggested people", run: () => listSuggestedPeople(viewer, 5), most: 30_000, why: "whom 200 of the followed follow" },
  { what: "media access", run: async () => { forgetAccess(); await readAccess(await photo(), viewer.id, "v1"); await readAccess(await photo(), null, "v1"); } },
  { what: "like and save", run: async () => { for (const on of [true, false]) { await setLike(viewer, newest[1]!, on); await setSaved(viewer, newest[1]!, on); } } },
  { what: "queues with jobs that are due, and whether a number was told", run: async () => [await listDueQueues(jobs.map(({ name }) => name)), await tellMilestone({ userId: world.star, of: "followers", count: 10 })] },
  { what: "jobs taken and done", run: async () => { const [name, leases] = [jobs[0]!.name, new Leases({} as PgBoss)]; await db().execute(`insert into pgboss.job (name, data) select '${name}', '{}' from generate_series(1, 9)`); await leases.complete(name, await leases.take(name, 8)); } },
  { what: "likes of many at once", run: async () => { const post = await postOf(world.star); await Promise.all([world.reader, world.star].flatMap((id) => [true, false, true].map((on) => setLike({ ...viewer, id }, post, on)))); } },
  { what: "posts seen and views", run: async () => [await recordSeen(viewer, newest), await flushViews(), await listSeen(viewer, newest), await hasSeenBelow(viewer, newest[0]!)] },
  { what: "for you", run: async () => { const first = await getRankedFeed(viewer, page); await getRankedFeed(viewer, { limit: 20, cursor: readRankingCursor(first.nextCursor!) }); await recallRanking(viewer.id, "1"); }, most: 60_000, why: "candidates by 400 followed and their friends" },
  { what: "uncut video", run: async () => mayReadUncut({ id: await photo(), version: "v1" }, viewer.id) },
  { what: "fan-out into batches", run: async () => fanOut(await postOf(world.star)), most: 3_500, why: "all active followers, by an index, once for each post" },
  { what: "fan-out batch", run: async () => [await pushed(world.star), await fanOutTo(await postOf(world.star), { of: world.star, from: "0", to: null }), await takeBackFrom(newest[0]!, { of: world.star, from: "0", to: null })], most: 3_500, why: "a batch is up to 1,000 followers; here all 3,000 people are one" },
];

const pushed = (author: string) => sqlClient()`delete from feed_authors where author_id = ${author}::bigint`;
const blocker = async () => ({ ...viewer, id: (await sqlClient()<{ id: string }[]>`select blocker_id::text as id from blocks group by 1 order by count(*) desc limit 1`)[0]!.id });
const discussed = async () => (await sqlClient()<{ id: string }[]>`select p.id::text from posts p join users u on u.id = p.author_id and not u.is_private join comments c on c.post_id = p.id
  where p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience = 'everyone' and not exists (select 1 from blocks b where p.author_id in (b.blocker_id, b.blocked_id)) group by 1 order by count(*) desc limit 1`)[0]!.id;
const followed = async () => (await sqlClient()<{ id: string }[]>`select followee_id::text as id from follows where follower_id = ${collector}::bigint and state = 'active' limit 1`)[0]!.id;
const stranger = async () => (await sqlClient()<{ id: string }[]>`select u.id::text from users u where not u.is_private and u.id <> ${collector}::bigint and not exists (select 1 from follows where follower_id = ${collector}::bigint and followee_id = u.id)
  and not exists (select 1 from blocks where ${collector}::bigint in (blocker_id, blocked_id) and u.id in (blocker_id, blocked_id)) limit 1`)[0]!.id;
const watcher = () => ({ listening: { viewerId: viewer.id, sessionId: viewer.sessionId, postIds: newest } }) as unknown as Stream;
const thread = async () => (await sqlClient()<{ id: string }[]>`select thread_id::text as id from thread_members where user_id = ${viewer.id}::bigint order by last_id desc limit 1`)[0]!.id;
const comment = async () => (await sqlClient()<{ id: string }[]>`select id::text from comments where post_id = ${newest[0]!}::bigint limit 1`)[0]?.id ?? "1";
const reposter = async () => (await sqlClient()<{ user_id: string }[]>`select user_id::text from reposts group by 1 order by count(*) desc limit 1`)[0]!.user_id;
const place = async () => (await sqlClient()<{ place_id: string }[]>`select place_id::text from posts where place_id is not null and status = 'published' and deleted_at is null and archived_at is null group by 1 order by count(*) desc limit 1`)[0]!.place_id;
const collection = async () => (await sqlClient()<{ id: string }[]>`select c.id::text from collections c join collection_posts p on p.collection_id = c.id where c.owner_id = ${viewer.id}::bigint group by 1 order by count(*) desc limit 1`)[0]!.id;
const postOf = async (author: string) => (await sqlClient()<{ id: string }[]>`select id::text from posts where author_id = ${author}::bigint and status = 'published' and deleted_at is null and archived_at is null and audience = 'everyone' limit 1`)[0]!.id;
const photo = async () => (await sqlClient()<{ id: string }[]>`select id::text from media where post_id = ${newest[0]!}::bigint`)[0]!.id;
/** Tables of which a plan could read all unnoticed. */
const tooFew = (plan: PlanNode) => [...new Set(walk(plan).flatMap((node) => node["Relation Name"] ?? []))].map((table) => wholes.get(table) ?? table).filter((table) => !FEW.has(table) && (sizes.get(table) ?? 0) <= PAGE);
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

/** Statements that are sent within transactions, with values for their arguments. */
const WITHIN_TRANSACTIONS = async (): Promise<Record<string, Record<string, unknown>>> => {
  const post = (await sqlClient()<{ id: string }[]>`select id::text from posts where author_id = ${world.star}::bigint and deleted_at is null order by like_count desc limit 1`)[0]!.id;
  return { "lock of who is told of likes": { post }, "likes to tell of and to take back": { post, people: `{${[world.reader, collector].join(",")}}` },
    follow: { follower: collector, followee: await stranger() }, unfollow: { follower: collector, followee: await followed() } };
};

/** Modules with prepared statements, found by their text, so that none is forgotten. */
async function loadAll(): Promise<void> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((file) => /(?<!\.test)\.ts$/.test(file));
  for (const file of files) if (/\bprepared(?:Within)?</.test(readFileSync(join(import.meta.dirname, file), "utf8"))) await import(/* @vite-ignore */ join(import.meta.dirname, file));
}

const nameOf = (text: string) => [...statements].find(([, rendered]) => rendered().text === text)?.[0];

describe("every hot statement", () => {
  beforeAll(async () => {
    await installJobs(jobs);
    world = await makeWorld();
    viewer = { id: world.reader, username: "x", fullName: "x", role: "member", isPrivate: false, sessionId: world.session, avatarMediaId: null, avatarVersion: null };
    newest = (await readFromPostgres(viewer.id, TOP, 24)).ids;
    [{ id: middle }] = await db().execute<{ id: string }>("select id from posts where status = 'published' and deleted_at is null and archived_at is null order by id offset 30000 limit 1") as unknown as [{ id: string }];
    [{ id: collector }] = await db().execute<{ id: string }>("select id from users where username = 'name900'") as unknown as [{ id: string }];
    await db().execute(`insert into follows (follower_id, followee_id, state) select ${collector}, id, 'active' from users where username like 'name%' and id % 2 = 0 and id <> ${collector} on conflict do nothing`);
    await db().execute("insert into milestones (user_id, subject_id, count) select id, id, 10 from users");
    await db().execute("analyze milestones");
    const rows = await sqlClient()<{ name: string; rows: number }[]>`select relname as name, reltuples::float8 as rows from pg_class where relkind in ('r', 'p')`;
    sizes = new Map(rows.map(({ name, rows: count }) => [name, count]));
    const parts = await sqlClient()<{ part: string; whole: string }[]>`select inhrelid::regclass::text as part, inhparent::regclass::text as whole from pg_inherits`;
    wholes = new Map(parts.map(({ part, whole }) => [part, whole]));
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
      faults.push(...tooFew(plan).map((table) => `${name ?? start(one)}: says nothing of ${table}, which has few rows`));
      faults.push(...faultsOf(plan, sizes, most).map((fault) => `${name ?? start(one)}: ${fault}`));
      if (newestOnly) faults.push(...tablesRead(plan).filter(isOld).map((table) => `${name ?? start(one)}: looks into ${table}`));
    }
    expect({ [what]: faults }).toEqual({ [what]: [] });
  }, 60_000);

  it.each([["where it judges what a replica gave", BESIDE_A_REPLICA], ["within a transaction", WITHIN_TRANSACTIONS]])("is as frugal %s", async (_, listed) => {
    for (const [name, values] of Object.entries(await listed())) {
      const { text, names } = statements.get(name)!();
      expect({ [name]: faultsOf(await explain({ text, values: names.map((name) => valueOf(name, values)), isPrepared: true }), sizes, PAGE) }).toEqual({ [name]: [] });
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
