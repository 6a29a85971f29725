import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { hashPassword } from "@/lib/accounts/password-hash";
import { returnToAccount } from "@/lib/accounts/return";
import { authenticate, deleteAccount } from "@/lib/accounts/service";
import { discardFiles } from "@/lib/media/discard";
import type { AppError } from "@/lib/platform/errors";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { getTag, listTagPosts } from "./collections";
import { indexComment, indexPost, recountTagsOf } from "./tagging";
import { jobs } from "./jobs";
import { getVisiblePost, listPostsOf } from "./queries";
import { purgeDeleted } from "./remove";
import { editPostSchema } from "./schemas";
import { deletePost, editPost } from "./service";

beforeAll(() => installJobs([...jobs, discardFiles]));

const all = { limit: 50, cursor: null };
const edit = (change: object) => editPostSchema.parse(change);
const postCount = async (user: { id: string }) => (await db().execute<{ post_count: number }>(sql`select post_count from users where id = ${user.id}::bigint`))[0]!.post_count;
const setPrivate = (user: { id: string }, isPrivate: boolean) => db().execute(sql`update users set is_private = ${isPrivate} where id = ${user.id}::bigint`);

/** Where counters differ from the rows they count. */
async function wrongCounts() {
  return [...(await db().execute(sql`
    select 'tag ' || t.name as what, t.post_count as shown, count(p.id)::int as real from tags t left join post_tags pt on pt.tag_id = t.id
      left join (posts p join users u on u.id = p.author_id and not u.is_private)
        on p.id = pt.post_id and p.status = 'published' and p.deleted_at is null and p.archived_at is null and p.audience = 'everyone'
    group by t.id having t.post_count <> count(p.id)
    union all
    select 'user ' || u.id, u.post_count, count(p.id)::int from users u left join posts p on p.author_id = u.id and p.status = 'published' and p.deleted_at is null and p.archived_at is null
    group by u.id having u.post_count <> count(p.id)`))];
}

