import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { db, readClient, sqlClient } from "@/db/client";
import { listCommentLikers, setCommentLike } from "@/lib/comments/likes";
import { listComments } from "@/lib/comments/queries";
import { unblock } from "@/lib/graph/service";
import { listFollowers, listFollowing } from "@/lib/graph/queries";
import { listLikers, listReactions, listReactors } from "@/lib/interactions/queries";
import { recordShare, setLike, setReaction, setRepost } from "@/lib/interactions/service";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { foldCounts } from "@/lib/posts/counts";
import { hydratePosts } from "@/lib/posts/hydrate";
import { getProfile } from "@/lib/profiles/queries";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";

const ALL = { limit: 100, cursor: null };
const EMOJI = ["🔥", "👏"];

/** What numbers name of the people and posts of a world, by their places in it. */
type Plan = { follows: [number, number][]; likes: [number, number][]; reactions: [number, number, number][]; comments: { post: number; by: number; above: number; isGone: boolean }[]; commentLikes: [number, number][]; shares: [number, number][]; reposts: [number, number][]; blocks: [number, number][] };

const PEOPLE = 7;
const POSTS = 3;
const person = fc.nat(PEOPLE - 1);
const post = fc.nat(POSTS - 1);
const pairs = <A, B>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>, most: number) => fc.uniqueArray(fc.tuple(a, b), { maxLength: most, selector: (pair) => pair.join(" ") });
const plans: fc.Arbitrary<Plan> = fc.record({
  follows: pairs(person, person, 20), likes: pairs(post, person, 16), reactions: fc.uniqueArray(fc.tuple(post, person, fc.nat(1)), { maxLength: 16, selector: (one) => one.join(" ") }),
  comments: fc.array(fc.record({ post, by: person, above: fc.nat(12), isGone: fc.boolean() }), { maxLength: 14 }), commentLikes: pairs(fc.nat(13), person, 20),
  shares: pairs(post, person, 8), reposts: pairs(post, person, 8), blocks: pairs(person, person, 9),
});

const insert = (statement: ReturnType<typeof sql>) => db().execute(statement);

/** The rows of a plan with the counters that they imply; the first people wrote the posts. Blocks are put beside it, as if they came afterwards. */
async function makeWorld(plan: Plan) {
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => makeUser()));
  const posts = await Promise.all(Array.from({ length: POSTS }, (_, at) => makePost(people[at]!)));
  const [who, where] = [(at: number) => people[at]!.id, (at: number) => posts[at]!];
  for (const [a, b] of plan.follows) if (a !== b && !plan.blocks.some(([c, d]) => (c === a && d === b) || (c === b && d === a))) await makeFollow(people[a]!, people[b]!);
  for (const [p, by] of plan.likes) await insert(sql`insert into likes (post_id, user_id) values (${where(p)}::bigint, ${who(by)}::bigint)`);
  for (const [p, by, emoji] of plan.reactions) await insert(sql`insert into reactions (post_id, user_id, emoji) values (${where(p)}::bigint, ${who(by)}::bigint, ${EMOJI[emoji]!})`);
  for (const [p, by] of plan.shares) await insert(sql`insert into shares (post_id, user_id) values (${where(p)}::bigint, ${who(by)}::bigint)`);
  for (const [p, by] of plan.reposts) await insert(sql`insert into reposts (post_id, user_id) values (${where(p)}::bigint, ${who(by)}::bigint)`);
  const comments: { id: string; post: number; isRoot: boolean }[] = [];
  for (const { post: p, by, above, isGone } of plan.comments) {
    const root = comments.find((one, at) => at === above && one.isRoot && one.post === p);
    const [row] = await db().execute<{ id: string }>(sql`insert into comments (post_id, user_id, parent_id, content, deleted_at)
      values (${where(p)}::bigint, ${who(by)}::bigint, ${root?.id ?? null}::bigint, 'words', ${isGone ? sql`now()` : sql`null`}) returning id`);
    comments.push({ id: row!.id, post: p, isRoot: !root });
  }
  for (const [c, by] of plan.commentLikes) if (comments[c]) await insert(sql`insert into comment_likes (comment_id, user_id) values (${comments[c].id}::bigint, ${who(by)}::bigint)`);
  await insert(sql`insert into reaction_counts (post_id, emoji, count) select post_id, emoji, count(*) from reactions group by 1, 2 on conflict do nothing`);
  await insert(sql`update comments c set like_count = (select count(*) from comment_likes l where l.comment_id = c.id), reply_count = (select count(*) from comments r where r.parent_id = c.id and r.deleted_at is null)`);
  await insert(sql`update posts p set like_count = (select count(*) from likes l where l.post_id = p.id), repost_count = (select count(*) from reposts r where r.post_id = p.id),
    share_count = (select count(*) from (select user_id from reposts r where r.post_id = p.id union select user_id from shares s where s.post_id = p.id) x),
    comment_count = (select count(*) from comments c left join comments above on above.id = c.parent_id where c.post_id = p.id and c.deleted_at is null and above.deleted_at is null)`);
  for (const [a, b] of plan.blocks) if (a !== b) await makeBlock(people[a]!, people[b]!);
  return { people, posts };
}

