import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { setAvatar } from "@/lib/accounts/avatar";
import { NotNowError } from "@/lib/platform/jobs/define";
import { S3Storage } from "@/lib/platform/storage/s3";
import { replaceStorage, storage } from "@/lib/platform/storage/storage";
import { testS3 } from "@/lib/testing/s3";
import { makePost, makeUser } from "@/lib/testing/factories";
import { postWith, useMediaFront } from "@/lib/testing/media-front";
import { detailedPhoto, GPS_EXIF, quarters, readQuarters } from "@/lib/testing/pictures";
import { prepareAvatar } from "./avatar";
import { decoderPids } from "./decoder";
import { processMedia, refineMedia } from "./jobs";
import { randomToken } from "./keys";
import { receivePhotoForm } from "./multipart";
import { attachMedia, completeUpload, createUpload, discardUpload, verifyUploads } from "./service";
import { toMediaView } from "./urls";

const { front, run, upload, rowOf } = useMediaFront();
const waiting = async (name: string, mediaId: string) =>
  (await db().execute(sql`select 1 from pgboss.job where name = ${name} and data->>'mediaId' = ${mediaId}`)).length;


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
    await fetch(new URL(ticket.url, front.origin), { method: "PUT", headers: ticket.headers, body: new Uint8Array(bytes) });
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
    await expect(postWith(stranger, ids)).rejects.toMatchObject({ status: 422 });
    const postId = await postWith(owner, ids);
    expect(await rowOf(ids[1]!)).toMatchObject({ state: "processing", post_id: postId, position: 1, alt: `photo ${ids[1]}` });
    expect(await waiting("media.process", ids[0]!)).toBe(1);
    await expect(postWith(owner, ids)).rejects.toMatchObject({ status: 422 });
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
    await postWith(owner, [id], { crop: { x: 0.5, y: 0, width: 0.5, height: 1 } });
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
      const answer = await fetch(new URL(address, front.origin));
      expect([address, answer.status]).toEqual([address, 200]);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.includes("Secret Camera")).toBe(false);
      expect([address, await readQuarters(bytes)]).toEqual([address, ["green", "green", "yellow", "yellow"]]);
    }
    expect((await fetch(new URL(view.urls["320"].replace(/media\/.*/, refined.original_key), front.origin))).status).toBe(404);
  });

  test("a phone's HEIC goes the same way, as upload, in a form and as avatar", async () => {
    const owner = await makeUser();
    const bytes = await readFile(join(import.meta.dirname, "fixtures/phone-grid-turned.heic"));
    const form = new FormData();
    form.append("image", new Blob([new Uint8Array(bytes)], { type: "image/heic" }), "IMG_1.HEIC");
    const sent = await receivePhotoForm(owner, new Request("http://x/", { method: "POST", body: form }), { purpose: "post", maxFiles: 1 });
    const ids = [await upload(owner, bytes, { type: "image/heic" }), ...sent.mediaIds];
    await postWith(owner, ids);
    for (const id of ids) {
      expect(await rowOf(id)).toMatchObject({ content_type: "image/heic", width: 480, height: 640 });
      await processMedia.handler({ mediaId: id }, run);
      const row = (await rowOf(id))!;
      expect(row).toMatchObject({ state: "ready", width: 480, height: 640 });
      const answer = await fetch(new URL(toMediaView(row, { isPublic: true, viewerId: null }).urls["640"], front.origin));
      expect(await readQuarters(Buffer.from(await answer.arrayBuffer()))).toEqual(["red", "green", "blue", "yellow"]);
    }
    const avatar = await prepareAvatar(owner, await upload(owner, bytes, { type: "image/heif", purpose: "avatar" }));
    await setAvatar(owner, avatar);
    expect((await fetch(new URL(`/media/${avatar.mediaId}/${avatar.version}/320.webp`, front.origin))).status).toBe(200);
  });

  test("a photo that turns out damaged fails with its reason", async () => {
    const owner = await makeUser();
    const whole = await detailedPhoto(800, 600);
    const id = await upload(owner, whole.subarray(0, whole.length / 2));
    await postWith(owner, [id], { status: "processing" });
    await processMedia.handler({ mediaId: id }, run);
    expect(await rowOf(id)).toMatchObject({ state: "failed", problem: "damaged" });
  });

  test("bytes other than announced fail", async () => {
    const owner = await makeUser();
    const bytes = await quarters(30, 30).png().toBuffer();
    const ticket = await createUpload(owner, { content_type: "image/png", size: bytes.length, purpose: "post", sha256: "0".repeat(64) });
    await fetch(new URL(ticket.url, front.origin), { method: "PUT", headers: ticket.headers, body: new Uint8Array(bytes) });
    await verifyUploads(owner, [ticket.media_id]);
    await postWith(owner, [ticket.media_id]);
    await processMedia.handler({ mediaId: ticket.media_id }, run);
    expect(await rowOf(ticket.media_id)).toMatchObject({ state: "failed", problem: "wrong_checksum" });
  });

  test("a decoder killed in the middle costs a retry and nothing else; a picture that always kills it fails", { timeout: 60_000 }, async () => {
    const owner = await makeUser();
    const id = await upload(owner, await detailedPhoto(2000, 1500));
    await postWith(owner, [id]);
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
    await store.ensure([front.origin]);
    replaceStorage(store);
  });
  afterAll(() => replaceStorage(undefined));

  test("a photo goes the same way: signed address, ranged look at its head, variants, served", async () => {
    const owner = await makeUser();
    const id = await upload(owner, await quarters(1200, 900).jpeg({ quality: 95 }).toBuffer());
    await postWith(owner, [id]);
    await processMedia.handler({ mediaId: id }, run);
    await refineMedia.handler({ mediaId: id }, run);
    const row = (await rowOf(id))!;
    expect(row).toMatchObject({ state: "ready", width: 1200, height: 900 });
    const { urls } = toMediaView(row, { isPublic: true, viewerId: null });
    for (const address of Object.values(urls)) {
      const answer = await fetch(new URL(address, front.origin));
      expect(await readQuarters(Buffer.from(await answer.arrayBuffer()))).toEqual(["red", "green", "blue", "yellow"]);
    }
    const part = await fetch(new URL(urls.original!, front.origin), { headers: { range: "bytes=0-9" } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
    expect((await fetch(new URL(urls.original!, front.origin), { method: "HEAD" })).status).toBe(200);
    const bad = await upload(owner, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), { complete: false });
    await expect(completeUpload(owner, bad)).rejects.toMatchObject({ status: 415 });
  });

  test("while it is away the job waits, and uploads say so", async () => {
    const owner = await makeUser();
    const id = await upload(owner, await quarters(30, 30).png().toBuffer());
    await postWith(owner, [id]);
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
