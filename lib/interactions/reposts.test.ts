import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { foldCounts } from "@/lib/posts/counts";
import { getVisiblePost } from "@/lib/posts/queries";
import { editPost } from "@/lib/posts/edit";
import { setPrivacy } from "@/lib/privacy/service";
import { makeBlock, makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { calm } from "@/lib/testing/races";
import { listReposts } from "./repost-queries";
import { partPeople, removeRepost, setRepost } from "./reposts";
import { recordShare } from "./shares";

process.env.LIMIT_REPOSTS_PER_HOUR = "100000";
const page = { limit: 20, cursor: null };

async function counts(postId: string) {
  await foldCounts();
  const [row] = await db().execute(sql`
    select repost_count, share_count, (select count(*)::int from reposts r where r.post_id = p.id) as reposts,
      (select count(distinct user_id)::int from (select user_id from reposts r where r.post_id = p.id union select user_id from shares s where s.post_id = p.id) who) as sharers from posts p where id = ${postId}::bigint`);
  return row;
}

describe("a repost", () => {
  it("is there once, with the note said last, and counts its person once beside their shares", async () => {
    const [author, one, two] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(author);
    expect(await setRepost(one, post, "Look")).toEqual({ reposted: true, note: "Look", repost_count: 1 });
    expect(await setRepost(one, post, "Look again")).toEqual({ reposted: true, note: "Look again", repost_count: 1 });
    expect(await recordShare(one, post)).toEqual({ share_count: 1 });
    expect(await recordShare(two, post)).toEqual({ share_count: 2 });
    await recordShare(two, post);
    expect(await counts(post)).toEqual({ repost_count: 1, reposts: 1, share_count: 2, sharers: 2 });
    expect((await listReposts(two, one.id, page)).items).toMatchObject([{ id: post, repost: { user: { id: one.id }, note: "Look again" } }]);
    expect(await getVisiblePost(one, post)).toMatchObject({ is_reposted: true, can_repost: true, repost_count: 1, share_count: 2 });
    expect(await removeRepost(one, post)).toMatchObject({ reposted: false, repost_count: 0 });
    await removeRepost(one, post);
    expect(await counts(post)).toEqual({ repost_count: 0, reposts: 0, share_count: 2, sharers: 2 });
    expect((await listReposts(two, one.id, page)).items).toEqual([]);
  });

  it("is of posts for everybody, whose author wants it", async () => {
    const { owner, follower, stranger, blocked } = await makeCast();
    const hidden = await makePost(owner);
    await expect(setRepost(follower, hidden, "")).rejects.toMatchObject({ code: "forbidden" });
    for (const viewer of [stranger, blocked]) {
      await expect(setRepost(viewer, hidden, "")).rejects.toMatchObject({ code: "not_found" });
      await expect(removeRepost(viewer, hidden)).rejects.toMatchObject({ code: "not_found" });
      await expect(recordShare(viewer, hidden)).rejects.toMatchObject({ code: "not_found" });
      await expect(listReposts(viewer, owner.id, page)).rejects.toMatchObject({ code: "not_found" });
    }
    const author = await makeUser();
    const [open, narrow] = [await makePost(author), await makePost(author, { audience: "followers" })];
    await makeFollow(follower, author);
    await expect(setRepost(follower, narrow, "")).rejects.toMatchObject({ code: "forbidden" });
    await expect(setRepost(author, open, "")).rejects.toMatchObject({ code: "invalid" });
    expect(await getVisiblePost(author, open)).toMatchObject({ can_repost: false });
    await setRepost(stranger, open, "");
    const isThere = async (viewer: { id: string } | null = follower) => (await listReposts(viewer, stranger.id, page)).items.length === 1;
    expect([await isThere(), await isThere(null)]).toEqual([true, true]);
    for (const [off, on] of [
      [() => editPost(author, open, { reposts_enabled: false }), () => editPost(author, open, { reposts_enabled: true })],
      [() => setPrivacy(author, { allows_reposts: false }), () => setPrivacy(author, { allows_reposts: true })],
      [() => editPost(author, open, { audience: "followers" }), () => editPost(author, open, { audience: "everyone" })],
      [() => editPost(author, open, { is_archived: true }), () => editPost(author, open, { is_archived: false })],
    ] as const) {
      await off();
      expect(await isThere()).toBe(false);
      await expect(setRepost(stranger, open, "")).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|not_found/) });
      await on();
      expect(await isThere()).toBe(true);
    }
  });

  it("ends when its people block each other", async () => {
    const [author, fan, reader] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(author);
    await setRepost(fan, post, "");
    await makeBlock(author, fan);
    expect((await listReposts(reader, fan.id, page)).items).toEqual([]);
    await partPeople(author.id, fan.id);
    await partPeople(author.id, fan.id);
    expect(await counts(post)).toEqual({ repost_count: 0, reposts: 0, share_count: 0, sharers: 0 });
  });

  it("stays exact when hundreds repost, share, take back and the author deletes", async () => {
    const author = await makeUser();
    const people = await Promise.all(Array.from({ length: 6 }, () => makeUser()));
    const [post, doomed] = [await makePost(author), await makePost(author)];
    await Promise.all(Array.from({ length: 300 }, (_, i) => {
      const [person, which] = [people[i % 6]!, i % 2 ? post : doomed];
      if (i === 120) return db().execute(sql`update posts set deleted_at = now() where id = ${doomed}::bigint`);
      return calm([() => setRepost(person, which, String(i)), () => recordShare(person, which), () => removeRepost(person, which), () => setRepost(person, which, "")][(i >> 1) % 4]!());
    }));
    for (const id of [post, doomed]) {
      const row = (await counts(id)) as Record<string, number>;
      expect([row.repost_count, row.share_count]).toEqual([row.reposts, row.sharers]);
    }
    expect((await listReposts(null, people[0]!.id, page)).items.map(({ id }) => id)).not.toContain(doomed);
  });
});