describe("editing", () => {
  it("changes what is given and leaves the rest", async () => {
    const ada = await makeUser();
    const id = await makePost(ada, { caption: "Before #old", photos: 2 });
    await indexPost(id);
    const first = await getVisiblePost(ada, id);
    const media = first.media.map((item) => item.id);
    expect(await editPost(ada, id, edit({ location: { name: "Lisbon", latitude: 38.7, longitude: -9.1 }, comments_enabled: false, like_count_hidden: true }))).toMatchObject({
      caption: "Before #old", is_edited: false, comments_enabled: false, like_count_hidden: true, location: { name: "Lisbon", latitude: 38.7, longitude: -9.1 },
    });
    // What lies in other tables than the post's own, both at once.
    const bo = await makeUser();
    await editPost(ada, id, edit({ media: media.map((one) => ({ id: one, show_camera: true })), collaborators: [bo.username] }));
    expect((await getVisiblePost(ada, id)).collaborators).toMatchObject([{ username: bo.username, is_invited: true }]);
    // Who is invited stays so, whatever they may see by now.
    await setPrivate(ada, true);
    await editPost(ada, id, edit({ collaborators: [`@${bo.username}`] }));
    await setPrivate(ada, false);
    const edited = await editPost(ada, id, edit({ caption: "After #new", alt: { [media[1]!]: "Second" } }));
    expect(edited).toMatchObject({ caption: "After #new", hashtags: ["new"], is_edited: true, location: { name: "Lisbon" } });
    expect(edited.media.map((item) => item.alt)).toEqual(["A test photo", "Second"]);
    await drainJobs(jobs);
    expect((await listTagPosts(null, "new", all)).items.map((post) => post.id)).toEqual([id]);
    expect((await listTagPosts(null, "old", all)).items).toEqual([]);
    expect(await editPost(ada, id, edit({ location: null }))).toMatchObject({ location: null });
    expect((await editPost(ada, id, edit({}))).updated_at).toBe((await getVisiblePost(ada, id)).updated_at);
    expect(await wrongCounts()).toEqual([]);
  });

  it("shows a kept post's edit at once", async () => {
    const ada = await makeUser();
    const id = await makePost(ada, { caption: "Old words" });
    await db().execute(sql`update posts set updated_at = now() - interval '1 hour' where id = ${id}::bigint`);
    await getVisiblePost(null, id);
    await getVisiblePost(null, id);
    await editPost(ada, id, edit({ alt: "New alt", caption: "New #words" }));
    expect(await getVisiblePost(null, id)).toMatchObject({ caption: "New #words", hashtags: ["words"], media: [{ alt: "New alt" }] });
  });

  it("names the field that is wrong", async () => {
    const ada = await makeUser();
    const id = await makePost(ada, { photos: 2 });
    await expect(editPost(ada, id, edit({ alt: "Which?" }))).rejects.toMatchObject({ fields: { alt: expect.any(String) } });
    await expect(editPost(ada, id, edit({ alt: { "77": "Not mine" } }))).rejects.toMatchObject({ fields: { "alt.77": expect.any(String) } });
    expect(editPostSchema.safeParse({ caption: "x".repeat(2201) }).success).toBe(false);
    expect(editPostSchema.safeParse({ caption: "👩‍🚀".repeat(2200 / 3) }).success).toBe(true);
  });

  it("belongs to the author", async () => {
    const [ada, eve, blocked] = [await makeUser(), await makeUser(), await makeUser()];
    await makeBlock(ada, blocked);
    const id = await makePost(ada);
    await expect(editPost(eve, id, edit({ caption: "Mine" }))).rejects.toMatchObject({ code: "forbidden" });
    await expect(deletePost(eve, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(editPost(blocked, id, edit({ caption: "Mine" }))).rejects.toMatchObject({ code: "not_found" });
    await expect(deletePost(blocked, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(deletePost(eve, "1")).rejects.toMatchObject({ code: "not_found" });
    expect((await getVisiblePost(eve, id)).caption).toBe("");
  });

  it("puts away and brings back", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const id = await makePost(ada, { caption: "#shelf" });
    await indexPost(id);
    for (const is_archived of [true, true]) expect(await editPost(ada, id, edit({ is_archived }))).toMatchObject({ is_archived: true });
    await drainJobs(jobs);
    await expect(getVisiblePost(eve, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await listPostsOf(ada, ada.id, all)).items).toEqual([]);
    expect([await postCount(ada), (await getTag("shelf")).post_count]).toEqual([0, 0]);
    await editPost(ada, id, edit({ is_archived: false }));
    await drainJobs(jobs);
    expect([await postCount(ada), (await getTag("shelf")).post_count, (await getVisiblePost(eve, id)).id]).toEqual([1, 1, id]);
  });
});

describe("deleting", () => {
  it("removes at once, counts exactly, and may be repeated", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const id = await makePost(ada, { caption: "#gone" });
    await indexPost(id);
    await Promise.all([1, 2, 3, 4].map(() => deletePost(ada, id)));
    for (const viewer of [ada, eve, null]) await expect(getVisiblePost(viewer, id)).rejects.toMatchObject({ code: "not_found" });
    expect([await postCount(ada), (await getTag("gone")).post_count]).toEqual([0, 0]);
    const events = await db().execute(sql`select 1 from pgboss.job where name = 'posts.index' and data->>'postId' = ${id}`);
    expect(events.length).toBe(0);
    await expect(editPost(ada, id, edit({ caption: "Back" }))).rejects.toMatchObject({ code: "not_found" });
    await drainJobs(jobs);
    expect(await wrongCounts()).toEqual([]);
  });

  it("removes rows after thirty days, and the photos in a moment", async () => {
    const ada = await makeUser();
    const [old, young] = [await makePost(ada, { caption: "#purged" }), await makePost(ada)];
    await indexPost(old);
    await deletePost(ada, old);
    await deletePost(ada, young);
    await db().execute(sql`update posts set deleted_at = now() - interval '31 days' where id = ${old}::bigint`);
    expect(await purgeDeleted()).toBe(1);
    const [left] = await db().execute<{ posts: string; tags: number; free: number }>(sql`
      select (select string_agg(id::text, ',') from posts where author_id = ${ada.id}::bigint) as posts, (select count(*)::int from post_tags where post_id = ${old}::bigint) as tags,
        (select count(*)::int from media where owner_id = ${ada.id}::bigint and post_id is null) as free`);
    expect(left).toEqual({ posts: young, tags: 0, free: 1 });
    expect(await drainJobs([discardFiles])).toHaveLength(1);
    const [files] = await db().execute<{ free: number }>(sql`select count(*)::int as free from media where owner_id = ${ada.id}::bigint and post_id is null`);
    expect(files!.free).toBe(0);
    expect(await wrongCounts()).toEqual([]);
  });
});

describe("tags and mentions as rows", () => {
  it("follow the caption, the audience and the account's privacy", async () => {
    const [ada, bob] = [await makeUser({ username: "ada.rows" }), await makeUser({ username: "Bob_rows" })];
    const id = await makePost(ada, { caption: "With @bob_ROWS, @nobody and #Rowing #rowing #ｒｏｗｉｎｇ" });
    await Promise.all([indexPost(id), indexPost(id), indexPost(id)]);
    expect((await getTag("#Rowing")).post_count).toBe(1);
    const mentioned = await db().execute<{ user_id: string }>(sql`select user_id from mentions where post_id = ${id}::bigint`);
    expect(mentioned.map((row) => row.user_id)).toEqual([bob.id]);
    await setPrivate(ada, true);
    await recountTagsOf(ada.id);
    expect((await getTag("rowing")).post_count).toBe(0);
    expect((await listTagPosts(bob, "rowing", all)).items).toEqual([]);
    await makeFollow(bob, ada);
    expect((await listTagPosts(bob, "rowing", all)).items.map((post) => post.id)).toEqual([id]);
    await setPrivate(ada, false);
    await Promise.all([recountTagsOf(ada.id), recountTagsOf(ada.id), indexPost(id)]);
    expect((await getTag("rowing")).post_count).toBe(1);
    await editPost(ada, id, edit({ audience: "followers" }));
    await drainJobs(jobs);
    expect((await getTag("rowing")).post_count).toBe(0);
  });

  it("do not count posts of an account that was deleted, until it is back", async () => {
    const ada = await makeUser({ passwordHash: await hashPassword("Sunlit-Harbour-42") });
    await indexPost(await makePost(ada, { caption: "#leaving" }));
    await deleteAccount(ada, "Sunlit-Harbour-42");
    await drainJobs(jobs);
    expect((await getTag("leaving")).post_count).toBe(0);
    const origin = { address: "test", kind: "api", device: "" } as const;
    const asked = await authenticate({ login: ada.username, password: "Sunlit-Harbour-42" }, origin).catch((error: AppError) => error);
    await returnToAccount((asked as AppError).challenge!, origin);
    await drainJobs(jobs);
    expect((await getTag("leaving")).post_count).toBe(1);
  });

  it("follow comments", async () => {
    const [ada, bob] = [await makeUser(), await makeUser({ username: "bob_said" })];
    const post = await makePost(ada);
    const [comment] = await db().execute<{ id: string }>(sql`insert into comments (post_id, user_id, content) values (${post}::bigint, ${ada.id}::bigint, 'Look @bob_said') returning id`);
    const named = async () => (await db().execute(sql`select 1 from mentions where comment_id = ${comment!.id}::bigint and user_id = ${bob.id}::bigint`)).length;
    await indexComment(comment!.id);
    await indexComment(comment!.id);
    expect(await named()).toBe(1);
    await db().execute(sql`update comments set deleted_at = now() where id = ${comment!.id}::bigint`);
    await indexComment(comment!.id);
    expect(await named()).toBe(0);
  });

  it("count exactly after anything, done in any order and at the same time", async () => {
    const authors = [await makeUser(), await makeUser()];
    const posts: { author: Viewer; id: string }[] = [];
    for (let i = 0; i < 6; i++) posts.push({ author: authors[i % 2]!, id: await makePost(authors[i % 2]!, { caption: `#mix${i % 3} #all` }) });
    const caption = fc.subarray(["#mix0", "#mix1", "#mix2", "#all", "plain"]).map((words) => words.join(" "));
    const change = fc.record({ caption, is_archived: fc.boolean(), audience: fc.constantFrom("everyone", "followers") }, { requiredKeys: [] });
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ post: fc.nat(5), change }).map(({ post, change: to }) => () => editPost(posts[post]!.author, posts[post]!.id, edit(to))) },
      { weight: 3, arbitrary: fc.nat(5).map((post) => () => indexPost(posts[post]!.id)) },
      { weight: 2, arbitrary: fc.record({ who: fc.nat(1), to: fc.boolean() }).map(({ who, to }) => async () => { await setPrivate(authors[who]!, to); await recountTagsOf(authors[who]!.id); }) },
      { weight: 1, arbitrary: fc.nat(5).map((post) => () => deletePost(posts[post]!.author, posts[post]!.id)) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        // Editing what was deleted is refused, and that is all.
        await Promise.all(steps.map((run) => run().catch((error: { code?: string }) => expect(error.code).toBe("not_found"))));
        await drainJobs(jobs);
        for (const author of authors) await recountTagsOf(author.id);
        expect(await wrongCounts()).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
