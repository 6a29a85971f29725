import fc from "fast-check";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { jobs as mediaJobs } from "@/lib/media/jobs";
import { toShortcode } from "@/lib/platform/ids";
import { forgetLimits } from "@/lib/platform/ratelimit/ratelimit";
import { callApi, type Method } from "@/lib/testing/api";
import { makeCast, makePost, makeUpload, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { statementsOf } from "@/lib/testing/plans";
import { jobs as postJobs } from "./jobs";
import { ensurePlace } from "./places";
import { getVisiblePost } from "./queries";
import { forgetSkeletons, knownSkeleton } from "./skeletons";

const jobs = [...mediaJobs, ...postJobs];
beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000" });
  await installJobs(jobs);
});
beforeEach(forgetLimits);

const photo = async (color = "jpeg") => new Blob([new Uint8Array(await quarters(320, 200).toFormat(color as "jpeg").toBuffer())], { type: "image/jpeg" });

async function form(fields: [string, string | Blob][]): Promise<{ body: Uint8Array; headers: Record<string, string> }> {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value as Blob, ...(typeof value === "string" ? [] : ["../../evil name.php"]));
  const response = new Response(data);
  return { body: new Uint8Array(await response.arrayBuffer()), headers: { "content-type": response.headers.get("content-type")! } };
}

describe("posts over the API", () => {
  it("are made of JSON, edited, listed and deleted", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const made = await callApi("POST", "/api/posts", { as: ada, body: { media: [{ id: await makeUpload(ada), alt: "One" }], caption: "Over #REST", location: "Faro" }, headers: { "idempotency-key": "one" } });
    expect(made).toMatchObject({ status: 201, body: { status: "processing", user_id: ada.id, hashtags: ["rest"], media: [{ alt: "One" }] } });
    const { id } = made.body;
    await db().execute(sql`update posts set status = 'published' where id = ${id}::bigint`);
    await db().execute(sql`update users set post_count = 1 where id = ${ada.id}::bigint`);
    for (const address of [`/api/posts/${id}`, `/api/posts/${toShortcode(id)}`]) expect((await callApi("GET", address)).body.id).toBe(id);
    expect((await callApi("PATCH", `/api/posts/${id}`, { as: ada, body: { caption: "Edited", alt: "Two" } })).body).toMatchObject({ caption: "Edited", is_edited: true, media: [{ alt: "Two" }] });
    for (const address of [`/api/users/${ada.id}/posts`, `/api/users/@${ada.username}/posts?limit=1&offset=0`, `/api/posts/users/${ada.id}/posts`]) {
      expect((await callApi("GET", address, { as: bob })).body).toMatchObject({ posts: [{ id }], pagination: { count: 1, next_cursor: null } });
    }
    expect((await callApi("PATCH", `/api/posts/${id}`, { as: bob, body: { caption: "Mine" } })).status).toBe(403);
    expect((await callApi("DELETE", `/api/posts/${id}`)).status).toBe(401);
    for (let i = 0; i < 2; i++) expect((await callApi("DELETE", `/api/posts/${id}`, { as: ada })).status).toBe(204);
    expect((await callApi("GET", `/api/posts/${id}`, { as: ada })).status).toBe(404);
  });

  it("are made of a form of photos, once for a key", async () => {
    const ada = await makeUser();
    const { body, headers } = await form([["image", await photo()], ["alt", "First"], ["image", await photo("png")], ["alt", "Second"], ["caption", "A #form"], ["comments_enabled", "false"], ["constructor", "x"], ["__proto__", "y"]]);
    const answers = await Promise.all([1, 2, 3].map(() => callApi("POST", "/api/posts", { as: ada, body, headers: { ...headers, "idempotency-key": "form-1" } })));
    answers.push(await callApi("POST", "/api/posts", { as: ada, body, headers: { ...headers, "idempotency-key": "form-1" } }));
    for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: { id: answers[0]!.body.id, content_type: "carousel", hashtags: ["form"], comments_enabled: false, media: [{ alt: "First" }, { alt: "Second" }] } });
    await drainJobs(jobs);
    expect((await callApi("GET", `/api/posts/${answers[0]!.body.id}`)).body.status).toBe("published");
    const [left] = await db().execute<{ free: number }>(sql`select count(*)::int as free from media where owner_id = ${ada.id}::bigint and post_id is null`);
    expect(left!.free).toBe(0);
  });

  it("refuse a form with something wrong in it and keep nothing of it", async () => {
    const ada = await makeUser();
    const refused = async (fields: [string, string | Blob][], status: number, field?: string) => {
      const { body, headers } = await form(fields);
      const answer = await callApi("POST", "/api/posts", { as: ada, body, headers });
      expect(answer.status).toBe(status);
      if (field) expect(answer.body.error.fields).toHaveProperty(field);
    };
    await refused([["caption", "No photo"]], 422, "image");
    await refused([["image", new Blob(["<svg xmlns='http://www.w3.org/2000/svg'/>"], { type: "image/png" })]], 415);
    await refused([["image", await photo()], ["image", new Blob(["not a photo"], { type: "image/jpeg" })]], 415);
    await refused([["image", await photo()], ["caption", "x".repeat(2201)]], 422, "caption");
    await refused([["image", await photo()], ["audience", "the moon"]], 422, "audience");
    await refused([["image", await photo()], ["audience", "circles"], ["circle_ids", "42"]], 422, "circle_ids");
    const [left] = await db().execute<{ rows: number }>(sql`select count(*)::int as rows from media where owner_id = ${ada.id}::bigint and state <> 'failed'`);
    expect(left!.rows).toBe(0);
    const cut = await form([["image", await photo()]]);
    forgetLimits();
    const broken = await callApi("POST", "/api/posts", { as: ada, body: cut.body.subarray(0, 200), headers: cut.headers });
    expect([400, 415, 422]).toContain(broken.status);
  });

  it("refuse JSON with the field named", async () => {
    const ada = await makeUser();
    const upload = { id: await makeUpload(ada) };
    const wrong: [object, string][] = [
      [{}, "media"], [{ media: [] }, "media"], [{ media: [upload, upload] }, "media"], [{ media: Array.from({ length: 21 }, (_, i) => ({ id: String(i) })) }, "media"], [{ media: [{ id: "x" }] }, "media.0.id"],
      [{ media: [{ ...upload, alt: "x".repeat(1001) }] }, "media.0.alt"], [{ media: [{ ...upload, crop: { x: 0.5, y: 0, width: 0.9, height: 1 } }] }, "media.0.crop"],
      [{ media: [upload], caption: 5 }, "caption"], [{ media: [upload], caption: "x".repeat(2201) }, "caption"], [{ media: [upload], location: 5 }, "location"], [{ media: [upload], location: { name: "x", latitude: 91 } }, "location"],
      [{ media: [upload], audience: "circles" }, "circle_ids"], [{ media: [upload], audience: "friends" }, "audience"], [{ media: [upload], comments_enabled: "yes" }, "comments_enabled"], [{ media: [{ id: "999" }] }, "media.0"],
    ];
    for (const [body, field] of wrong) {
      const answer = await callApi("POST", "/api/posts", { as: ada, body });
      expect([answer.status, Object.keys(answer.body.error.fields ?? {}).join()]).toEqual([422, expect.stringContaining(field)]);
    }
    for (const body of ["", "[]", "5", "null", "{", "\"x\"", "{\"media\":\"\\u0000\"}"]) expect([400, 422]).toContain((await callApi("POST", "/api/posts", { as: ada, body })).status);
    expect((await callApi("POST", "/api/posts", { body: { media: [upload] } })).status).toBe(401);
    expect((await callApi("POST", "/api/posts", { as: "nonsense", body: { media: [upload] } })).status).toBe(401);
  });
});

