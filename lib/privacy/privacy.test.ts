import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { DEFAULTS, getPrivacy, isIndexed, listHiddenWords } from "./queries";
import { hiddenWordSchema, MAX_WORDS } from "./schemas";
import { hideWord, setPrivacy, unhideWord } from "./service";
import { readHiddenWords } from "./hidden-words";
import { hasHiddenWord } from "./words";

const word = (phrase: string, more: object = {}) => hiddenWordSchema.parse({ phrase, ...more });

describe("a person's wishes", () => {
  it("are the defaults until something is changed, and change one by one", async () => {
    const ada = await makeUser();
    expect(await getPrivacy(ada)).toEqual(DEFAULTS);
    expect(await setPrivacy(ada, {})).toEqual(DEFAULTS);
    // What the database itself puts into a new row.
    await db().execute(sql`insert into privacy_settings (user_id) values (${ada.id}::bigint)`);
    expect(await getPrivacy(ada)).toEqual(DEFAULTS);
    expect(await setPrivacy(ada, { sensitive: "hide", is_indexed: false })).toEqual({ ...DEFAULTS, sensitive: "hide", is_indexed: false });
    expect(await setPrivacy(ada, { comments_from: "nobody" })).toMatchObject({ sensitive: "hide", comments_from: "nobody" });
    expect([await isIndexed(ada.id), await isIndexed((await makeUser()).id)]).toEqual([false, true]);
  });
});

describe("hidden words", () => {
  it("are kept once for each phrase, by place and time, for their owner alone", async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const first = await hideWord(ada, word("Spoiler"));
    expect(first).toMatchObject({ phrase: "Spoiler", scopes: ["comments", "messages"], until: null });
    expect(await hideWord(ada, word("SPOILER", { scopes: ["posts"], lasts: "week" }))).toMatchObject({ id: first.id, scopes: ["posts"] });
    expect(await listHiddenWords(ada)).toHaveLength(1);
    expect(await listHiddenWords(eve)).toEqual([]);
    await unhideWord(eve, first.id);
    expect(hasHiddenWord("A spoiler!", await readHiddenWords(ada.id, "posts"))).toBe(true);
    expect(await readHiddenWords(ada.id, "comments")).toEqual([]);
    await db().execute(sql`update hidden_words set until = now() where id = ${first.id}::bigint`);
    expect([await readHiddenWords(ada.id, "posts"), await listHiddenWords(ada)]).toEqual([[], []]);
    await hideWord(ada, word("other"));
    await unhideWord(ada, first.id);
    expect(await listHiddenWords(ada)).toMatchObject([{ phrase: "other" }]);
  });

  it("are so many at most, also when many are added at once", async () => {
    const ada = await makeUser();
    await db().execute(sql`insert into hidden_words (user_id, phrase, phrase_key) select ${ada.id}::bigint, 'w' || n, 'w' || n from generate_series(1, ${MAX_WORDS - 3}::int) n`);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => hideWord(ada, word(`one more ${i}`))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await hideWord(ada, word("W1", { lasts: "day" }))).toMatchObject({ phrase: "W1", until: expect.any(String) });
  });

  it.each(["", " \n ", "\u200b", "x".repeat(101)])("cannot be %j", (phrase) => expect(hiddenWordSchema.safeParse({ phrase }).success).toBe(false));
});

