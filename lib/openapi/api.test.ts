import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import type { HttpMethod } from "@/lib/platform/openapi/endpoint";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { type Answer, type Call, callApi, listRoutes, type Method, methodsOf, type Route } from "@/lib/testing/api";
import { makeFollow, makePost, makeUpload, makeUser } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { endpoints, openApi } from "./api";
import { frontEndpoints } from "./reading";

// The worker's own door, and next-auth's.
const INTERNAL = ["/api/jobs/{name}", "/api/auth/{nextauth}"];

const published = openApi();
const ajv = addFormats(new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, formats: { binary: true } }));
const inApi = (schema: object) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"api#/$defs/'));
ajv.addSchema({ $id: "api", $defs: inApi(published.components.schemas) });

const compiled = new Map<string, ValidateFunction>();

type Operation = { operationId: string; parameters: { name: string; in: string; required: boolean; schema: object }[]; requestBody?: { content: Record<string, { schema: object }> }; responses: Record<string, { content?: Record<string, { schema: object }> }>; security: object[] };
const operation = (method: HttpMethod, path: string) => published.paths[path]?.[method.toLowerCase()] as Operation | undefined;

/** What is published for an answer, or undefined when that status is not. */
function validatorOf(method: HttpMethod, path: string, status: number): ValidateFunction | null | undefined {
  const response = operation(method, path)?.responses[status];
  if (!response) return undefined;
  const schema = response.content?.["application/json"]?.schema;
  if (!schema) return null;
  const key = `${method} ${path} ${status}`;
  const validate = compiled.get(key) ?? ajv.compile(inApi(schema));
  compiled.set(key, validate);
  return validate;
}

const answered = new Set<string>();

/** Throws unless the answer is as published. */
function check(method: Method, route: Route, answer: Answer): Answer {
  const validate = validatorOf(method, route.path, answer.status);
  if (validate === undefined) throw new Error(`${method} ${route.path} answered ${answer.status}, which is not published: ${JSON.stringify(answer.body)}`);
  if (validate === null) expect(answer.body).toBeNull();
  else if (!validate(answer.body)) throw new Error(`${method} ${route.path} ${answer.status}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(answer.body).slice(0, 2000)}`);
  if (answer.status < 300) answered.add(`${method} ${route.path}`);
  return answer;
}

async function ask(method: Method, address: string, call: Call = {}): Promise<Answer> {
  const route = listRoutes().find((one) => one.pattern.test(new URL(address, "http://x").pathname))!;
  const answer = check(method, route, await callApi(method, address, call));
  if (answer.status >= 300) throw new Error(`${method} ${address}: ${JSON.stringify(answer.body)}`);
  return answer;
}

beforeAll(async () => {
  Object.assign(process.env, { LIMIT_API_PER_MINUTE: "1000000", LIMIT_API_PERSON_PER_MINUTE: "1000000", LIMIT_LOGIN_PER_MINUTE: "1000", LIMIT_SIGNUP_PER_HOUR: "1000", LIMIT_POSTS_PER_HOUR: "1000", LIMIT_COMMENTS_PER_MINUTE: "1000" });
  await installJobs(registry);
});

