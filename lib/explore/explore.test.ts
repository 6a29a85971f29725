import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { db } from "@/db/client";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeBlock, makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { listExplore } from "./queries";
import { rankPosts } from "./ranking";
import { forgetNewest, newestSnapshot } from "./snapshots";
import { listSuggestedPeople } from "./suggestions";

const DAY_MS = 86_400_000;
const likes = (postId: string, count: number) => db().execute(sql`update posts set like_count = ${count} where id = ${postId}::bigint`);

async function pages(viewer: Viewer | null, limit: number, between?: () => Promise<unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const slice = await listExplore(viewer, { limit, cursor });
    ids.push(...slice.items.map((post) => post.id));
    cursor = slice.nextCursor;
    if (cursor === null) return ids;
    await between?.();
  }
}

describe("explore", () => {
  it("ranks the recent and well-liked first, and looks back until there is something", async () => {
    const [ada, ben] = [await makeUser(), await makeUser()];
    const liked = await makePost(ada, { at: new Date(Date.now() - DAY_MS) });
    await likes(liked, 200);
    const fresh = await makePost(ben);
    const ancient = await makePost(ben, { at: new Date(Date.now() - 300 * DAY_MS) });
    expect(await rankPosts()).toEqual([liked, fresh, ancient]);
  });

  it("is ranked once for the page and the API, which have modules of their own", async () => {
    forgetNewest();
    vi.resetModules();
    const copy = await import("./snapshots");
    expect(copy.newestSnapshot).not.toBe(newestSnapshot);
    const [ours, theirs] = await Promise.all([newestSnapshot(), copy.newestSnapshot()]);
    expect(theirs).toBe(ours);
  });

  it("shows each stranger's public posts once, while likes and posts come and go", async () => {
    forgetNewest();
    const authors = await Promise.all(Array.from({ length: 5 }, () => makeUser()));
    const made: string[] = [];
    for (let i = 0; i < 40; i++) made.push(await makePost(authors[i % 5]!, { at: new Date(Date.now() - i * 3_600_000) }));
    const reader = await makeUser();
    const seen = await pages(reader, 7, async () => {
      await likes(made[Math.floor(Math.random() * 40)]!, 1_000);
      await makePost(authors[0]!);
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(made.every((id) => seen.includes(id))).toBe(true);
  });

  it("never shows own, followed, private, muted, blocked, archived or unpublished ones", async () => {
    const { owner, stranger, blocked } = await makeCast();
    const [reader, followed, muted, open] = [await makeUser(), await makeUser(), await makeUser(), await makeUser()];
    await makeFollow(reader, followed);
    await db().execute(sql`insert into mutes (muter_id, muted_id) values (${reader.id}::bigint, ${muted.id}::bigint)`);
    await makeBlock(open, blocked);
    const hidden = [await makePost(owner), await makePost(reader), await makePost(followed), await makePost(muted), await makePost(open, { audience: "followers" }), await makePost(open, { status: "held" })];
    const seen = await makePost(open);
    forgetNewest();
    const forReader = await pages(reader, 100);
    expect(forReader).toContain(seen);
    expect(forReader.filter((id) => hidden.includes(id))).toEqual([]);
    expect(await pages(blocked, 100)).not.toContain(seen);
    expect(await pages(null, 100)).toContain(seen);
    expect(await pages(null, 100)).not.toContain(hidden[0]);
    // What goes private after the ranking was made is gone at once.
    await db().execute(sql`update users set is_private = true where id = ${open.id}::bigint`);
    for (const viewer of [null, reader, stranger]) expect(await pages(viewer, 100)).not.toContain(seen);
  });

  it("goes on from the newest ranking when the one of a cursor is no longer kept", async () => {
    const first = await listExplore(null, { limit: 3, cursor: null });
    expect(first.nextCursor).not.toBeNull();
    const gone = await listExplore(null, { limit: 3, cursor: String(BigInt(first.nextCursor!) + 900_000n * 65_536n) });
    expect(gone.items).toHaveLength(3);
  });
});

describe("suggested people", () => {
  it("puts those first whom the followed follow, and leaves out who is known or avoided", async () => {
    const [reader, friend, near, hidden, known] = [await makeUser(), await makeUser(), await makeUser(), await makeUser({ isPrivate: true }), await makeUser()];
    for (const person of [friend, known]) await makeFollow(reader, person);
    for (const person of [near, hidden, known]) await makeFollow(friend, person);
    const people = await listSuggestedPeople(reader, 5);
    expect(people[0]?.id).toBe(near.id);
    expect(people.map((person) => person.id).filter((id) => [reader.id, friend.id, hidden.id, known.id].includes(id))).toEqual([]);
    expect(people).toHaveLength(5);
  });
});
