import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getVisiblePost } from "@/lib/posts/queries";
import { makeBlock, makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { MAX_KINDS, readEmoji } from "./emoji";
import { listReactions, listReactors } from "./queries";
import { setReaction } from "./reactions";

const SOME = ["🔥", "😍", "👏", "🎉", "🙏", "😂", "😮"];
const page = { limit: 20, cursor: null };

async function drift(postId: string) {
  return db().execute(sql`
    select coalesce(c.emoji, r.emoji) as emoji from (select * from reaction_counts where post_id = ${postId}::bigint) c
    full join (select emoji, count(*)::int as n from reactions where post_id = ${postId}::bigint group by 1) r on r.emoji = c.emoji where coalesce(c.count, 0) <> coalesce(r.n, 0)`);
}

describe("an emoji", () => {
  it("is one whole emoji, in its full form", () => {
    for (const text of ["🔥", "❤️", "👩🏽‍🚀", "🇵🇹", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "👨‍👩‍👧‍👦"]) expect(readEmoji(text)).toBe(text);
    expect(readEmoji("❤")).toBe("❤️");
    const others = ["", "a", "1", "🔥🔥", "🔥 ", "🇵", "\u{1F3FD}\u200D", "👩‍", "#", "<b>", "\uFE0F", "🔥".repeat(500)];
    expect(others.filter((text) => readEmoji(text) !== null)).toEqual([]);
  });
});

describe("reacting", () => {
  it("has the effect of one however often it is pressed, and says whose is whose", async () => {
    const [owner, one, two] = [await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner);
    await setReaction(one, post, "🔥", true);
    expect(await setReaction(one, post, "🔥", true)).toEqual({ reactions: [{ emoji: "🔥", count: 1, mine: true }] });
    await setReaction(two, post, "👏", true);
    expect((await setReaction(two, post, "🔥", true)).reactions).toEqual([{ emoji: "🔥", count: 2, mine: true }, { emoji: "👏", count: 1, mine: true }]);
    expect((await getVisiblePost(one, post)).reactions).toEqual([{ emoji: "🔥", count: 2, mine: true }, { emoji: "👏", count: 1, mine: false }]);
    expect((await getVisiblePost(null, post)).reactions.map(({ mine }) => mine)).toEqual([false, false]);
    await setReaction(one, post, "🔥", false);
    await setReaction(two, post, "🔥", false);
    expect(await setReaction(two, post, "🔥", false)).toEqual({ reactions: [{ emoji: "👏", count: 1, mine: true }] });
  });

  it("does not exist for those who may not see the post, and leaves no trace", async () => {
    const cast = await makeCast();
    const post = await makePost(cast.owner);
    await setReaction(cast.follower, post, "🔥", true);
    for (const viewer of [cast.requester, cast.stranger, cast.blocked]) {
      await expect(setReaction(viewer, post, "🔥", true)).rejects.toMatchObject({ code: "not_found" });
      await expect(setReaction(viewer, post, "🔥", false)).rejects.toMatchObject({ code: "not_found" });
      await expect(listReactions(viewer, post)).rejects.toMatchObject({ code: "not_found" });
      await expect(listReactors(viewer, post, "🔥", page)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(listReactions(null, post)).rejects.toMatchObject({ code: "not_found" });
    expect(await listReactions(cast.owner, post)).toEqual([{ emoji: "🔥", count: 1, mine: false }]);
  });

  it("tells no numbers and no names where the author keeps likes to themselves", async () => {
    const [owner, one, two, three] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    const post = await makePost(owner, { likeCountHidden: true });
    for (const person of [one, two]) await setReaction(person, post, "🔥", true);
    await setReaction(three, post, "👏", true);
    expect(await listReactions(one, post)).toEqual([{ emoji: "👏", count: null, mine: false }, { emoji: "🔥", count: null, mine: true }]);
    expect((await listReactors(one, post, "🔥", page)).items).toEqual([]);
    expect((await listReactions(owner, post))[0]).toEqual({ emoji: "🔥", count: 2, mine: false });
    expect((await listReactors(owner, post, "🔥", page)).items).toHaveLength(2);
  });

  it("takes five of one person and fifty kinds, also when all come at once", async () => {
    const owner = await makeUser();
    const post = await makePost(owner);
    const eager = await makeUser();
    const answers = await Promise.allSettled(SOME.map((emoji) => setReaction(eager, post, emoji, true)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    const faces = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(0x1f600 + i));
    const people = await Promise.all(faces.map(() => makeUser()));
    const many = await Promise.allSettled(faces.map((emoji, i) => setReaction(people[i]!, post, emoji, true)));
    for (const answer of many) if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "invalid" });
    expect((await listReactions(owner, post))).toHaveLength(MAX_KINDS);
    expect(await drift(post)).toEqual([]);
  });

  it("keeps its counts exact when hundreds press and take back at once", async () => {
    const owner = await makeUser();
    const post = await makePost(owner);
    const people = await Promise.all(Array.from({ length: 8 }, () => makeUser()));
    await Promise.all(Array.from({ length: 320 }, (_, i) => setReaction(people[i % 8]!, post, SOME[i % 3]!, i % 7 < 4)));
    expect(await drift(post)).toEqual([]);
    await Promise.all(people.map((person) => setReaction(person, post, "🔥", true)));
    expect((await listReactions(owner, post)).find(({ emoji }) => emoji === "🔥")).toMatchObject({ count: 8 });
  });

  it("lists people whom one follows first, then the newest, without gaps and without who is hidden", async () => {
    const owner = await makeUser();
    const post = await makePost(owner);
    const viewer = await makeUser();
    const people = await Promise.all(Array.from({ length: 9 }, () => makeUser()));
    for (const person of people) await setReaction(person, post, "🎉", true);
    for (const known of [people[1]!, people[4]!, people[6]!]) await makeFollow(viewer, known);
    await makeBlock(people[7]!, viewer);
    for (const limit of [1, 2, 4, 20]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const slice = await listReactors(viewer, post, "🎉", { limit, cursor });
        seen.push(...slice.items.map((user) => user.id));
        cursor = slice.nextCursor;
      } while (cursor);
      expect([limit, ...seen]).toEqual([limit, ...[6, 4, 1, 8, 5, 3, 2, 0].map((i) => people[i]!.id)]);
    }
  });
});