/** Every number that a person is shown of a world, beside the length of the list that it stands for. */
async function compare(viewer: Viewer, { people, posts }: Awaited<ReturnType<typeof makeWorld>>) {
  const [shown, listed]: [string[], string[]] = [[], []];
  const hold = (what: string, count: number | null, length: number) => (shown.push(`${what} ${count}`), listed.push(`${what} ${length}`));
  for (const view of await hydratePosts(viewer, posts)) {
    hold("likes", view.like_count, (await listLikers(viewer, view.id, ALL)).items.length);
    for (const { emoji, count } of view.reactions) hold(emoji, count, (await listReactors(viewer, view.id, emoji, ALL)).items.length);
    for (const emoji of EMOJI) if (!view.reactions.some((one) => one.emoji === emoji)) hold(emoji, 0, (await listReactors(viewer, view.id, emoji, ALL)).items.length);
    expect(await listReactions(viewer, view.id)).toEqual(view.reactions);
    let comments = 0;
    for (const root of (await listComments(viewer, view.id, ALL)).items) {
      const replies = (await listComments(viewer, view.id, { ...ALL, parentId: root.id })).items;
      hold("replies", root.reply_count, replies.length);
      for (const one of [root, ...replies]) hold("likes of a comment", one.like_count, (await listCommentLikers(viewer, one.id, ALL)).items.length);
      comments += 1 + replies.length;
    }
    hold("comments", view.comment_count, comments);
    // Nobody is shown who passed it on: counted by hand.
    const sharers = await db().execute<{ id: string; reposted: boolean }>(sql`
      select user_id as id, bool_or(is_repost) as reposted from (select user_id, true as is_repost from reposts where post_id = ${view.id}::bigint union all select user_id, false from shares where post_id = ${view.id}::bigint) x
      where not exists (select 1 from blocks where (blocker_id = x.user_id and blocked_id = ${viewer.id}::bigint) or (blocked_id = x.user_id and blocker_id = ${viewer.id}::bigint)) group by 1`);
    hold("shares", view.share_count, sharers.length);
    hold("reposts", view.repost_count, sharers.filter((one) => one.reposted).length);
  }
  for (const { id } of people) {
    const profile = await getProfile(viewer, id).catch(() => null);
    if (!profile) continue;
    hold("followers", profile.follower_count, (await listFollowers(viewer, id, ALL)).items.length);
    hold("following", profile.following_count, (await listFollowing(viewer, id, ALL)).items.length);
  }
  return { shown, listed };
}

