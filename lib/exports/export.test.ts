import { randomBytes } from "node:crypto";
import { on } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import yauzl from "yauzl";
import { db } from "@/db/client";
import { hashPassword } from "@/lib/accounts/password-hash";
import { addComment } from "@/lib/comments/service";
import { setLike, setSaved } from "@/lib/interactions/service";
import { registry } from "@/lib/jobs";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi } from "@/lib/testing/api";
import { makeBlock, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { failure } from "@/lib/testing/failure";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { mailsTo } from "@/lib/testing/mails";
import { residentMegabytes } from "@/lib/testing/peak-memory";
import { leaveTraces, MARK } from "@/lib/testing/traces";
import { fileOf, type Kind, KINDS } from "./format";
import { PAGES } from "./html";
import { jobs } from "./jobs";
import { packInto } from "./pack";
import { listExports } from "./queries";
import { requestExport, signExport } from "./service";
import { SHOWN } from "./site-lines";
import { sweepExports } from "./sweep";

const HOSTILE = `</p><script>alert(1)</script><img src=x onerror="alert(2)">" ' & #tag @bob`;

beforeAll(async () => {
  Object.assign(process.env, { LIMIT_COMMENTS_PER_MINUTE: "1000" });
  await installJobs(registry);
});

function readEntries(zip: yauzl.ZipFile): AsyncIterable<[yauzl.Entry]> {
  const entries = on(zip, "entry", { close: ["end"] }) as unknown as AsyncIterable<[yauzl.Entry]>;
  zip.readEntry();
  return entries;
}

/** Every file of a ZIP by its name. */
async function unzip(path: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => yauzl.open(path, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))));
  for await (const [entry] of readEntries(zip)) {
    const stream = await new Promise<Readable>((resolve, reject) => zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened))));
    files.set(entry.fileName, Buffer.concat(await stream.toArray()));
    zip.readEntry();
  }
  return files;
}

