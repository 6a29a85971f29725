import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { foldCounts } from "@/lib/posts/counts";
import { purgeDeleted } from "@/lib/posts/remove";
import { deletePost, purgeNow, restorePost } from "@/lib/posts/service";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { brokenPromises } from "@/lib/testing/invariants";
import { installJobs } from "@/lib/testing/jobs";
import { calm } from "@/lib/testing/races";
import * as collections from "./collections";
import { getCollection, listCollectionPosts, listCollections, listInvitations, listMembers } from "./collection-queries";
import { listSaved } from "./queries";
import { partPeople } from "./reposts";
import { setSaved } from "./saves";

beforeAll(() => installJobs(registry));

const page = { limit: 20, cursor: null };
const idsOf = async (viewer: { id: string }, id: string) => (await listCollectionPosts(viewer, id, page)).items.map((post) => post.id);

async function sharedBy(owner: { id: string }, ...members: { id: string }[]) {
  const id = await collections.createCollection(owner, { name: "Light" }, null);
  for (const member of members) {
    await collections.inviteMember(owner, id, member.id);
    await collections.joinCollection(member, id);
  }
  return id;
}

describe("a collection", () => {
  it("is made while saving, holds posts that are in others too, and gives them up without unsaving", async () => {
    const [author, saver] = [await makeUser(), await makeUser()];
    const posts = [await makePost(author), await makePost(author), await makePost(author)];
    const sea = await collections.createCollection(saver, { name: "  The \n sea ", post_id: posts[0] }, null);
    const sky = await collections.createCollection(saver, { name: "Sky" }, null);
    for (const post of posts) await collections.saveInto(saver, post, sky);
    expect((await listSaved(saver, page)).items).toHaveLength(3);
    expect(await idsOf(saver, sky)).toEqual([posts[2], posts[1], posts[0]]);
    expect(await getCollection(saver, sky)).toMatchObject({ role: "owner", post_count: 3, cover: { post_id: posts[2] } });
    await collections.editCollection(saver, sky, { cover_post_id: posts[0]!, name: "Skies" });
    expect(await getCollection(saver, sky)).toMatchObject({ name: "Skies", cover: { post_id: posts[0] } });
    // Moved: out of one, into the other, still saved; a cover that leaves is none.
    await collections.addToCollection(saver, sea, posts[0]!, sky);
    expect([await idsOf(saver, sea), await idsOf(saver, sky)]).toEqual([[posts[0]], [posts[2], posts[1]]]);
    expect((await getCollection(saver, sky)).cover?.post_id).toBe(posts[2]);
    expect((await listCollections(saver, page, posts[0])).items.map((one) => [one.id, one.has_post])).toEqual([[sky, false], [sea, true]]);
    await collections.deleteCollection(saver, sky);
    expect((await listSaved(saver, page)).items).toHaveLength(3);
    await expect(getCollection(saver, sky)).rejects.toMatchObject({ code: "not_found" });
    // Unsaved, it leaves, and says where it was.
    expect(await setSaved(saver, posts[0]!, false)).toEqual({ saved: false, collection_ids: [sea] });
    expect(await getCollection(saver, sea)).toMatchObject({ post_count: 0, cover: null });
  });

  it("has a name that its owner has not given to another", async () => {
    const [one, two] = [await makeUser(), await makeUser()];
    const first = await collections.createCollection(one, { name: "Lisbon" }, null);
    await expect(collections.createCollection(one, { name: "lisbon" }, null)).rejects.toMatchObject({ code: "conflict" });
    await collections.createCollection(two, { name: "Lisbon" }, null);
    const second = await collections.createCollection(one, { name: "Porto" }, null);
    await expect(collections.editCollection(one, second, { name: "LISBON" })).rejects.toMatchObject({ code: "conflict" });
    await collections.editCollection(one, first, { name: "LISBON" });
    const many = await Promise.allSettled(Array.from({ length: 20 }, () => collections.createCollection(two, { name: "Same" }, null)));
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is made once for a key, also when it is asked for at once", async () => {
    const [one, two] = [await makeUser(), await makeUser()];
    const post = await makePost(two);
    const ids = await Promise.all(Array.from({ length: 5 }, () => collections.createCollection(one, { name: "Once", post_id: post }, "key")));
    expect(new Set(ids).size).toBe(1);
    expect(await collections.createCollection(one, { name: "Otherwise" }, "key")).toBe(ids[0]);
    expect(await collections.createCollection(two, { name: "Once" }, "key")).not.toBe(ids[0]);
    await collections.deleteCollection(one, ids[0]!);
    await expect(getCollection(one, await collections.createCollection(one, { name: "Once" }, "key"))).rejects.toMatchObject({ code: "not_found" });
  });

  it("is nobody's but its owner's until shared and accepted", async () => {
    const [owner, friend, stranger] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(stranger);
    const id = await collections.createCollection(owner, { name: "Ours", post_id: post }, null);
    const closed = async (viewer: { id: string }) => {
      for (const attempt of [
        () => listCollectionPosts(viewer, id, page), () => listMembers(viewer, id), () => collections.addToCollection(viewer, id, post), () => collections.removeFromCollection(viewer, id, post),
        () => collections.editCollection(viewer, id, { name: "x" }), () => collections.deleteCollection(viewer, id), () => collections.inviteMember(viewer, id, stranger.id),
      ]) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    };
    await closed(stranger);
    await closed(friend);
    await expect(collections.joinCollection(friend, id)).rejects.toMatchObject({ code: "not_found" });
    await collections.inviteMember(owner, id, friend.id);
    await closed(friend);
    expect((await listInvitations(friend, page)).items).toMatchObject([{ id, role: "invited", post_count: 0, cover: null }]);
    expect(await listMembers(owner, id)).toMatchObject([{ state: "invited" }]);
    await collections.joinCollection(friend, id);
    await collections.inviteMember(owner, id, friend.id);
    expect(await getCollection(friend, id)).toMatchObject({ role: "member", post_count: 1, member_count: 1 });
    await expect(collections.editCollection(friend, id, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(collections.deleteCollection(friend, id)).rejects.toMatchObject({ code: "forbidden" });
    await collections.removeMember(friend, id, friend.id);
    await closed(friend);
  });

  it("shows and counts to each only what they may see", async () => {
    const [owner, friend] = [await makeUser(), await makeUser()];
    const shy = await makeUser({ isPrivate: true });
    await makeFollow(owner, shy);
    const [open, hidden] = [await makePost(friend), await makePost(shy)];
    const id = await sharedBy(owner, friend);
    for (const post of [open, hidden]) await collections.addToCollection(owner, id, post);
    await collections.editCollection(owner, id, { cover_post_id: hidden });
    expect(await getCollection(owner, id)).toMatchObject({ post_count: 2, cover: { post_id: hidden } });
    expect(await getCollection(friend, id)).toMatchObject({ post_count: 1, cover: { post_id: open } });
    expect(await idsOf(friend, id)).toEqual([open]);
    expect((await listCollections(friend, page, hidden)).items[0]).toMatchObject({ has_post: false });
    await expect(collections.addToCollection(friend, id, hidden)).rejects.toMatchObject({ code: "not_found" });
  });

  it("ends for people who block each other", async () => {
    const [owner, friend, third] = [await makeUser(), await makeUser(), await makeUser()];
    const id = await sharedBy(owner, friend, third);
    await makeBlock(third, friend);
    expect((await listMembers(third, id)).map(({ user }) => user.id)).toEqual([third.id]);
    expect(await getCollection(third, id)).toMatchObject({ member_count: 1 });
    await makeBlock(friend, owner);
    await expect(getCollection(friend, id)).rejects.toMatchObject({ code: "not_found" });
    await partPeople(friend.id, owner.id);
    await partPeople(friend.id, owner.id);
    await db().execute(sql`delete from blocks where blocker_id = ${friend.id}::bigint`);
    await expect(getCollection(friend, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("lets go of posts that are gone for good, with its count and its cover, also while it is changed", async () => {
    const [author, saver, friend] = [await makeUser(), await makeUser(), await makeUser()];
    const posts = await Promise.all(Array.from({ length: 24 }, () => makePost(author)));
    const ids = [await collections.createCollection(saver, { name: "A" }, null), await collections.createCollection(saver, { name: "B" }, null), await sharedBy(friend, saver)];
    for (const post of posts) for (const id of ids) await collections.addToCollection(saver, id, post);
    await collections.editCollection(saver, ids[0]!, { cover_post_id: posts[0]! });
    await collections.editCollection(saver, ids[1]!, { cover_post_id: posts[23]! });
    for (const post of posts.slice(0, 12)) await deletePost(author, post);
    await Promise.all(posts.slice(0, 12).flatMap((post, i) => [
      purgeNow(author, post), calm(setSaved(saver, post, false)), calm(collections.removeFromCollection(saver, ids[i % 3]!, post)), calm(restorePost(author, posts[12]!)),
      calm(collections.addToCollection(saver, ids[i % 2]!, posts[12 + (i % 11)]!, ids[2])), calm(setSaved(saver, posts[12 + ((i + 1) % 11)]!, i % 2 === 0)),
    ]));
    for (const post of posts.slice(12, 18)) await deletePost(author, post);
    await db().execute(sql`update posts set deleted_at = now() - interval '31 days' where author_id = ${author.id}::bigint and deleted_at is not null`);
    expect(await purgeDeleted()).toBe(6);
    await foldCounts();
    expect(await brokenPromises()).toEqual([]);
    const rows = await db().execute<{ cover_post_id: string | null; post_count: number }>(sql`select cover_post_id, post_count from collections where id in (${ids[0]}::bigint, ${ids[1]}::bigint) order by id`);
    expect([...rows].map((row) => row.cover_post_id)).toEqual([null, posts[23]]);
    expect(rows[0]!.post_count).toBeGreaterThan(0);
  });

  it("stays exact when hundreds save, move, unsave and delete at once", async () => {
    const [author, saver] = [await makeUser(), await makeUser()];
    const posts = [await makePost(author), await makePost(author), await makePost(author)];
    const ids = await Promise.all(["A", "B", "C"].map((name) => collections.createCollection(saver, { name }, null)));
    await Promise.all(Array.from({ length: 300 }, (_, i) => {
      const [post, one, two] = [posts[i % 3]!, ids[i % 2]!, ids[(i + 1) % 2]!];
      return calm([
        () => collections.addToCollection(saver, one, post, i % 4 === 0 ? two : null), () => setSaved(saver, post, false), () => collections.saveInto(saver, post, ids[2]),
        () => setSaved(saver, post, true), () => collections.removeFromCollection(saver, one, post), () => (i === 203 ? collections.deleteCollection(saver, ids[2]!) : Promise.resolve()),
      ][i % 6]!());
    }));
    await foldCounts();
    const [faults] = await db().execute<{ drift: number; unsaved: number; saves: number }>(sql`
      select (select count(*)::int from collections c where c.post_count <> (select count(*) from collection_posts cp where cp.collection_id = c.id)) as drift,
        (select count(*)::int from collection_posts cp join collections c on c.id = cp.collection_id where c.owner_id = cp.added_by and not exists (select 1 from saves s where s.user_id = c.owner_id and s.post_id = cp.post_id)) as unsaved,
        (select count(*)::int from posts p where p.author_id = ${author.id}::bigint and p.save_count <> (select count(*) from saves s where s.post_id = p.id)) as saves`);
    expect(faults).toEqual({ drift: 0, unsaved: 0, saves: 0 });
    await expect(getCollection(saver, ids[2]!)).rejects.toMatchObject({ code: "not_found" });
  });
});