describe("numbers and blocks", () => {
  it("say how many there are in the list, for everybody, whoever blocks whom", async () => {
    let blocks = 0;
    await fc.assert(fc.asyncProperty(plans, async (plan) => {
      const world = await makeWorld(plan);
      blocks += plan.blocks.length;
      for (const viewer of world.people) {
        const { shown, listed } = await compare(viewer, world);
        expect(shown).toEqual(listed);
      }
    }), { numRuns: 15 });
    expect(blocks).toBeGreaterThan(15);
  }, 120_000);

  it("go through whichever are fewer, what was done or who is blocked, with the same result", async () => {
    const [viewer, author] = [await makeUser(), await makeUser()];
    const [quiet, loud] = [await makePost(author), await makePost(author)];
    const [blocked, others] = [await Promise.all([1, 2, 3].map(() => makeUser())), await Promise.all([1, 2, 3, 4].map(() => makeUser()))];
    for (const one of blocked) await makeBlock(one, viewer);
    for (const one of [blocked[0]!, others[0]!]) await setLike(one, quiet, true);
    for (const one of [...blocked, ...others]) await setLike(one, loud, true);
    expect((await hydratePosts(viewer, [quiet, loud])).map((post) => post.like_count)).toEqual([1, 4]);
  });

  it("are the same in the answer to what one does oneself", async () => {
    const [viewer, author, blocked, other] = await Promise.all([1, 2, 3, 4].map(() => makeUser())) as [Viewer, Viewer, Viewer, Viewer];
    const post = await makePost(author);
    for (const who of [blocked, other]) {
      await setLike(who, post, true);
      await setReaction(who, post, "🔥", true);
      await setRepost(who, post, "");
    }
    await setReaction(blocked, post, "👏", true);
    const [comment] = await db().execute<{ id: string }>(sql`insert into comments (post_id, user_id, content) values (${post}::bigint, ${author.id}::bigint, 'words') returning id`);
    await setCommentLike(blocked, comment!.id, true);
    await makeBlock(blocked, viewer);
    expect(await setLike(viewer, post, true)).toEqual({ liked: true, like_count: 2 });
    expect(await setLike(viewer, post, true)).toEqual({ liked: true, like_count: 2 });
    expect(await setLike(viewer, post, false)).toEqual({ liked: false, like_count: 1 });
    expect(await setReaction(viewer, post, "🔥", true)).toEqual({ reactions: [{ emoji: "🔥", count: 2, mine: true }] });
    expect(await recordShare(viewer, post)).toEqual({ share_count: 2 });
    expect(await setRepost(viewer, post, "")).toMatchObject({ repost_count: 2 });
    expect(await setCommentLike(viewer, comment!.id, true)).toEqual({ liked: true, like_count: 1 });
    // What many ask at once is answered to each by their own.
    const asked = await Promise.all([viewer, author, other].flatMap((who) => [setLike(who, post, true), setLike(who, post, true)]));
    expect([1, 3, 5].map((at) => asked[at]!.like_count)).toEqual([3, 4, 4]);
    await foldCounts();
    expect((await hydratePosts(viewer, [post]))[0]!.like_count).toBe(3);
    expect((await hydratePosts(author, [post]))[0]!.like_count).toBe(4);
  });

  it("have everybody again after unblocking, and never those of another viewer", async () => {
    const [viewer, author, other] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(author);
    await makeFollow(other, author);
    await setLike(other, post, true);
    const numbers = async (who: Viewer) => [(await hydratePosts(who, [post]))[0]!.like_count, (await getProfile(who, author.id)).follower_count];
    expect(await numbers(viewer)).toEqual([1, 1]);
    await makeBlock(viewer, other);
    expect(await numbers(viewer)).toEqual([0, 0]);
    expect(await numbers(author)).toEqual([1, 1]);
    expect(await numbers(other)).toEqual([1, 1]);
    await unblock(viewer, other.id);
    expect(await numbers(viewer)).toEqual([1, 1]);
  });

  it("cost who has no blocks no statement, and who has some one for each kind of page", async () => {
    const [viewer, author, other] = [await makeUser(), await makeUser(), await makeUser()];
    const posts = await Promise.all([1, 2, 3].map(() => makePost(author)));
    for (const id of posts) {
      await setLike(other, id, true);
      await setReaction(other, id, "🔥", true);
      await db().execute(sql`insert into comments (post_id, user_id, content) values (${id}::bigint, ${author.id}::bigint, 'words')`);
    }
    const spies = [vi.spyOn(readClient(), "unsafe"), vi.spyOn(sqlClient(), "unsafe")];
    const count = async (work: () => Promise<unknown>) => {
      await work();
      for (const spy of spies) spy.mockClear();
      await work();
      return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    };
    const all = async () => [await count(() => hydratePosts(viewer, posts)), await count(() => listComments(viewer, posts[0]!, ALL)), await count(() => listLikers(viewer, posts[0]!, ALL)), await count(() => listReactions(viewer, posts[0]!))];
    const [page, comments, likers, reactions] = await all();
    expect(page).toBe(2);
    await makeBlock(viewer, await makeUser());
    expect(await all()).toEqual([page! + 1, comments! + 1, likers, reactions]);
    for (const spy of spies) spy.mockRestore();
  });
});