async function pack(person: Viewer): Promise<Map<string, Buffer>> {
  const { id } = await requestExport(person);
  await drainJobs(jobs);
  const [row] = await db().execute<{ storage_key: string; state: string; bytes: string }>(sql`select storage_key, state, bytes from data_exports where id = ${id}::bigint`);
  expect(row!.state).toBe("ready");
  const dir = await mkdtemp(join(tmpdir(), "heliograph-unzip-"));
  try {
    await pipeline((await storage().get(row!.storage_key))!.body, createWriteStream(join(dir, "x.zip")));
    return await unzip(join(dir, "x.zip"));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Files for the rows of a person's photos. */
async function giveFiles(person: Viewer, bytes = Buffer.from("a picture")): Promise<void> {
  const rows = await db().execute<{ id: string }>(sql`update media set original_key = 'originals/' || id || '/brought' where owner_id = ${person.id}::bigint returning id`);
  for (const { id } of rows) for (const key of [`originals/${id}/brought`, `media/${id}/v1/1080.jpg`]) await storage().put(key, bytes, { contentType: "image/jpeg" });
}

/** The items of each kind, held against their form. */
function readKinds(files: Map<string, Buffer>) {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const parsed = fileOf(kind).safeParse(JSON.parse(files.get(`data/${kind}.json`)!.toString()));
    expect([kind, parsed.error?.message]).toEqual([kind, undefined]);
  }
  return (kind: Kind) => JSON.parse(files.get(`data/${kind}.json`)!.toString()).items;
}

/** Nothing in the pages runs, and every link within the copy leads somewhere. Returns how many there are. */
function checkPages(files: Map<string, Buffer>): number {
  let links = 0;
  for (const page of [...files.keys()].filter((name) => name.endsWith(".html"))) {
    const html = files.get(page)!.toString();
    expect(html).not.toMatch(/<script|<img src=x|onerror="/);
    for (const [, target] of html.matchAll(/(?:href|src|poster)="([^"]*)"/g)) {
      if (/^https?:/.test(target!)) continue;
      links += 1;
      expect([...files.keys()]).toContain(posix.normalize(posix.join(dirname(page), target!)));
    }
  }
  return links;
}

describe("everything about oneself", () => {
  it("comes as JSON of a known form and as pages whose links all lead somewhere", { timeout: 60_000 }, async () => {
    const [ada, bob, eve] = [await makeUser({ fullName: HOSTILE }), await makeUser({ username: "bob_other" }), await makeUser()];
    await makeFollow(ada, bob);
    await makeFollow(bob, ada);
    await makePost(ada, { caption: HOSTILE, photos: 2 });
    await makePost(ada, { caption: "Spring", at: new Date("2026-03-05T10:00:00Z") });
    await giveFiles(ada);
    const secret = await makePost(bob, { caption: "bobs own words" });
    const lost = await makePost(eve, { caption: "eves own words" });
    for (const post of [secret, lost]) {
      await setLike(ada, post, true);
      await setSaved(ada, post, true);
    }
    await addComment(ada, secret, { content: HOSTILE }, null);
    await addComment(bob, secret, { content: "bobs other words" }, null);
    await makeBlock(eve, ada);
    await db().execute(sql`insert into privacy_settings (user_id) values (${ada.id}::bigint)`);
    const circle = (await db().execute<{ id: string }>(sql`insert into circles (owner_id, name, name_key, member_count) values (${ada.id}::bigint, ${HOSTILE}, 'h', 1) returning id`))[0]!.id;
    await db().execute(sql`insert into circle_members (circle_id, user_id) values (${circle}::bigint, ${bob.id}::bigint)`);
    const collection = (await db().execute<{ id: string }>(sql`insert into collections (owner_id, name, name_key, post_count) values (${ada.id}::bigint, 'Mine', 'mine', 1) returning id`))[0]!.id;
    await db().execute(sql`insert into collection_posts (collection_id, post_id, added_by) values (${collection}::bigint, ${secret}::bigint, ${ada.id}::bigint)`);
    await db().execute(sql`insert into drafts (user_id, content) values (${ada.id}::bigint, '{"caption": "half"}')`);
    await db().execute(sql`insert into username_history (username_key, user_id) values ('ada.before', ${ada.id}::bigint)`);

    const files = await pack(ada);
    const items = readKinds(files);
    expect(items("posts")).toMatchObject([{ caption: "Spring" }, { caption: HOSTILE, hashtags: ["tag"], media: [{ original: expect.any(String) }, {}] }]);
    // Of others' posts the address and whose they are; of those not for her any more nothing.
    expect(items("likes").map(({ post }: { post: unknown }) => post)).toEqual([{ url: expect.stringMatching(/\/p\//), author: "bob_other" }, null]);
    expect(items("collections")).toMatchObject([{ posts: [{ author: "bob_other" }] }]);
    expect(items("followers")).toMatchObject([{ username: "bob_other", state: "active" }]);
    const all = [...files].map(([name, bytes]) => `${name}\n${bytes.toString()}`).join("\n");
    for (const words of ["bobs own words", "bobs other words", "eves own words", eve.username, "password_hash", "device_hash"]) expect(all).not.toContain(words);

    expect([...files.keys()]).toEqual(expect.arrayContaining(["index.html", "posts/2026-03.html", ...PAGES.map(([file]) => file)]));
    expect(checkPages(files)).toBeGreaterThan(40);
    expect(files.get(`originals/${items("posts")[0].media[0].id}.jpg`)!.toString()).toBe("a picture");
    expect((await mailsTo(`${ada.username}@example.org`))[0]).toMatchObject({ kind: "export", subject: "Your data is ready" });
  });

  it("has something of every kind, in the JSON and on the page where people look", { timeout: 60_000 }, async () => {
    const [ada, bob, cleo] = [await makeUser(), await makeUser(), await makeUser()];
    const [first] = await leaveTraces(ada, bob, cleo);
    await db().execute(sql`update photo_tags set is_on_profile = false where user_id = ${ada.id}::bigint`);
    await db().execute(sql`update posts set reposts_enabled = false where id = ${first}::bigint`);
    await giveFiles(ada);
    const files = await pack(ada);
    const items = readKinds(files);
    for (const kind of Object.keys(KINDS) as Kind[]) expect([kind, items(kind).length]).toEqual([kind, expect.toSatisfy((n: number) => n > 0)]);
    checkPages(files);

    // The kinds with a place on the pages are all but the two with pages of their own; each has there as many lines as items.
    expect([...Object.keys(SHOWN), "profile", "posts"].toSorted()).toEqual(Object.keys(KINDS).toSorted());
    for (const [kind, { page, title }] of Object.entries(SHOWN)) {
      const part = files.get(page)!.toString().split(`<h2>${title}</h2>`)[1]!.split("<h2>")[0]!;
      expect([kind, part.match(/<li>/g)?.length]).toEqual([kind, items(kind as Kind).length]);
    }
    const pageOf = (kind: keyof typeof SHOWN) => files.get(SHOWN[kind].page)!.toString();
    for (const kind of ["drafts", "comments", "reposts", "circles", "hidden_words", "reports", "passkeys", "earlier_usernames", "mails"] as const) expect([kind, pageOf(kind)]).toEqual([kind, expect.stringContaining(MARK)]);
    for (const kind of ["followers", "muted", "restricted", "favourites", "feed_wishes", "saved", "notifications"] as const) expect([kind, pageOf(kind)]).toEqual([kind, expect.stringContaining(`@${bob.username}`)]);

    expect(items("posts").find(({ id }: { id: string }) => id === first)).toMatchObject({ reposts_enabled: false, repost_count: 1, share_count: 2, media: expect.arrayContaining([expect.objectContaining({ is_earlier: true })]) });
    expect(items("collections")).toMatchObject([{ name: "Ours", owner: bob.username, posts: [{ author: bob.username }] }, { name: MARK, owner: ada.username, posts: [] }]);
    expect(items("tagged")).toMatchObject([{ is_on_profile: false, post: { author: bob.username } }]);
    expect(items("feed_wishes")).toMatchObject([{ kind: "fewer", username: bob.username, post: { author: bob.username } }]);
    const [upload] = items("uploads");
    expect(items("drafts")).toMatchObject([{ content: { media: [{ id: upload.id }] } }]);
    expect(files.get(upload.original)!.toString()).toBe("a picture");
    expect(pageOf("uploads")).toContain(upload.original);
  });

  it("has each of very many wishes once, also several about one post", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    // The 500th and the 501st, between which a page might end, are about the same post.
    await db().execute(sql`insert into feed_feedback (user_id, kind, subject_id, author_id) select ${ada.id}::bigint, k, n, ${bob.id}::bigint from generate_series(1, 999) n, unnest('{fewer,not_interested}'::text[]) k where k = 'fewer' or n = 500`);
    const items = readKinds(await pack(ada))("feed_wishes");
    expect(items.length).toBe(999 + 1);
  });

  it("is packed once at a time, for its owner alone, and goes after its days", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const made = await Promise.all([requestExport(ada), requestExport(ada), requestExport(ada)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await failure(signExport(ada, made[0]!.id))).toMatchObject({ status: 404 });
    await drainJobs(jobs);
    const [ready] = await listExports(ada);
    expect(ready).toMatchObject({ state: "ready", progress: 100, bytes: expect.any(Number), problem: null });
    const { url } = await signExport(ada, ready!.id);
    expect(url).toMatch(/^\/storage\/exports\/.*signature=/);
    expect((await callApi("GET", `/api/me/exports/${ready!.id}/download`, { as: bob })).status).toBe(404);
    expect((await callApi("GET", "/api/me/exports", { as: bob })).body).toEqual({ exports: [] });
    const shown = await callApi("GET", `/api/me/exports/${ready!.id}/download`, { as: ada, headers: { accept: "text/html,*/*" } });
    expect([shown.status, shown.headers.get("location")]).toEqual([303, expect.stringContaining("signature=")]);
    await db().execute(sql`update data_exports set expires_at = now() - interval '1 minute', created_at = now() - interval '4 days' where id = ${ready!.id}::bigint`);
    expect(await failure(signExport(ada, ready!.id))).toMatchObject({ status: 404 });
    await sweepExports();
    for await (const { key } of storage().list(`exports/${ada.id}/`)) expect(key).toBeNull();
    expect(await listExports(ada)).toEqual([]);
  });

  it("wants a proof, is had three times a day, and an earlier copy makes room", async () => {
    const ada = await makeUser();
    await db().execute(sql`update sessions set proven_at = now() - interval '1 hour' where user_id = ${ada.id}::bigint`);
    expect(await failure(requestExport(ada))).toMatchObject({ code: "step_up_required" });
    await db().execute(sql`update sessions set proven_at = now() where user_id = ${ada.id}::bigint`);
    for (let i = 0; i < 3; i++) {
      await requestExport(ada);
      await drainJobs(jobs);
    }
    expect(await listExports(ada)).toHaveLength(1);
    expect(await failure(requestExport(ada))).toMatchObject({ status: 429 });
    const keys: string[] = [];
    for await (const { key } of storage().list(`exports/${ada.id}/`)) keys.push(key);
    expect(keys).toHaveLength(1);
  });

  it("is fetched with a proof as recent as packing it wants, by programs with one along", async () => {
    const password = "Sunlit-Harbour-42";
    const [ada, bob] = [await makeUser({ passwordHash: await hashPassword(password) }), await makeUser()];
    const { id } = await requestExport(ada);
    await drainJobs(jobs);
    const address = `/api/me/exports/${id}/download`;
    const page = { accept: "text/html,*/*" };
    await db().execute(sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${ada.id}::bigint`);
    expect(await callApi("GET", address, { as: ada })).toMatchObject({ status: 403, body: { error: { code: "step_up_required" } } });
    const asked = await callApi("GET", address, { as: ada, headers: page });
    expect([asked.status, asked.headers.get("location")]).toEqual([303, "/settings/data"]);
    expect(await callApi("POST", address, { as: ada, body: {} })).toMatchObject({ status: 403, body: { error: { code: "step_up_required" } } });
    expect(await callApi("POST", address, { as: ada, body: { password: "Wrong-1-wrong" } })).toMatchObject({ status: 422, body: { error: { fields: { password: expect.any(String) } } } });
    for (const method of ["GET", "POST"] as const) expect((await callApi(method, address, { as: bob, ...(method === "POST" ? { body: { password } } : {}), headers: page })).status).toBe(404);
    expect(await callApi("POST", address, { as: ada, body: { password } })).toMatchObject({ status: 200, body: { url: expect.stringContaining("signature=") } });
    expect((await callApi("GET", address, { as: ada })).status).toBe(200);
  });

  it("begins anew when a run was killed, and fails in words when the account was hidden", async () => {
    const [ada, bob] = [await makeUser(), await makeUser()];
    const { id } = await requestExport(ada);
    await db().execute(sql`update data_exports set state = 'packing', progress = 40 where id = ${id}::bigint`);
    await requestExport(bob);
    await db().execute(sql`update users set deactivated_at = now() where id = ${bob.id}::bigint`);
    await drainJobs(jobs);
    expect(await listExports(ada)).toMatchObject([{ state: "ready" }]);
    expect(await listExports(bob)).toMatchObject([{ state: "failed", problem: expect.stringContaining("hidden") }]);
  });

  it("holds little in memory, however large the files are", { timeout: 120_000 }, async () => {
    const ada = await makeUser();
    await makePost(ada, { photos: 4 });
    const block = randomBytes(1024 * 1024);
    const rows = await db().execute<{ id: string }>(sql`update media set original_key = 'originals/' || id || '/brought', bytes = 104857600 where owner_id = ${ada.id}::bigint returning id`);
    const large = () => Readable.from((function* () { for (let i = 0; i < 100; i++) yield block; })());
    for (const { id } of rows) await storage().put(`originals/${id}/brought`, { stream: large(), size: 100 * block.length }, { contentType: "image/jpeg" });
    const dir = await mkdtemp(join(tmpdir(), "heliograph-pack-"));
    const before = residentMegabytes(process.pid);
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, residentMegabytes(process.pid))), 20);
    try {
      await packInto(join(dir, "x.zip"), dir, ada.id, async () => {});
      expect((await readFile(join(dir, "profile.json"))).length).toBeGreaterThan(100);
    } finally {
      clearInterval(watch);
      await rm(dir, { recursive: true, force: true });
    }
    process.stdout.write(`packing 400 MB: ${Math.round(before)} MB before, ${Math.round(peak)} MB at most\n`);
    expect(peak - before).toBeLessThan(200);
  });
});