describe("what is published and what is there", () => {
  it("are the same endpoints", async () => {
    const there: string[] = [];
    for (const route of listRoutes()) if (!INTERNAL.includes(route.path)) there.push(...(await methodsOf(route)).map((method) => `${method} ${route.path}`));
    const described = endpoints.filter((endpoint) => !frontEndpoints.includes(endpoint)).map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    expect(described.toSorted()).toEqual(there.toSorted());
    expect(new Set(described).size).toBe(described.length);
  });

  it("are the same schemas and the same need to be signed in", async () => {
    for (const route of listRoutes()) {
      if (INTERNAL.includes(route.path)) continue;
      const handlers = await import(/* @vite-ignore */ route.file);
      for (const method of await methodsOf(route)) {
        const described = endpoints.find((endpoint) => endpoint.method === method && endpoint.path === route.path)!;
        const { options } = handlers[method] as { options?: { auth?: string; params?: unknown; query?: unknown; body?: unknown } };
        expect([route.path, described.auth]).toEqual([route.path, options ? (options.auth ?? "required") : "none"]);
        expect(described.params === options?.params && described.query === options?.query).toBe(true);
        // A route that also takes forms or plain texts reads its body itself.
        if (!described.form && !described.plain) expect(described.body === options?.body).toBe(true);
      }
    }
  });

  it("is a document whose parts fit together", () => {
    expect(published.openapi).toBe("3.1.0");
    const operations = Object.entries(published.paths).flatMap(([path, methods]) => Object.values(methods).map((one) => [path, one as Operation] as const));
    expect(new Set(operations.map(([, one]) => one.operationId)).size).toBe(operations.length);
    for (const [path, one] of operations) {
      expect(one.parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      for (const { schema } of [...one.parameters, ...Object.values(one.requestBody?.content ?? {})]) expect(() => ajv.compile(inApi(schema))).not.toThrow();
    }
    for (const name of Object.keys(published.components.schemas)) expect(() => ajv.compile({ $ref: `api#/$defs/${name}` })).not.toThrow();
    expect(JSON.stringify(published)).not.toMatch(/#\/\$defs/);
    expect(Object.keys(published.components.schemas).toSorted()).toEqual(["Comment", "Error", "Media", "MediaEdit", "Notification", "Pagination", "PhotoReceipt", "Place", "Post", "Receipt", "Self", "Tag", "User", "UserSummary", "VideoReceipt"]);
  });
});

describe("real answers", () => {
  it("are what is published, at every endpoint", async () => {
    const registered = await ask("POST", "/api/auth/register", { body: { username: "openbook", email: "openbook@example.org", password: "Sunlit-Harbour-42", full_name: "Open" } });
    const entered = await ask("POST", "/api/auth/login", { body: { login: "openbook", password: "Sunlit-Harbour-42" } });
    await ask("POST", "/api/auth/logout", { as: entered.body.token });
    const changed = await ask("POST", "/api/me/password", { as: registered.body.token, body: { current_password: "Sunlit-Harbour-42", new_password: "Quiet-Meadow-77" } });
    const self = changed.body.token as string;
    const selfId = registered.body.user.id as string;

    const photo = await quarters(640, 480).jpeg().toBuffer();
    const [ada, bob, shy, eve] = [await makeUser({ fullName: "Ada Lovelace" }), await makeUser(), await makeUser({ isPrivate: true }), await makeUser()];
    await ask("GET", "/api/me", { as: self });
    await ask("PATCH", "/api/me", { as: self, body: { bio: "Light", website: "example.org", links: [{ title: "More", url: "https://example.org/more" }], is_private: true } });
    const upload = await ask("POST", "/api/uploads", { as: self, body: { content_type: "image/jpeg", size: photo.length, purpose: "avatar" } });
    await put(upload.body, photo);
    await ask("POST", `/api/uploads/${upload.body.media_id}/complete`, { as: self });
    const large = await ask("POST", "/api/uploads", { as: self, body: { content_type: "image/jpeg", size: 9_000_000 } });
    await ask("POST", `/api/uploads/${large.body.media_id}/parts`, { as: self, body: { parts: [{ number: 2 }] } });
    await ask("GET", `/api/uploads/${large.body.media_id}`, { as: self });
    await ask("DELETE", `/api/uploads/${large.body.media_id}`, { as: self });
    await ask("PUT", "/api/me/avatar", { as: self, body: { media_id: upload.body.media_id } });

    await actOnPeople({ self, selfId, ada, bob, shy, eve });
    const post = await postAndReact({ ada, bob, photo });
    await ask("DELETE", "/api/me/avatar", { as: self });
    await readEverything({ ada, bob, post });
    for (const method of ["like", "save"]) await ask("DELETE", `/api/posts/${post}/${method}`, { as: bob });
    await ask("DELETE", `/api/posts/${post}`, { as: ada });
    await ask("DELETE", "/api/me", { as: self, body: { password: "Quiet-Meadow-77" } });

    const expected = endpoints.filter((endpoint) => !frontEndpoints.includes(endpoint)).map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    expect([...answered].toSorted()).toEqual(expected.toSorted());
  }, 120_000);

  it("are what is published when they refuse, whatever is sent to any endpoint, and never a 500", async () => {
    const [viewer, other] = [await makeUser(), await makeUser()];
    const post = await makePost(other);
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom("", "0", "-1", "9223372036854775808", "\u0000", "@", "null", "{}", post, other.id, `@${other.username}`));
    const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }), fc.dictionary(text, text, { maxKeys: 2 }));
    const routes = listRoutes().filter((route) => !INTERNAL.includes(route.path));
    const asked: { route: Route; method: Method; keys: string[] }[] = [];
    for (const route of routes) {
      for (const method of await methodsOf(route)) {
        const schema = operation(method, route.path)!.requestBody?.content["application/json"]?.schema as { properties?: object } | undefined;
        asked.push({ route, method, keys: [...Object.keys(schema?.properties ?? {}), ...operation(method, route.path)!.parameters.map((parameter) => parameter.name), "__proto__"] });
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...asked), fc.array(text, { minLength: 2, maxLength: 2 }), fc.array(value, { minLength: 12, maxLength: 12 }), fc.boolean(), fc.boolean(), async ({ route, method, keys }, parts, values, isSignedIn, isBroken) => {
        const fields = Object.fromEntries(keys.map((key, i) => [key, values[i % values.length]]));
        const path = route.path.replace(/\{\w+\}/g, () => encodeURIComponent(parts.pop()!.toWellFormed()) || "-");
        const query = new URLSearchParams(Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string")).toString();
        const body = method === "GET" ? {} : { body: isBroken ? JSON.stringify(values[0]).slice(0, -1) : fields };
        check(method, route, await callApi(method, `${path}?${query}`, { as: isSignedIn ? viewer : null, ...body }));
      }),
      { numRuns: 1_500, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});

/** The second item as if it were a video. */
async function subtitle(postId: string, ada: Viewer) {
  const files = { renditions: [], mp4: { width: 2, height: 2, bytes: 1 }, preview: { ext: "webp", bytes: 1 } };
  const [row] = await db().execute<{ id: string }>(sql`
    update media set kind = 'video', has_audio = true, duration = 1.5, video = ${JSON.stringify(files)}::text::jsonb where post_id = ${postId}::bigint and position = 1 returning id`);
  await ask("PUT", `/api/media/${row!.id}/captions/en`, { as: ada, body: { text: "WEBVTT\n\n00:01.000 --> 00:02.000\nhello" } });
  expect((await ask("GET", `/api/posts/${postId}`)).body.media[1]).toMatchObject({ captions: [{ language: "en" }], hls_url: expect.any(String) });
  await ask("DELETE", `/api/media/${row!.id}/captions/en`, { as: ada });
}

async function actOnPeople({ self, selfId, ada, bob, shy, eve }: { self: string; selfId: string } & Record<"ada" | "bob" | "shy" | "eve", Viewer>) {
  await ask("POST", `/api/users/${selfId}/follow`, { as: ada });
  await ask("POST", `/api/users/${selfId}/follow`, { as: eve });
  await ask("GET", "/api/follow-requests", { as: self });
  await ask("POST", `/api/follow-requests/${ada.id}/accept`, { as: self });
  await ask("POST", `/api/follow-requests/${eve.id}/decline`, { as: self });
  await ask("POST", `/api/users/@${ada.username}/follow`, { as: bob });
  await ask("POST", `/api/users/${shy.id}/follow`, { as: bob });
  await ask("DELETE", `/api/users/${shy.id}/follow`, { as: bob });
  for (const what of ["block", "mute"]) for (const method of ["POST", "DELETE"] as const) await ask(method, `/api/users/${eve.id}/${what}`, { as: bob });
  await ask("GET", `/api/users/${selfId}`, { as: ada });
  await ask("GET", `/api/users/@${shy.username}`);
  await ask("GET", `/api/users/${ada.id}/followers?q=&limit=5`, { as: bob });
  await ask("GET", `/api/users/${bob.id}/following`);
}

async function postAndReact({ ada, bob, photo }: { ada: Viewer; bob: Viewer; photo: Buffer }): Promise<string> {
  const upload = await ask("POST", "/api/uploads", { as: ada, body: { content_type: "image/jpeg", size: photo.length } });
  await put(upload.body, photo);
  await ask("POST", `/api/uploads/${upload.body.media_id}/complete`, { as: ada });
  const made = await ask("POST", "/api/posts", {
    as: ada, headers: { "idempotency-key": "openapi" },
    body: { media: [{ id: upload.body.media_id, alt: "Quarters" }, { id: await makeUpload(ada), alt: "" }], caption: `Of #openapi with @${bob.username}`, location: { name: "Lisbon", latitude: 38.7, longitude: -9.1 } },
  });
  const id = made.body.id as string;
  await ask("GET", `/api/posts/${id}`, { as: ada });
  await db().execute(sql`update media set state = 'failed', problem = 'damaged' where post_id = ${id}::bigint and position = 1`);
  await db().execute(sql`update posts set status = 'failed' where id = ${id}::bigint`);
  expect((await ask("GET", `/api/posts/${id}`, { as: ada })).body.problem).toBeTruthy();
  await ask("POST", `/api/posts/${id}/retry`, { as: ada });
  await db().execute(sql`update media set state = 'ready' where post_id = ${id}::bigint and position = 1`);
  await drainJobs(registry);
  expect((await ask("GET", `/api/posts/${made.body.shortcode}`)).body.status).toBe("published");
  await ask("PUT", `/api/media/${upload.body.media_id}/edit`, { as: ada, body: { kind: "image", geometry: { quarter_turns: 1 }, filter: { name: "dawn" } } });
  expect((await ask("GET", `/api/media/${upload.body.media_id}/edit`, { as: ada })).body.edit.filter).toEqual({ name: "dawn", strength: 1 });
  await ask("POST", `/api/media/${upload.body.media_id}/edit/source`, { as: ada });
  await subtitle(id, ada);
  await ask("GET", `/api/media/${upload.body.media_id}/receipt`, { as: ada });
  await ask("GET", `/api/media/${upload.body.media_id}/original`, { as: ada });
  await ask("PATCH", `/api/posts/${id}`, { as: ada, body: { alt: { [upload.body.media_id]: "Four quarters" }, like_count_hidden: true } });
  for (const what of ["like", "save"]) await ask("POST", `/api/posts/${id}/${what}`, { as: bob });
  const comment = await ask("POST", `/api/posts/${id}/comments`, { as: bob, body: { content: `Look, @${ada.username}` } });
  await ask("POST", `/api/posts/${id}/comments`, { as: ada, body: { content: "Yes", parent_id: comment.body.id } });
  for (const method of ["POST", "DELETE"] as const) await ask(method, `/api/comments/${comment.body.id}/like`, { as: ada });
  await ask("GET", `/api/posts/${id}/comments`, { as: ada });
  await ask("GET", `/api/posts/${id}/comments?parent_id=${comment.body.id}`);
  const doomed = await ask("POST", `/api/posts/${id}/comments`, { as: bob, body: { content: "Gone" } });
  await ask("DELETE", `/api/comments/${doomed.body.id}`, { as: ada });
  await drainJobs(registry);
  return id;
}

async function readEverything({ ada, bob, post }: { ada: Viewer; bob: Viewer; post: string }) {
  const held = await makePost(ada, { status: "held", audience: "circles" });
  expect((await ask("GET", `/api/posts/${held}`, { as: ada })).body.status).toBe("held");
  const place = (await ask("GET", `/api/posts/${post}`)).body.location.id as string;
  for (const viewer of [bob, null]) {
    const addresses = [`/api/users/${ada.id}/posts`, `/api/posts/users/${ada.id}/posts?offset=0`, "/api/tags/openapi/posts?sort=top", "/api/tags/neverused/posts", `/api/places/${place}/posts`, `/api/posts/${post}/likes`, "/api/explore", "/api/search?q=a", "/api/search?q=open&type=tags", "/api/limits", "/api/openapi.json"];
    for (const address of addresses) await ask("GET", address, { as: viewer });
  }
  expect((await ask("GET", `/api/posts/${post}/likes`, { as: ada })).body.users).toHaveLength(1);
  const stranger = await makeUser();
  await makePost(stranger);
  await makeFollow(bob, stranger);
  expect((await ask("GET", "/api/feed", { as: bob })).body.posts.length).toBeGreaterThan(0);
  await ask("GET", `/api/feed/new?since=${post}`, { as: bob });
  expect((await ask("GET", "/api/feed/algorithmic?ranker=affinity-v1&limit=1", { as: bob })).body.reasons).toHaveLength(1);
  await ask("POST", "/api/feed/seen", { as: bob, body: { post_ids: [post] } });
  await ask("GET", "/api/feed/preferences", { as: bob });
  await ask("PATCH", "/api/feed/preferences", { as: bob, body: { order: "for_you", best: 0.7 } });
  for (const address of [`/api/posts/${post}/not-interested`, `/api/posts/${post}/fewer`, `/api/users/@${ada.username}/snooze`]) for (const method of ["POST", "DELETE"] as const) await ask(method, address, { as: bob });
  expect((await ask("GET", "/api/saved", { as: bob })).body.posts).toHaveLength(1);
  expect((await ask("GET", "/api/notifications", { as: ada })).body.notifications.length).toBeGreaterThan(0);
  expect((await ask("GET", "/api/notifications", { as: bob })).body.notifications.length).toBeGreaterThan(0);
  await ask("POST", "/api/notifications/read", { as: ada, body: {} });
}

/** What a browser does with the signed address, without the network. */
async function put(upload: { media_id: string }, bytes: Buffer): Promise<void> {
  const { storage } = await import("@/lib/platform/storage/storage");
  const [row] = await db().execute<{ original_key: string; content_type: string }>(sql`select original_key, content_type from media where id = ${upload.media_id}::bigint`);
  await storage().put(row!.original_key, bytes, { contentType: row!.content_type });
}