describe("posts that a person wants to be asked about", () => {
  it("bear a cover, and their own do not", async () => {
    const { getVisiblePost } = await import("@/lib/posts/queries");
    const [ada, bo] = [await makeUser(), await makeUser()];
    const sensitive = await makePost(ada, { isSensitive: true, caption: "A wound" });
    const plain = await makePost(ada, { caption: "Who dies in the END" });
    const covers = async (viewer: typeof bo | null) => Promise.all([sensitive, plain].map(async (id) => (await getVisiblePost(viewer, id)).cover));
    expect([await covers(bo), await covers(ada), await covers(null)]).toEqual([["sensitive", null], [null, null], ["sensitive", null]]);
    await hideWord(bo, word("the end", { scopes: ["posts"] }));
    await hideWord(ada, word("wound", { scopes: ["posts"] }));
    await setPrivacy(bo, { sensitive: "show" });
    expect([await covers(bo), await covers(ada)]).toEqual([[null, "word"], [null, null]]);
    await setPrivacy(bo, { sensitive: "hide", hides_like_counts: true });
    expect(await covers(bo)).toEqual(["sensitive", "word"]);
    expect(await getVisiblePost(bo, plain)).toMatchObject({ like_count: null, like_count_hidden: true });
    expect(await getVisiblePost(ada, plain)).toMatchObject({ like_count: 0, like_count_hidden: false });
  });

  it("stay out of where posts are proposed, for who wants them hidden", async () => {
    const [{ listExplore }, { forgetNewest }, { listTagPosts }, { indexPost }, { getRankedFeed }, { listPostsOf }] = await Promise.all([
      import("@/lib/explore/queries"), import("@/lib/explore/snapshots"), import("@/lib/posts/collections"), import("@/lib/posts/tagging"), import("@/lib/feed/ranked"), import("@/lib/posts/queries")]);
    const [ada, bo] = [await makeUser(), await makeUser()];
    const tag = `tender${Date.now().toString(36)}`;
    const post = await makePost(ada, { isSensitive: true, caption: `#${tag}` });
    await indexPost(post);
    forgetNewest();
    const found = async () => {
      const page = { limit: 100, cursor: null };
      const lists = [(await listExplore(bo, page)).items, (await listTagPosts(bo, tag, page)).items, (await getRankedFeed(bo, page)).items.map(({ post }) => post), (await listPostsOf(bo, ada.id, page)).items];
      return lists.map((items) => items.some(({ id }) => id === post));
    };
    expect((await found())[1]).toBe(true);
    await setPrivacy(bo, { sensitive: "hide" });
    expect(await found()).toEqual([false, false, false, true]);
    await setPrivacy(ada, { sensitive: "hide" });
    expect((await listTagPosts(ada, tag, { limit: 5, cursor: null })).items).toHaveLength(1);
  });
});

