import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { callApi } from "@/lib/testing/api";
import { makeFollow, makePost, makeUser } from "@/lib/testing/factories";

beforeAll(() => void Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000" }));
beforeEach(forgetLimits);

type Posts = { posts: { id: string }[]; pagination: { limit: number; count: number; next_cursor: string | null } };

async function setUp(count: number) {
  const [reader, author] = [await makeUser(), await makeUser()];
  await makeFollow(reader, author);
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.unshift(await makePost(author));
  return { reader, author, ids };
}

describe("GET /api/feed", () => {
  it("is for signed-in people", async () => {
    expect(await callApi("GET", "/api/feed")).toMatchObject({ status: 401, body: { error: { code: "unauthenticated" } } });
  });

  it("pages by cursor and by offset to the same end", async () => {
    const { reader, ids } = await setUp(9);
    const all = await callApi("GET", "/api/feed", { as: reader });
    expect(all).toMatchObject({ status: 200, body: { pagination: { limit: 20, count: 9, next_cursor: null } } });
    expect((all.body as Posts).posts.map((post) => post.id)).toEqual(ids);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = (await callApi("GET", `/api/feed?limit=4&cursor=${cursor}`, { as: reader })) as { body: Posts };
      seen.push(...body.posts.map((post) => post.id));
      cursor = body.pagination.next_cursor;
    }
    expect(seen).toEqual(ids);
    const { body } = (await callApi("GET", "/api/feed?limit=4&offset=4", { as: reader })) as { body: Posts };
    expect(body.posts.map((post) => post.id)).toEqual(ids.slice(4, 8));
    const on = (await callApi("GET", `/api/feed?cursor=${body.pagination.next_cursor}`, { as: reader })) as { body: Posts };
    expect(on.body.posts.map((post) => post.id)).toEqual(ids.slice(8));
    expect(await callApi("GET", "/api/feed?offset=1000", { as: reader })).toMatchObject({ status: 200, body: { posts: [], pagination: { next_cursor: null } } });
  });

  it("refuses what is no page", async () => {
    const reader = await makeUser();
    for (const query of ["limit=0", "limit=101", "limit=x", "offset=1001", "offset=-1", "cursor=nonsense", "cursor=999"]) {
      expect(await callApi("GET", `/api/feed?${query}`, { as: reader })).toMatchObject({ status: 422, body: { error: { code: "invalid" } } });
    }
  });

  it("never answers 500, whatever cursor it is given", async () => {
    const { reader } = await setUp(2);
    const cursor = fc.oneof(fc.string(), fc.bigInt({ min: 0n, max: 2n ** 64n }).map((id) => Buffer.from(`k${id}`).toString("base64url")));
    await fc.assert(
      fc.asyncProperty(cursor, fc.constantFrom("feed", "explore"), async (value, list) => {
        expect([200, 422]).toContain((await callApi("GET", `/api/${list}?cursor=${encodeURIComponent(value)}`, { as: reader })).status);
      }),
      { numRuns: 60 },
    );
  });
});

describe("GET /api/feed/new", () => {
  it("counts what came since", async () => {
    const { reader, author, ids } = await setUp(1);
    const count = async () => (await callApi("GET", `/api/feed/new?since=${ids[0]}`, { as: reader })).body.count;
    expect(await count()).toBe(0);
    await makePost(author);
    await makePost(reader);
    // Not yet pushed into a stored feed, and there all the same where none is stored.
    expect([0, 1]).toContain(await count());
    expect((await callApi("GET", "/api/feed/new?since=x", { as: reader })).status).toBe(422);
  });
});

describe("GET /api/explore", () => {
  it("is for everybody, and pages to its end without repeats", async () => {
    await setUp(12);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const answer = (await callApi("GET", `/api/explore?limit=5&cursor=${cursor}`)) as { status: number; body: Posts };
      expect(answer.status).toBe(200);
      seen.push(...answer.body.posts.map((post) => post.id));
      cursor = answer.body.pagination.next_cursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
  });
});
