import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer } from "../chaos/client";
import { Facts } from "./facts";
import { balance } from "./front";
import { holdPage, Walk } from "./pages";
import { Record } from "./record";

const [READER, AUTHOR, STRANGER] = ["1", "2", "3"];
const post = (id: number, author: string, status = "published") => ({ id: String(id), user_id: author, status });
const pageOf = (posts: Answer["posts"], cursor: string | null = null) => ({ posts, pagination: { next_cursor: cursor } }) as Answer;
const later = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

/** What is said of a feed of these pages that are asked for now. */
function walk(facts: Facts, ...pages: Answer[]): string[] {
  const feed = new Walk(facts, READER);
  for (const page of pages) feed.hold(Date.now(), page);
  return facts.wrongs;
}

describe("the soak's judgement", () => {
  let facts: Facts;
  beforeEach(() => {
    vi.useFakeTimers();
    facts = new Facts();
    facts.follows(READER, AUTHOR).learn(true);
    later(10);
  });
  afterEach(() => void vi.useRealTimers());

  it("is content with a feed of the followed, in order over all pages", () => {
    expect(walk(facts, pageOf([post(9, AUTHOR), post(8, READER, "processing")], "x"), pageOf([post(7, AUTHOR)]))).toEqual([]);
  });

  it("notices strangers, and the unfollowed from a second after the answer on", () => {
    expect(walk(facts, pageOf([post(9, STRANGER)]))).toEqual(["the feed showed 1 the post 9 of 3, whom they do not follow"]);
    facts.follows(READER, AUTHOR).begin();
    expect(walk(facts, pageOf([post(8, AUTHOR)]))).toHaveLength(1);
    facts.follows(READER, AUTHOR).end(false);
    later(0.9);
    expect(walk(facts, pageOf([post(8, AUTHOR)]))).toHaveLength(1);
    later(0.2);
    expect(walk(facts, pageOf([post(8, AUTHOR)]))).toHaveLength(2);
  });

  it("notices a post that comes twice or too late, also on another page", () => {
    expect(walk(facts, pageOf([post(9, AUTHOR)], "x"), pageOf([post(9, AUTHOR)]))).toEqual(["the feed of 1 has 9 after 9"]);
    expect(walk(facts, pageOf([post(7, AUTHOR), post(8, AUTHOR)]))).toContain("the feed of 1 has 8 after 7");
  });

  it("notices what is deleted, private, across a block, or not ready", () => {
    facts.isGone("5").learn(true);
    facts.isPrivate(STRANGER).learn(true);
    facts.blocks(AUTHOR, READER).learn(true);
    later(2);
    holdPage(facts, { viewer: READER, where: "explore", asked: Date.now(), posts: [post(5, "4"), post(6, STRANGER), post(7, AUTHOR), post(8, "4", "processing"), post(9, "4")] });
    expect(facts.wrongs).toEqual([
      "explore showed 1 the post 5 of 4, which was deleted", "explore showed 1 the post 6 of 3, whom they may not see",
      "explore showed 1 the post 7 of 2, whom they may not see", "explore showed 1 the post 8 of 4, which is processing",
    ]);
  });

  it("misses one's own posts, and what was published before one began to follow", () => {
    for (const [id, author] of [["6", READER], ["5", STRANGER], ["4", AUTHOR]] as const) {
      facts.posts.set(id, author);
      facts.isAccepted(id).learn(true);
      facts.isPublished(id).learn(true);
    }
    later(1);
    facts.follows(READER, STRANGER).learn(true);
    later(2);
    // 4 came after its author was followed: by a job, some time.
    expect(walk(facts, pageOf([post(9, AUTHOR)]))).toEqual(["the feed of 1 lacks 6 of 1", "the feed of 1 lacks 5 of 3"]);
    expect(walk(facts, pageOf([post(9, AUTHOR)], "further down"))).toHaveLength(2);
  });

  it("finds when errors were over for five seconds, and when they never were", () => {
    const record = new Record();
    const [from, to] = [Date.now(), Date.now() + 1_000];
    for (let tenth = 0; tenth < 200; tenth++) {
      record.add("GET /api/feed", Date.now(), tenth < 40 || tenth === 100 ? 503 : 200);
      later(0.1);
    }
    expect(record.recovery({ name: "a fault", from, to })).toBeCloseTo(2.9, 1);
    expect(record.recovery({ name: "a fault", from, to: to + 17_000 })).toBeNull();
  });

  it("leaves a server alone that did not answer, unless none does", () => {
    const front = balance(["one", "two"]);
    const asked = () => new Set(Array.from({ length: 4 }, front.pick));
    expect(asked()).toEqual(new Set(["one", "two"]));
    front.failed("one");
    expect(asked()).toEqual(new Set(["two"]));
    front.failed("two");
    expect(asked()).toEqual(new Set(["one", "two"]));
    later(1.1);
    front.failed("two");
    expect(asked()).toEqual(new Set(["one"]));
  });
});