describe("what a person does not want to see", () => {
  it("is no collection's cover", async () => {
    const [{ createCollection, saveInto }, { getCollection }] = await Promise.all([import("@/lib/interactions/collections"), import("@/lib/interactions/collection-queries")]);
    const [ada, bo] = [await makeUser(), await makeUser()];
    const shelfOf = async (viewer: typeof bo, post: string) => {
      const id = await createCollection(viewer, { name: `Shelf ${post}` }, null);
      await saveInto(viewer, post, id);
      return id;
    };
    const [sensitive, plain] = [await makePost(ada, { isSensitive: true }), await makePost(ada, { caption: "Who dies in the END" })];
    const shelves = [await shelfOf(bo, sensitive), await shelfOf(bo, plain)];
    const covers = async () => Promise.all(shelves.map(async (id) => (await getCollection(bo, id)).cover));
    const bare = (post_id: string) => ({ post_id, url: expect.stringMatching(/./), alt: "A test photo" });
    expect(await covers()).toEqual([{ post_id: sensitive, url: "", alt: "" }, bare(plain)]);
    await hideWord(bo, word("the end", { scopes: ["posts"] }));
    await setPrivacy(bo, { sensitive: "show" });
    expect(await covers()).toEqual([bare(sensitive), { post_id: plain, url: "", alt: "" }]);
    expect((await getCollection(ada, await shelfOf(ada, sensitive))).cover).toEqual(bare(sensitive));
  });

  it("is in no note of a repost, and a comment that an address names is only there for who asks for it", async () => {
    const [{ setRepost }, { listReposts }, { getHomeFeed }, { addComment }, { findThread }] = await Promise.all([
      import("@/lib/interactions/reposts"), import("@/lib/interactions/repost-queries"), import("@/lib/feed/queries"), import("@/lib/comments/service"), import("@/lib/comments/queries")]);
    const [ada, bo, cy] = [await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(bo, cy);
    const post = await makePost(ada);
    await setRepost(cy, post, "He dies in the END");
    const page = { limit: 5, cursor: null };
    const notes = async (viewer: typeof bo | null) => (await listReposts(viewer, cy.id, page)).items.map(({ repost }) => repost!.note);
    const inFeed = async () => (await getHomeFeed(bo, page)).items.map(({ id, repost }) => [id, repost?.note]);
    const root = await addComment(cy, post, { content: "The end!" }, null);
    const [reply, own] = [await addComment(cy, post, { content: "Sorry", parent_id: root.id }, null), await addComment(bo, post, { content: "The end?" }, null)];
    const threads = async (viewer: typeof bo | null) => Promise.all([root, reply, own].map(async ({ id }) => (await findThread(viewer, post, id))?.isUnwanted === false));
    expect([await notes(bo), await inFeed(), await threads(bo)]).toEqual([["He dies in the END"], [[post, "He dies in the END"]], [true, true, true]]);
    for (const scope of ["comments", "posts"]) {
      for (const who of [ada, bo, cy]) await hideWord(who, word("the end", { scopes: [scope] }));
      expect([await notes(bo), await inFeed(), await notes(ada), await notes(cy), await notes(null)]).toEqual([[""], [[post, ""]], [""], ["He dies in the END"], ["He dies in the END"]]);
    }
    for (const who of [ada, bo, cy]) await hideWord(who, word("the end", { scopes: ["comments"] }));
    expect([await threads(bo), await threads(ada), await threads(cy), await threads(null)]).toEqual([[false, false, true], [true, true, true], [true, true, false], [true, true, true]]);
    expect(await findThread(bo, post, reply.id)).toMatchObject({ root: { content: "The end!" }, comment: { content: "Sorry" }, replies: { items: [{ id: reply.id }] } });
    await hideWord(bo, word("tide", { scopes: ["comments"] }));
    const again = await addComment(cy, post, { content: "Low tide", parent_id: root.id }, null);
    for (const [asked, seen] of [[again, [reply.id, again.id]], [reply, [reply.id]]] as const) expect((await findThread(bo, post, asked.id))!.replies!.items.map(({ id }) => id)).toEqual(seen);
    await hideWord(bo, word("the end", { scopes: ["messages"] }));
    expect([await notes(bo), await threads(bo)]).toEqual([["He dies in the END"], [true, true, true]]);
  });

  it("is not told to who looks at their own profile as that person", async () => {
    const { listOwnPostsAs } = await import("@/lib/posts/queries");
    const [ada, bo] = [await makeUser(), await makeUser()];
    await makePost(ada, { isSensitive: true, caption: "A wound" });
    await makePost(ada, { caption: "The end" });
    await hideWord(bo, word("the end", { scopes: ["posts"] }));
    await setPrivacy(bo, { sensitive: "show", hides_like_counts: true });
    for (const as of [null, bo.id]) expect((await listOwnPostsAs(ada, as, { limit: 5, cursor: null })).items.map(({ cover, like_count }) => [cover, like_count])).toEqual([[null, 0], ["sensitive", 0]]);
  });
});

describe("mentions", () => {
  it("by people who may not name somebody stay text and are told nobody", async () => {
    const [{ getVisiblePost }, { listMentionedUserIds }, { addComment }] = await Promise.all([import("@/lib/posts/queries"), import("@/lib/posts/mentions"), import("@/lib/comments/service")]);
    const [ada, shy, open] = [await makeUser(), await makeUser(), await makeUser()];
    const text = `With @${shy.username} and @${open.username}`;
    const post = await makePost(ada, { caption: text });
    expect((await getVisiblePost(null, post)).mentions).toEqual([shy.username, open.username]);
    await setPrivacy(shy, { mentions_from: "followed" });
    expect((await getVisiblePost(null, post)).mentions).toEqual([open.username]);
    expect(await listMentionedUserIds(text, ada.id)).toEqual([open.id]);
    expect((await addComment(ada, post, { content: text }, null)).mentions).toEqual([open.username]);
    expect((await addComment(shy, post, { content: text }, null)).mentions).toEqual([shy.username, open.username]);
  });
});
