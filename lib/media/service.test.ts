import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { setAvatar } from "@/lib/accounts/avatar";
import { NotNowError } from "@/lib/platform/jobs/define";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";
import { S3Storage } from "@/lib/platform/storage/s3";
import { replaceStorage, storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { testS3 } from "@/lib/testing/s3";
import { makeCast, makeFollow, makePost, makeUser } from "@/lib/testing/factories";
import { detailedPhoto, GPS_EXIF, quarters, readQuarters } from "@/lib/testing/pictures";
import { forgetAccess } from "./access";
import { prepareAvatar } from "./avatar";
import { decoderPids } from "./decoder";
import { takeInventory } from "./inventory";
import { jobs, processMedia, refineMedia } from "./jobs";
import { randomToken } from "./keys";
import { receivePhotoForm } from "./multipart";
import { handleMedia } from "./serve";
import { attachMedia, completeUpload, createUpload, discardUpload, verifyUploads } from "./service";
import { sweepObjects, sweepUploads } from "./sweep";
import { type MediaRow, toMediaView } from "./urls";

let front: Server;
let origin: string;
beforeAll(async () => {
  await migrateQueue(jobs);
  front = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://front");
    void handleMedia(req, res, url).then((done) => done || handleDiskStorage(req, res, url)).then((done) => done || res.writeHead(404).end());
  });
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(front.address() as { port: number }).port}`;
});
afterAll(() => front.close());

const run = { id: "1", attempt: 1, signal: new AbortController().signal };
type FullRow = MediaRow & { problem: string | null; content_type: string; sha256: string | null; original_key: string; post_id: string | null };
const rowOf = async (id: string) => (await db().execute<FullRow>(sql`select * from media where id = ${id}::bigint`))[0];
const waiting = async (name: string, mediaId: string) =>
  (await db().execute(sql`select 1 from pgboss.job where name = ${name} and data->>'mediaId' = ${mediaId}`)).length;

/** The client's half: asks, sends, says so. */
async function upload(viewer: Viewer, bytes: Buffer, options: { type?: string; purpose?: "post" | "avatar"; complete?: boolean } = {}): Promise<string> {
  const type = options.type ?? "image/jpeg";
  const ticket = await createUpload(viewer, { content_type: type, size: bytes.length, purpose: options.purpose ?? "post" });
  const answer = await fetch(new URL(ticket.url, origin), { method: ticket.method, headers: ticket.headers, body: new Uint8Array(bytes) });
  expect(answer.status).toBe(200);
  if (options.complete !== false) await completeUpload(viewer, ticket.media_id);
  return ticket.media_id;
}

/** A post in whatever state, with these uploads, as the posts domain makes one. */
async function post(viewer: Viewer, ids: string[], options: Parameters<typeof makePost>[1] & { crop?: { x: number; y: number; width: number; height: number } } = {}): Promise<string> {
  const postId = await makePost(viewer, { ...options, photos: 0 });
  await db().transaction((tx) => attachMedia(tx, viewer, postId, ids.map((id) => ({ id, alt: `photo ${id}`, crop: options.crop ?? null }))));
  return postId;
}

describe("before a byte moves", () => {
  test.each([
    [{ content_type: "image/svg+xml", size: 10 }, 415],
    [{ content_type: "text/html", size: 10 }, 415],
    [{ content_type: "image/tiff", size: 10 }, 415],
    [{ content_type: "video/x-msvideo", size: 10 }, 415],
    [{ content_type: "image/jpeg", size: 31 * 1024 * 1024 }, 413],
    [{ content_type: "image/jpeg", size: 0 }, 422],
    [{ content_type: "image/jpeg", size: 10, purpose: "story" as const }, 422],
  ])("%j is %i", async (input, status) => {
    await expect(createUpload(await makeUser(), { purpose: "post", ...input })).rejects.toMatchObject({ status });
  });
  test("image/jpg is taken for what it means", async () => {
    expect((await createUpload(await makeUser(), { purpose: "post", content_type: "image/jpg", size: 10 })).headers).toEqual({ "content-type": "image/jpeg" });
  });
});

describe("completing", () => {
  test("is idempotent, and only the owner's", async () => {
    const [owner, stranger] = [await makeUser(), await makeUser()];
    const id = await upload(owner, await quarters(300, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer(), { complete: false });
    await expect(completeUpload(stranger, id)).rejects.toMatchObject({ status: 404 });
    expect(await completeUpload(owner, id)).toEqual({ media_id: id, status: "uploaded" });
    expect(await completeUpload(owner, id)).toEqual({ media_id: id, status: "uploaded" });
    expect(await rowOf(id)).toMatchObject({ state: "uploaded", width: 200, height: 300 });
  });

  test("what has not arrived may still arrive", async () => {
    const owner = await makeUser();
    const bytes = await quarters(30, 30).png().toBuffer();
    const ticket = await createUpload(owner, { content_type: "image/png", size: bytes.length, purpose: "post" });
    await expect(completeUpload(owner, ticket.media_id)).rejects.toMatchObject({ status: 422 });
    await fetch(new URL(ticket.url, origin), { method: "PUT", headers: ticket.headers, body: new Uint8Array(bytes) });
    expect(await completeUpload(owner, ticket.media_id)).toMatchObject({ status: "uploaded" });
  });

  test("the bytes decide, not the name: a PNG called JPEG is a PNG, HTML called JPEG is refused and gone", async () => {
    const owner = await makeUser();
    const png = await upload(owner, await quarters(30, 30).png().toBuffer());
    expect(await rowOf(png)).toMatchObject({ content_type: "image/png" });
    const html = await upload(owner, Buffer.from("<!doctype html><script>alert(1)</script>"), { complete: false });
    await expect(completeUpload(owner, html)).rejects.toMatchObject({ status: 415 });
    await expect(completeUpload(owner, html)).rejects.toMatchObject({ status: 415 });
    const row = (await rowOf(html))!;
    expect(row).toMatchObject({ state: "failed", problem: "not_a_photo" });
    expect(await storage().head(row.original_key)).toBeNull();
  });

  test("a claim of 65,536² is refused", async () => {
    const bytes = Buffer.alloc(5_000);
    bytes.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\0\0\0\x01\0\0\x08\x06", 0, "latin1");
    const owner = await makeUser();
    const id = await upload(owner, bytes, { type: "image/png", complete: false });
    await expect(completeUpload(owner, id)).rejects.toMatchObject({ status: 413 });
  });
});

describe("attaching", () => {
  test("takes verified uploads of one's own, once", async () => {
    const [owner, stranger] = [await makeUser(), await makeUser()];
    const ids = [await upload(owner, await quarters(30, 30).png().toBuffer()), await upload(owner, await quarters(40, 40).png().toBuffer(), { complete: false })];
    await expect(verifyUploads(stranger, ids)).rejects.toMatchObject({ status: 422, fields: { media: expect.any(String) } });
    await expect(verifyUploads(owner, [ids[0]!, ids[0]!])).rejects.toMatchObject({ status: 422 });
    await expect(verifyUploads(owner, [])).rejects.toMatchObject({ status: 422 });
    await verifyUploads(owner, ids);
    await expect(post(stranger, ids)).rejects.toMatchObject({ status: 422 });
    const postId = await post(owner, ids);
    expect(await rowOf(ids[1]!)).toMatchObject({ state: "processing", post_id: postId, position: 1, alt: `photo ${ids[1]}` });
    expect(await waiting("media.process", ids[0]!)).toBe(1);
    await expect(post(owner, ids)).rejects.toMatchObject({ status: 422 });
    await discardUpload(owner, ids[0]!);
    expect(await rowOf(ids[0]!)).toBeDefined();
  });

  test("what is rolled back stays as it was", async () => {
    const owner = await makeUser();
    const id = await upload(owner, await quarters(30, 30).png().toBuffer());
    await db().transaction(async (tx) => {
      await attachMedia(tx, owner, await makePost(owner, { photos: 0 }), [{ id, alt: "" }]);
      throw new Error("undone");
    }).catch(() => {});
    expect(await rowOf(id)).toMatchObject({ state: "uploaded", post_id: null });
    expect(await waiting("media.process", id)).toBe(0);
  });
});

describe("processing", () => {
  test("makes a photo ready, once, and announces it", async () => {
    const owner = await makeUser();
    const id = await upload(owner, await quarters(1600, 1200).jpeg({ quality: 95 }).withExif(GPS_EXIF).toBuffer());
    await post(owner, [id], { crop: { x: 0.5, y: 0, width: 0.5, height: 1 } });
    expect(await rowOf(id)).toMatchObject({ width: 800, height: 1200 });
    await processMedia.handler({ mediaId: id }, run);
    await processMedia.handler({ mediaId: id }, run);
    const ready = (await rowOf(id))!;
    expect(ready).toMatchObject({ state: "ready", width: 800, height: 1200, thumbhash: expect.stringMatching(/^[A-Za-z0-9+/=]{8,60}$/), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await waiting("media.refine", id)).toBe(1);
    const predicted = toMediaView({ ...ready, variants: [] }, { isPublic: true, viewerId: null }).urls;
    expect(toMediaView(ready, { isPublic: true, viewerId: null }).urls).toEqual(predicted);

    await refineMedia.handler({ mediaId: id }, run);
    await refineMedia.handler({ mediaId: id }, run);
    const refined = (await rowOf(id))!;
    const view = toMediaView(refined, { isPublic: true, viewerId: null });
    expect(view.sources.map((source) => source.type)).toEqual(["image/avif", "image/webp", "image/jpeg"]);
    for (const address of [...Object.values(view.urls), ...view.sources.flatMap((source) => source.srcset.split(", ").map((one) => one.split(" ")[0]!))]) {
      const answer = await fetch(new URL(address, origin));
      expect([address, answer.status]).toEqual([address, 200]);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.includes("Secret Camera")).toBe(false);
      expect([address, await readQuarters(bytes)]).toEqual([address, ["green", "green", "yellow", "yellow"]]);
    }
    expect((await fetch(new URL(view.urls["320"].replace(/media\/.*/, refined.original_key), origin))).status).toBe(404);
  });

  test("a phone's HEIC goes the same way, as upload, in a form and as avatar", async () => {
    const owner = await makeUser();
    const bytes = await readFile(join(import.meta.dirname, "fixtures/phone-grid-turned.heic"));
    const form = new FormData();
    form.append("image", new Blob([new Uint8Array(bytes)], { type: "image/heic" }), "IMG_1.HEIC");
    const sent = await receivePhotoForm(owner, new Request("http://x/", { method: "POST", body: form }), { purpose: "post", maxFiles: 1 });
    const ids = [await upload(owner, bytes, { type: "image/heic" }), ...sent.mediaIds];
    await post(owner, ids);
    for (const id of ids) {
      expect(await rowOf(id)).toMatchObject({ content_type: "image/heic", width: 480, height: 640 });
      await processMedia.handler({ mediaId: id }, run);
      const row = (await rowOf(id))!;
      expect(row).toMatchObject({ state: "ready", width: 480, height: 640 });
      const answer = await fetch(new URL(toMediaView(row, { isPublic: true, viewerId: null }).urls["640"], origin));
      expect(await readQuarters(Buffer.from(await answer.arrayBuffer()))).toEqual(["red", "green", "blue", "yellow"]);
    }
    const avatar = await prepareAvatar(owner, await upload(owner, bytes, { type: "image/heif", purpose: "avatar" }));
    await setAvatar(owner, avatar);
    expect((await fetch(new URL(`/media/${avatar.mediaId}/${avatar.version}/320.webp`, origin))).status).toBe(200);
  });

  test("a photo that turns out damaged fails with its reason", async () => {
    const owner = await makeUser();
    const whole = await detailedPhoto(800, 600);
    const id = await upload(owner, whole.subarray(0, whole.length / 2));
    await post(owner, [id], { status: "processing" });
    await processMedia.handler({ mediaId: id }, run);
    expect(await rowOf(id)).toMatchObject({ state: "failed", problem: "damaged" });
  });

  test("bytes other than announced fail", async () => {
    const owner = await makeUser();
    const bytes = await quarters(30, 30).png().toBuffer();
    const ticket = await createUpload(owner, { content_type: "image/png", size: bytes.length, purpose: "post", sha256: "0".repeat(64) });
    await fetch(new URL(ticket.url, origin), { method: "PUT", headers: ticket.headers, body: new Uint8Array(bytes) });
    await verifyUploads(owner, [ticket.media_id]);
    await post(owner, [ticket.media_id]);
    await processMedia.handler({ mediaId: ticket.media_id }, run);
    expect(await rowOf(ticket.media_id)).toMatchObject({ state: "failed", problem: "wrong_checksum" });
  });

  test("a decoder killed in the middle costs a retry and nothing else; a picture that always kills it fails", { timeout: 60_000 }, async () => {
    const owner = await makeUser();
    const id = await upload(owner, await detailedPhoto(2000, 1500));
    await post(owner, [id]);
    const runKilled = async (attempt: number) => {
      const running = processMedia.handler({ mediaId: id }, { ...run, attempt }).then(() => "done", () => "failed");
      const killing = setInterval(() => decoderPids().forEach((pid) => process.kill(pid, "SIGKILL")), 5);
      const end = await running;
      clearInterval(killing);
      return end;
    };
    expect(await runKilled(1)).toBe("failed");
    expect(await rowOf(id)).toMatchObject({ state: "processing" });
    await new Promise((done) => setTimeout(done, 50));
    await processMedia.handler({ mediaId: id }, { ...run, attempt: 2 });
    expect(await rowOf(id)).toMatchObject({ state: "ready" });
    await db().execute(sql`update media set state = 'processing' where id = ${id}::bigint`);
    expect(await runKilled(4)).toBe("done");
    expect(await rowOf(id)).toMatchObject({ state: "failed", problem: "crashed" });
  });
});

describe.skipIf(testS3() === null)("over S3", () => {
  beforeAll(async () => {
    const { endpoint, accessKey, secretKey } = testS3()!;
    const store = new S3Storage({ bucket: `media-${randomToken(4)}`, region: "us-east-1", endpoint, accessKeyId: accessKey, secretAccessKey: secretKey, forcePathStyle: true });
    await store.ensure([origin]);
    replaceStorage(store);
  });
  afterAll(() => replaceStorage(undefined));

  test("a photo goes the same way: signed address, ranged look at its head, variants, served", async () => {
    const owner = await makeUser();
    const id = await upload(owner, await quarters(1200, 900).jpeg({ quality: 95 }).toBuffer());
    await post(owner, [id]);
    await processMedia.handler({ mediaId: id }, run);
    await refineMedia.handler({ mediaId: id }, run);
    const row = (await rowOf(id))!;
    expect(row).toMatchObject({ state: "ready", width: 1200, height: 900 });
    const { urls } = toMediaView(row, { isPublic: true, viewerId: null });
    for (const address of Object.values(urls)) {
      const answer = await fetch(new URL(address, origin));
      expect(await readQuarters(Buffer.from(await answer.arrayBuffer()))).toEqual(["red", "green", "blue", "yellow"]);
    }
    const part = await fetch(new URL(urls.original!, origin), { headers: { range: "bytes=0-9" } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
    expect((await fetch(new URL(urls.original!, origin), { method: "HEAD" })).status).toBe(200);
    const bad = await upload(owner, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), { complete: false });
    await expect(completeUpload(owner, bad)).rejects.toMatchObject({ status: 415 });
  });

  test("while it is away the job waits, and uploads say so", async () => {
    const owner = await makeUser();
    const id = await upload(owner, await quarters(30, 30).png().toBuffer());
    await post(owner, [id]);
    const away = new S3Storage({ bucket: "x", region: "us-east-1", endpoint: "http://127.0.0.1:9", accessKeyId: "x", secretAccessKey: "y", forcePathStyle: true });
    const pending = await createUpload(owner, { content_type: "image/png", size: 5, purpose: "post" });
    const here = storage();
    replaceStorage(away);
    await expect(processMedia.handler({ mediaId: id }, run)).rejects.toThrow(NotNowError);
    await expect(completeUpload(owner, pending.media_id)).rejects.toMatchObject({ status: 503 });
    replaceStorage(here);
    await processMedia.handler({ mediaId: id }, run);
    expect(await rowOf(id)).toMatchObject({ state: "ready" });
  });
});

describe("who may fetch the files", () => {
  const statusOf = (address: string, init?: RequestInit) => fetch(new URL(address, origin), init).then((answer) => answer.status);

  async function photoOf(owner: Viewer, options: Parameters<typeof makePost>[1] = {}) {
    const id = await upload(owner, await quarters(400, 300).jpeg().toBuffer());
    const postId = await post(owner, [id], options);
    await processMedia.handler({ mediaId: id }, run);
    return { row: (await rowOf(id))!, postId };
  }
  const addressFor = (row: MediaRow, viewer: Viewer | null) => toMediaView(row, { isPublic: false, viewerId: viewer?.id ?? null }).urls["320"];

  test("public: everybody, for a year, with 304, range and HEAD", async () => {
    const { row } = await photoOf(await makeUser());
    const address = new URL(toMediaView(row, { isPublic: true, viewerId: null }).urls["320"], origin);
    const answer = await fetch(address);
    expect(answer.status).toBe(200);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({ "content-type": "image/jpeg", "cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff", "content-disposition": "inline", "content-security-policy": "default-src 'none'; sandbox" });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(await statusOf(address.href, { headers: { "if-none-match": headers.etag! } })).toBe(304);
    const part = await fetch(address, { headers: { range: "bytes=0-9" } });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(0, 10)]);
    const head = await fetch(address, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
    expect(await statusOf(address.href, { method: "POST" })).toBe(405);
    for (const wrong of [address.pathname.replace(row.version, "0".repeat(12)), address.pathname.replace("320.jpg", "321.jpg"), address.pathname.replace("320.jpg", "../../x"), "/media/99/aa/320.jpg", "/media/x", `/media/9999999999999999999/aa/320.jpg`]) {
      expect([wrong, await statusOf(wrong)]).toEqual([wrong, 404]);
    }
  });

  test("private: the owner and followers by signed address; nobody by another's changed, expired or bare one", async () => {
    const { owner, follower, requester, stranger, blocked } = await makeCast();
    const { row } = await photoOf(owner);
    for (const viewer of [owner, follower]) {
      const answer = await fetch(new URL(addressFor(row, viewer), origin));
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, max-age=3600"]);
    }
    for (const viewer of [requester, stranger, blocked, null]) expect(await statusOf(addressFor(row, viewer))).toBe(404);
    const good = addressFor(row, follower);
    expect(await statusOf(good.replace(`v=${follower.id}`, `v=${owner.id}`))).toBe(404);
    expect(await statusOf(good.replace(/s=(.)/, (_, first) => `s=${first === "A" ? "B" : "A"}`))).toBe(404);
    expect(await statusOf(good.replace(/e=\d+/, "e=99999999999"))).toBe(404);
    expect(await statusOf(good.replace(/&s=.*/, ""))).toBe(404);
    const other = await photoOf(owner);
    expect(await statusOf(good.replace(row.id, other.row.id).replace(row.version, other.row.version))).toBe(404);
  });

  test("addresses die when the audience shrinks and live when the post is published", async () => {
    const { owner, follower, stranger } = await makeCast({ isPrivate: false });
    const { row, postId } = await photoOf(owner, { audience: "followers" });
    const [theirs, bare] = [addressFor(row, follower), addressFor(row, null)];
    expect([await statusOf(theirs), await statusOf(bare), await statusOf(addressFor(row, stranger))]).toEqual([200, 404, 404]);
    await db().execute(sql`delete from follows where follower_id = ${follower.id}::bigint`);
    forgetAccess();
    expect(await statusOf(theirs)).toBe(404);
    await db().execute(sql`update posts set audience = 'everyone', status = 'processing' where id = ${postId}::bigint`);
    expect(await statusOf(bare)).toBe(404);
    expect(await statusOf(addressFor(row, owner))).toBe(200);
    await db().execute(sql`update posts set status = 'published' where id = ${postId}::bigint`);
    expect(await statusOf(bare)).toBe(200);
    for (const change of [sql`update posts set archived_at = now() where id = ${postId}::bigint`, sql`update posts set archived_at = null, deleted_at = now() where id = ${postId}::bigint`]) {
      await db().execute(change);
      forgetAccess();
      expect(await statusOf(bare)).toBe(404);
    }
    await db().execute(sql`update posts set deleted_at = null where id = ${postId}::bigint`);
    await makeFollow(follower, owner);
    await db().execute(sql`update users set suspended_at = now() where id = ${owner.id}::bigint`);
    forgetAccess();
    expect([await statusOf(bare), await statusOf(theirs), await statusOf(addressFor(row, owner))]).toEqual([404, 404, 404]);
  });

  test("an upload in no post is for its owner only", async () => {
    const [owner, other] = [await makeUser(), await makeUser()];
    const { row } = await photoOf(owner);
    await db().execute(sql`update media set post_id = null where id = ${row.id}::bigint`);
    expect([await statusOf(addressFor(row, owner)), await statusOf(addressFor(row, other)), await statusOf(addressFor(row, null))]).toEqual([200, 404, 404]);
  });
});

describe("avatars", () => {
  test("are ready at once, square, public also for a private account", async () => {
    const owner = await makeUser({ isPrivate: true });
    const id = await upload(owner, await quarters(800, 400).jpeg({ quality: 95 }).withExif(GPS_EXIF).toBuffer(), { purpose: "avatar", complete: false });
    const started = performance.now();
    const avatar = await prepareAvatar(owner, id, { x: 0.5, y: 0, width: 0.5, height: 1 });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await prepareAvatar(owner, id)).toEqual(avatar);
    await setAvatar(owner, avatar);
    for (const name of ["64.jpg", "150.webp", "320.webp"]) {
      const answer = await fetch(new URL(`/media/${avatar.mediaId}/${avatar.version}/${name}`, origin));
      expect(answer.status).toBe(200);
      expect(await readQuarters(Buffer.from(await answer.arrayBuffer()))).toEqual(["green", "green", "yellow", "yellow"]);
    }
    await expect(prepareAvatar(await makeUser(), id)).rejects.toMatchObject({ status: 404 });
    const postPhoto = await upload(owner, await quarters(30, 30).png().toBuffer());
    await expect(prepareAvatar(owner, postPhoto)).rejects.toMatchObject({ status: 404 });
  });
});

describe("forms", () => {
  const formOf = (files: [string, Buffer | string][], fields: [string, string][] = []) => {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    for (const [name, bytes] of files) form.append(name, new Blob([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], { type: "image/jpeg" }), "../../etc/x.jpg");
    return new Request("http://x/", { method: "POST", body: form });
  };
  const countOf = async (owner: Viewer) => (await db().execute(sql`select 1 from media where owner_id = ${owner.id}::bigint`)).length;

  test("keep photos in order, with their texts", async () => {
    const owner = await makeUser();
    const photos = await Promise.all([100, 200, 300].map((width) => quarters(width, 50).jpeg().toBuffer()));
    const form = await receivePhotoForm(owner, formOf(photos.map((photo) => ["image", photo]), [["caption", "hello ☀"], ["alt", "a"], ["alt", "b"]]), { purpose: "post", maxFiles: 20 });
    expect(form.fields).toEqual({ caption: ["hello ☀"], alt: ["a", "b"] });
    expect((await Promise.all(form.mediaIds.map(rowOf))).map((row) => [row!.state, row!.width])).toEqual([["uploaded", 100], ["uploaded", 200], ["uploaded", 300]]);
    await verifyUploads(owner, form.mediaIds);
  });

  test("a bad photo among good ones leaves nothing", async () => {
    const owner = await makeUser();
    const good = await quarters(50, 50).jpeg().toBuffer();
    const reject = async (request: Request, status: number) => expect(receivePhotoForm(owner, request, { purpose: "post", maxFiles: 2 })).rejects.toMatchObject({ status });
    await reject(formOf([["image", good], ["image", "<html>"]]), 415);
    await reject(formOf([["image", good], ["image", Buffer.alloc(31 * 1024 * 1024, 1)]]), 413);
    await reject(formOf([["image", ""], ["image", good]]), 422);
    await reject(formOf([["image", good], ["image", good], ["image", good]]), 422);
    await reject(formOf([], [["caption", "no photo"]]), 422);
    const cut = new Request("http://x/", { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body: '--x\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\nabc' });
    await reject(cut, 400);
    await reject(new Request("http://x/", { method: "POST", headers: { "content-type": "multipart/form-data" }, body: "x" }), 400);
    expect(await countOf(owner)).toBe(0);
  });
});

describe("sweeping", () => {
  test("removes what belongs to nothing, and nothing else", async () => {
    const owner = await makeUser();
    const photo = await quarters(400, 300).jpeg().toBuffer();
    const [attached, loose, fresh] = [await upload(owner, photo), await upload(owner, photo), await upload(owner, photo)];
    const avatar = await prepareAvatar(owner, await upload(owner, photo, { purpose: "avatar" }));
    const oldAvatar = await prepareAvatar(owner, await upload(owner, photo, { purpose: "avatar" }));
    await db().execute(sql`update users set avatar_media_id = ${avatar.mediaId}::bigint, avatar_version = ${avatar.version} where id = ${owner.id}::bigint`);
    await post(owner, [attached]);
    await processMedia.handler({ mediaId: attached }, run);
    const looseRow = (await rowOf(loose))!;
    await db().execute(sql`update media set created_at = now() - interval '25 hours' where id in (${attached}::bigint, ${loose}::bigint, ${avatar.mediaId}::bigint, ${oldAvatar.mediaId}::bigint)`);
    await sweepUploads();
    expect([await rowOf(attached), await rowOf(fresh), await rowOf(avatar.mediaId)].every(Boolean)).toBe(true);
    expect([await rowOf(loose), await rowOf(oldAvatar.mediaId)]).toEqual([undefined, undefined]);
    expect(await storage().head(looseRow.original_key)).toBeNull();
    expect(await storage().head(`media/${oldAvatar.mediaId}/${oldAvatar.version}/320.webp`)).toBeNull();

    // Files without rows: of an account that was purged, and of an old version.
    await storage().put("media/123/abc/320.jpg", Buffer.from("x"), { contentType: "image/jpeg" });
    await storage().put(`media/${attached}/oldversion/320.jpg`, Buffer.from("x"), { contentType: "image/jpeg" });
    await sweepObjects();
    expect(await storage().head("media/123/abc/320.jpg")).not.toBeNull();
    const tomorrow = Date.now() + 25 * 3600 * 1000;
    expect((await takeInventory(tomorrow)).orphans.sort()).toEqual(["media/123/abc/320.jpg", `media/${attached}/oldversion/320.jpg`].sort());
    await sweepObjects(tomorrow);
    const inventory = await takeInventory(tomorrow);
    expect(inventory.orphans).toEqual([]);
    expect(inventory.missing.filter(({ mediaId }) => [attached, fresh, avatar.mediaId].includes(mediaId))).toEqual([]);
    await storage().delete(`media/${attached}/${(await rowOf(attached))!.version}/320.jpg`);
    expect((await takeInventory()).missing.map(({ mediaId }) => mediaId)).toContain(attached);
    expect(await sharp(Buffer.from(await (await fetch(new URL(`/media/${avatar.mediaId}/${avatar.version}/320.webp`, origin))).arrayBuffer())).metadata()).toMatchObject({ width: 300 });
  });
});
