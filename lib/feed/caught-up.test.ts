import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, db } from "@/db/client";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { closeRedis } from "@/lib/platform/redis/redis";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { findCaughtUp, PART } from "./caught-up";
import { fanOut } from "./fan-out";
import { listFeedIds } from "./queries";
import { recordSeen } from "./seen";
import { TOP } from "./skeleton";

beforeAll(() => void Object.assign(process.env, { LIMIT_SEEN_PER_MINUTE: "1000000" }));
beforeEach(forgetLimits);
afterAll(async () => {
  closeRedis();
  await closeDatabase();
});

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);

describe("the line after what is new", () => {
  it("stands after the last unseen post, however far down, and at the end when nothing was seen", async () => {
    const [reader, author] = [await makeUser(), await makeUser()];
    await makeFollow(reader, author);
    const posts: string[] = [];
    for (let i = 0; i < 60; i++) posts.push(await makePost(author, { at: ago(i + 1) }));
    expect(await findCaughtUp(reader)).toBeNull();
    await recordSeen(reader, posts);
    expect(await findCaughtUp(reader)).toBe(posts[0]);
    const own = await makePost(reader);
    expect(await findCaughtUp(reader)).toBe(posts[0]);
    const fresh = await makePost(author);
    await fanOut(fresh);
    expect(await findCaughtUp(reader)).toBe(own);
    await recordSeen(reader, [fresh]);
    await db().execute(sql`delete from post_seen where user_id = ${reader.id}::bigint and post_id = ${posts[20]!}::bigint`);
    expect(await findCaughtUp(reader)).toBe(posts[21]);
    // Who has seen only what lies far down is told so, whether the newest ids are known already or not.
    const late = await makeUser();
    await makeFollow(late, author);
    await recordSeen(late, posts.slice(45));
    expect(await findCaughtUp(late)).toBe(posts[45]);
    expect(await findCaughtUp(late, await listFeedIds(late.id, TOP, PART))).toBe(posts[45]);
    // Another reader has seen nothing of it.
    const [other, lonely] = [await makeUser(), await makeUser()];
    await makeFollow(other, author);
    expect([await findCaughtUp(other), await findCaughtUp(lonely)]).toEqual([null, null]);
  });
});
