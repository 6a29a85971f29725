import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { setRepost, removeRepost } from "@/lib/interactions/reposts";
import { redis } from "@/lib/platform/redis/redis";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { feedPages } from "@/lib/testing/feed-pages";
import { fill } from "./fill";
import { getHomeFeed } from "./queries";

process.env.LIMIT_REPOSTS_PER_HOUR = "100000";

const pages = async (viewer: Viewer, limit: number) => (await feedPages(viewer, limit)).map(({ id, repost }) => ({ id, ...(repost ? { by: repost.user.id, note: repost.note } : {}) }));

describe("reposts in the feed", () => {
  let reader: Viewer, ada: Viewer, bo: Viewer, stranger: Viewer;
  beforeEach(async () => {
    [reader, ada, bo, stranger] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, ada);
    await makeFollow(reader, bo);
  });

  it("stand where they were reposted, the same from Redis and from Postgres, however the pages are cut", async () => {
    const far = await makePost(stranger);
    const first = await makePost(ada);
    await setRepost(bo, far, "From afar");
    const second = await makePost(bo);
    const other = await makePost(stranger);
    await setRepost(ada, other, "");
    const expected = [{ id: other, by: ada.id, note: "" }, { id: second }, { id: far, by: bo.id, note: "From afar" }, { id: first }];
    await redis()!.flushdb();
    for (const limit of [1, 2, 3, 20]) expect(await pages(reader, limit)).toEqual(expected);
    await fill(reader.id, null);
    for (const limit of [1, 2, 3, 20]) expect(await pages(reader, limit)).toEqual(expected);
    expect((await getHomeFeed(reader, { limit: 2, cursor: null, offset: 1 })).items.map(({ id }) => id)).toEqual([second, far]);
  });

  it("show a post once: by its author where one follows them, else by who reposted it last", async () => {
    const [adas, far] = [await makePost(ada), await makePost(stranger)];
    await setRepost(bo, adas, "hers");
    await setRepost(ada, far, "first");
    await setRepost(bo, far, "then");
    for (const limit of [1, 20]) expect(await pages(reader, limit)).toEqual([{ id: far, by: bo.id, note: "then" }, { id: adas }]);
    // The newest counts only while whoever reposted it is there.
    await db().execute(sql`update users set deactivated_at = now() where id = ${bo.id}::bigint`);
    expect(await pages(reader, 20)).toEqual([{ id: far, by: ada.id, note: "first" }, { id: adas }]);
    await db().execute(sql`update users set deactivated_at = null where id = ${bo.id}::bigint`);
    await removeRepost(bo, far);
    expect(await pages(reader, 20)).toEqual([{ id: far, by: ada.id, note: "first" }, { id: adas }]);
    // In the feed as ada's, too, it is no repost of bo's.
    const together = await makePost(stranger);
    await db().execute(sql`insert into collaborators (post_id, user_id, state) values (${together}::bigint, ${ada.id}::bigint, 'accepted')`);
    await setRepost(bo, together, "");
    await redis()!.flushdb();
    for (const limit of [1, 20]) expect(await pages(reader, limit)).toEqual([{ id: together }, { id: far, by: ada.id, note: "first" }, { id: adas }]);
  });

  it("are not of one's own posts, and go when taken back, narrowed, deleted, muted, declined or blocked", async () => {
    const mine = await makePost(reader);
    await setRepost(ada, mine, "");
    expect(await pages(reader, 20)).toEqual([{ id: mine }]);
    const far = await makePost(stranger);
    await setRepost(ada, far, "");
    const isThere = async () => (await pages(reader, 20)).some(({ id }) => id === far);
    const changes: [string, ReturnType<typeof sql>, ReturnType<typeof sql>][] = [
      ["private", sql`update users set is_private = true where id = ${stranger.id}::bigint`, sql`update users set is_private = false where id = ${stranger.id}::bigint`],
      ["followers only", sql`update posts set audience = 'followers' where id = ${far}::bigint`, sql`update posts set audience = 'everyone' where id = ${far}::bigint`],
      ["archived", sql`update posts set archived_at = now() where id = ${far}::bigint`, sql`update posts set archived_at = null where id = ${far}::bigint`],
      ["deleted", sql`update posts set deleted_at = now() where id = ${far}::bigint`, sql`update posts set deleted_at = null where id = ${far}::bigint`],
      ["author muted", sql`insert into mutes (muter_id, muted_id) values (${reader.id}::bigint, ${stranger.id}::bigint)`, sql`delete from mutes where muter_id = ${reader.id}::bigint`],
      ["reposter muted", sql`insert into mutes (muter_id, muted_id) values (${reader.id}::bigint, ${ada.id}::bigint)`, sql`delete from mutes where muter_id = ${reader.id}::bigint`],
      ["author blocks the reader", sql`insert into blocks (blocker_id, blocked_id) values (${stranger.id}::bigint, ${reader.id}::bigint)`, sql`delete from blocks where blocker_id = ${stranger.id}::bigint`],
      ["author blocks the reposter", sql`insert into blocks (blocker_id, blocked_id) values (${stranger.id}::bigint, ${ada.id}::bigint)`, sql`delete from blocks where blocker_id = ${stranger.id}::bigint`],
      ["reposter away", sql`update users set deactivated_at = now() where id = ${ada.id}::bigint`, sql`update users set deactivated_at = null where id = ${ada.id}::bigint`],
      ["declined", sql`insert into feed_feedback (user_id, kind, subject_id, author_id) values (${reader.id}::bigint, 'not_interested', ${far}::bigint, ${stranger.id}::bigint)`, sql`delete from feed_feedback where user_id = ${reader.id}::bigint`],
      ["not followed", sql`delete from follows where follower_id = ${reader.id}::bigint and followee_id = ${ada.id}::bigint`, sql`insert into follows (follower_id, followee_id, state) values (${reader.id}::bigint, ${ada.id}::bigint, 'active')`],
    ];
    for (const [what, gone, back] of changes) {
      await db().execute(gone);
      expect([what, await isThere()]).toEqual([what, false]);
      await db().execute(back);
      expect([`${what} no more`, await isThere()]).toEqual([`${what} no more`, true]);
    }
    await removeRepost(ada, far);
    expect(await isThere()).toBe(false);
  });

  it("reach past many that do not stand, and nobody who does not follow", async () => {
    const hidden = await makeUser();
    const good = await makePost(stranger);
    await setRepost(ada, good, "kept");
    for (let i = 0; i < 30; i++) await setRepost(ada, await makePost(hidden), "");
    await makeBlock(hidden, reader);
    expect(await pages(reader, 3)).toEqual([{ id: good, by: ada.id, note: "kept" }]);
    expect(await pages(await makeUser(), 3)).toEqual([]);
  });
});