it("shows tags, places and searches", async () => {
  const { owner, follower, stranger, blocked } = await makeCast();
  const post = await makePost(owner, { caption: "#tucked #away" });
  const place = await ensurePlace(db(), { name: "Tucked Cove", latitude: null, longitude: null });
  await db().execute(sql`update posts set place_id = ${place}::bigint where id = ${post}::bigint`);
  const { indexPost } = await import("./tagging");
  await indexPost(post);
  for (const [viewer, sees] of [[owner, true], [follower, true], [stranger, false], [blocked, false], [null, false]] as const) {
    const tagged = await callApi("GET", `/api/tags/${encodeURIComponent("#Tucked")}/posts?sort=top`, { as: viewer });
    expect(tagged).toMatchObject({ status: 200, body: { tag: { name: "tucked", post_count: 0 } } });
    expect(tagged.body.posts.map((one: { id: string }) => one.id)).toEqual(sees ? [post] : []);
    expect((await callApi("GET", `/api/places/${place}/posts`, { as: viewer })).status).toBe(sees ? 200 : 404);
    const found = await callApi("GET", "/api/search?q=tucked", { as: viewer });
    expect(found.body.places).toHaveLength(sees ? 1 : 0);
    expect(found.body.tags).toEqual([]);
    expect((await callApi("GET", `/api/search?q=${owner.username}&type=users`, { as: viewer })).body.users.some((user: { id: string }) => user.id === owner.id)).toBe(viewer !== blocked);
  }
  expect((await callApi("GET", "/api/search?type=planets&q=x")).status).toBe(422);
});

describe("whatever a client sends", () => {
  it("is answered, and never by a 500", async () => {
    const ada = await makeUser();
    const post = await makePost(ada);
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("", "0", "-1", "1e9", "99999999999999999999", "9223372036854775807", "9223372036854775808", "null", "%00", "\u0000", "\ud800", "'; --", "@", "@ada", "#", "../..", "{}", post, toShortcode(post), "NaN", "💥".repeat(50)));
    const value: fc.Arbitrary<unknown> = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 }), fc.dictionary(text, text, { maxKeys: 3 }), fc.array(fc.record({ id: text, alt: fc.oneof(text, fc.integer()), crop: fc.anything() }, { requiredKeys: [] }), { maxLength: 3 }));
    const field = fc.constantFrom("media", "caption", "location", "alt", "audience", "comments_enabled", "like_count_hidden", "is_archived", "x", "__proto__", "constructor");
    const body = fc.oneof({ weight: 5, arbitrary: fc.dictionary(field, value, { maxKeys: 5 }).map((o) => JSON.stringify(o)) }, { weight: 1, arbitrary: fc.json() }, { weight: 1, arbitrary: text });
    const encoded = text.map((part) => encodeURIComponent(part.toWellFormed()) || "-");
    const query = fc.dictionary(fc.constantFrom("limit", "cursor", "offset", "sort", "q", "type", "x"), text, { maxKeys: 4 }).map((o) => new URLSearchParams(o).toString());
    const target: fc.Arbitrary<[Method, string]> = fc.oneof(
      fc.constantFrom<[Method, string]>(["POST", "/api/posts"], ["GET", "/api/search"]),
      encoded.map((id): [Method, string] => ["GET", `/api/posts/${id}`]), encoded.map((id): [Method, string] => ["PATCH", `/api/posts/${id}`]), fc.constant<[Method, string]>(["PATCH", `/api/posts/${post}`]),
      encoded.map((id): [Method, string] => ["DELETE", `/api/posts/${id.includes(post) || id === toShortcode(post) ? "1" : id}`]), encoded.map((id): [Method, string] => ["POST", `/api/posts/${id}/retry`]),
      encoded.map((id): [Method, string] => ["GET", `/api/users/${id}/posts`]), encoded.map((id): [Method, string] => ["GET", `/api/posts/users/${id}/posts`]),
      encoded.map((id): [Method, string] => ["GET", `/api/tags/${id}/posts`]), encoded.map((id): [Method, string] => ["GET", `/api/places/${id}/posts`]),
    );
    const key = fc.option(text.filter((t) => /^[\x20-\x7e]*$/.test(t)), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(target, query, body, fc.boolean(), key, async ([method, path], search, sent, isSignedIn, idempotency) => {
        const answer = await callApi(method, `${path}?${search}`, {
          as: isSignedIn ? ada : null, headers: idempotency === undefined ? {} : { "idempotency-key": idempotency }, ...(method === "GET" || method === "DELETE" ? {} : { body: sent }),
        });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect(answer.body.error).toMatchObject({ code: expect.any(String), message: expect.any(String), request_id: expect.any(String) });
      }),
      { numRuns: 1000, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});

describe("a post that somebody may not see", () => {
  it("is not told from one that never was: by no answer, nor by what is asked of the database, which takes its time", async () => {
    const { owner, stranger, blocked } = await makeCast({ isPrivate: false });
    const make = async (change?: ReturnType<typeof sql>) => {
      const id = await makePost(owner);
      return { id, hide: async () => void (change && (await db().execute(sql`update posts set ${change} where id = ${id}::bigint`))) };
    };
    const changes = [sql`status = 'held'`, sql`deleted_at = now()`, sql`archived_at = now()`, sql`audience = 'followers'`];
    const hidden = [...(await Promise.all(changes.map(make))), await make()];
    for (const { id, hide } of hidden) {
      await getVisiblePost(stranger, id);
      await hide();
    }
    const never = String(BigInt(hidden.at(-1)!.id) + 1n);
    const reads = ["", "/comments", "/likes", "/versions", "/reactions", "/share"].map((part) => ["GET", part] as const);
    const asks = [...reads, ["POST", "/like"], ["DELETE", "/like"], ["POST", "/save"], ["PUT", "/repost"]] as (readonly [Method, string])[];
    const tell = async (as: typeof blocked | null, id: string, method: Method, part: string) => {
      let answer: unknown;
      const sent = await statementsOf(async () => {
        const { status, body } = await callApi(method, `/api/posts/${id}${part}`, { as, ...(method === "PUT" ? { body: {} } : {}) });
        answer = [status, body?.error?.code, body?.error?.message];
      });
      return { answer, sent: sent.map(({ text }) => text) };
    };
    for (const as of [stranger, blocked, null]) {
      for (const [method, part] of as ? asks : reads) {
        const expected = await tell(as, never, method, part);
        expect(expected).toMatchObject({ answer: [404, "not_found", expect.any(String)], sent: expect.arrayContaining([expect.any(String)]) });
        // The last is hidden from who is blocked only.
        for (const { id } of as === blocked ? hidden : hidden.slice(0, -1)) {
          expect(knownSkeleton(id)).toBeDefined();
          for (const address of [id, toShortcode(id)]) expect(await tell(as, address, method, part), `${method} ${part}, kept`).toEqual(expected);
        }
      }
    }
    for (const as of [stranger, blocked, null]) {
      const expected = await tell(as, never, "GET", "");
      for (const { id } of as === blocked ? hidden : hidden.slice(0, -1)) {
        for (const address of [id, toShortcode(id)]) {
          forgetSkeletons();
          expect(await tell(as, address, "GET", ""), "not kept").toEqual(expected);
          expect(knownSkeleton(id)).toBeUndefined();
        }
      }
    }
  });
});
