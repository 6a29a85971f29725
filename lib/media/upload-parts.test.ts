import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";
import { S3Storage } from "@/lib/platform/storage/s3";
import { replaceStorage, storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { callApi as call } from "@/lib/testing/api";
import { makeCast, makePost, makeUser } from "@/lib/testing/factories";
import { testS3 } from "@/lib/testing/s3";
import { jobs } from "./jobs";
import { PART_BYTES, partsOf } from "./limits";
import { attachMedia, completeUpload, createUpload } from "./service";
import { listDangling, sweepObjects, sweepParts, sweepUploads } from "./sweep";
import { getUpload, type PartAddress } from "./upload-parts";

let photo: Buffer;
let front: Server;
let origin: string;
beforeAll(async () => {
  await migrateQueue(jobs);
  front = createServer((req, res) => void handleDiskStorage(req, res, new URL(req.url ?? "/", "http://front")));
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(front.address() as { port: number }).port}`;
  // Noise does not compress: two parts and a piece.
  photo = await sharp(randomBytes(2600 * 2400 * 3), { raw: { width: 2600, height: 2400, channels: 3 } }).png({ compressionLevel: 0 }).toBuffer();
});
afterAll(() => front.close());

const piece = (number: number) => photo.subarray((number - 1) * PART_BYTES, number * PART_BYTES);
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("base64");
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const rowOf = async (id: string) => (await db().execute<{ state: string; upload_id: string | null; original_key: string }>(sql`select state, upload_id, original_key from media where id = ${id}::bigint`))[0]!;
const put = async (address: Pick<PartAddress, "url" | "headers">, body: Buffer) => (await fetch(new URL(address.url, origin), { method: "PUT", headers: address.headers, body: new Uint8Array(body) })).status;
const announce = (viewer: Viewer, options: { sha256?: string; part_md5s?: string[] } = {}) => createUpload(viewer, { content_type: "image/png", size: photo.length, purpose: "post", ...options });
const md5s = () => partsOf(photo.length).map(({ number }) => md5(piece(number)));

describe.each([["disk", false], ["s3", testS3() === null]] as const)("a large file: %s", (name, skipped) => {
  describe.skipIf(skipped)("in parts", () => {
    beforeAll(async () => {
      if (name === "disk") return;
      const { endpoint, accessKey, secretKey } = testS3()!;
      const store = new S3Storage({ bucket: `parts-${randomBytes(4).toString("hex")}`, region: "us-east-1", endpoint, accessKeyId: accessKey, secretAccessKey: secretKey, forcePathStyle: true });
      await store.ensure([origin]);
      replaceStorage(store);
    });
    afterAll(() => replaceStorage(undefined));

    test("arrives whole, is gone on with, is judged, and leaves no parts", async () => {
      const owner = await makeUser();
      const ticket = await announce(owner, { part_md5s: md5s() });
      const id = ticket.media_id;
      expect(ticket).toMatchObject({ status: "pending", parts: [{ number: 1, size: PART_BYTES }, { number: 2, size: PART_BYTES }, { number: 3, size: photo.length - 2 * PART_BYTES }] });
      const parts = ticket.parts!;
      await expect(completeUpload(owner, id)).rejects.toMatchObject({ status: 422 });
      expect(await put(parts[1]!, piece(2))).toBe(200);
      // Damaged on the way: the store refuses it.
      const damaged = Buffer.from(piece(1));
      damaged[9]! ^= 1;
      expect([400, 403]).toContain(await put(parts[0]!, damaged));
      expect(await put(parts[2]!, piece(3))).toBe(200);
      await expect(completeUpload(owner, id)).rejects.toMatchObject({ status: 422 });
      expect(await getUpload(owner, id)).toEqual({ media_id: id, status: "pending", size: photo.length, part_bytes: PART_BYTES, arrived_parts: [2, 3] });

      const renewed = await call("POST", `/api/uploads/${id}/parts`, { as: owner, body: { parts: [{ number: 1, md5: md5(piece(1)) }] } });
      expect(renewed).toMatchObject({ status: 200, body: { media_id: id, parts: [{ number: 1, size: PART_BYTES, headers: { "content-md5": md5(piece(1)) } }] } });
      const { url } = renewed.body.parts[0];
      expect(await put({ ...renewed.body.parts[0], url: name === "disk" ? url.replace(/^https?:\/\/[^/]+/, "") : url }, piece(1))).toBe(200);
      const done = await Promise.all([1, 2].map(() => call("POST", `/api/uploads/${id}/complete`, { as: owner, body: { parts: [{ number: 1, etag: "whatever" }] } })));
      for (const answer of done) expect(answer).toMatchObject({ status: 200, body: { media_id: id, status: "uploaded" } });
      const row = await rowOf(id);
      expect(row).toMatchObject({ state: "uploaded", upload_id: null });
      const { buffer } = await import("node:stream/consumers");
      expect(sha256(await buffer((await storage().get(row.original_key))!.body))).toBe(sha256(photo));
      expect(await listDangling(Date.now() + 30 * 3_600_000)).toEqual([]);
      expect(await getUpload(owner, id)).toMatchObject({ status: "uploaded", arrived_parts: [] });
    });

    test("may be sent whole all the same", async () => {
      const owner = await makeUser();
      const ticket = await announce(owner);
      expect(await put(ticket.parts![0]!, piece(1))).toBe(200);
      expect(await put(ticket, photo)).toBe(200);
      expect(await completeUpload(owner, ticket.media_id)).toMatchObject({ status: "uploaded" });
      expect(await listDangling(Date.now() + 30 * 3_600_000)).toEqual([]);
    });

    test("given up, it is gone: row, bytes and parts", async () => {
      const owner = await makeUser();
      const ticket = await announce(owner);
      const { original_key: key, upload_id: uploadId } = await rowOf(ticket.media_id);
      expect(await put(ticket.parts![0]!, piece(1))).toBe(200);
      expect((await call("DELETE", `/api/uploads/${ticket.media_id}`, { as: owner })).status).toBe(204);
      expect((await call("DELETE", `/api/uploads/${ticket.media_id}`, { as: owner })).status).toBe(404);
      expect(await storage().listParts(key, uploadId!)).toBeNull();
      expect(await put(ticket.parts![1]!, piece(2))).toBe(404);
    });

    test("never completed, it is swept after a day", async () => {
      const owner = await makeUser();
      const [lost, left] = [await announce(owner), await announce(owner)];
      const { original_key: key, upload_id: uploadId } = await rowOf(lost.media_id);
      await put(lost.parts![0]!, piece(1));
      await db().execute(sql`update media set created_at = now() - interval '25 hours' where id = ${lost.media_id}::bigint`);
      await sweepUploads();
      expect(await storage().listParts(key, uploadId!)).toBeNull();
      // The row of the other vanished with its account.
      await db().execute(sql`delete from media where id = ${left.media_id}::bigint`);
      expect(await listDangling()).toEqual([]);
      expect(await sweepParts(Date.now() + 24 * 3_600_000)).toBe(0);
      expect(await sweepParts(Date.now() + 26 * 3_600_000)).toBe(1);
      expect(await listDangling(Date.now() + 30 * 3_600_000)).toEqual([]);
    });

    test("brought again by the same person, it is not sent again; by another it is", async () => {
      const [owner, other] = [await makeUser(), await makeUser()];
      const first = await announce(owner, { sha256: sha256(photo) });
      expect(first.status).toBe("pending");
      expect(await put(first, photo)).toBe(200);
      await completeUpload(owner, first.media_id);
      const again = await announce(owner, { sha256: sha256(photo) });
      expect(again).toMatchObject({ status: "uploaded", url: expect.any(String) });
      expect(again.media_id).not.toBe(first.media_id);
      expect(again.parts).toBeUndefined();
      expect(await rowOf(again.media_id)).toMatchObject({ state: "uploaded" });
      expect((await announce(other, { sha256: sha256(photo) })).status).toBe("pending");
      // Each is a file of its own.
      await call("DELETE", `/api/uploads/${first.media_id}`, { as: owner });
      expect((await storage().head((await rowOf(again.media_id)).original_key))!.size).toBe(photo.length);
      // Also when the post that it was in was deleted.
      const postId = await makePost(owner, { photos: 0 });
      await db().transaction((tx) => attachMedia(tx, owner, postId, [{ id: again.media_id, alt: "" }]));
      await db().execute(sql`update posts set deleted_at = now() where id = ${postId}::bigint`);
      expect((await announce(owner, { sha256: sha256(photo) })).status).toBe("uploaded");
      // Its bytes are gone, its row is not yet: then it is sent as any other.
      for (const { original_key } of await db().execute<{ original_key: string }>(sql`select original_key from media where owner_id = ${owner.id}::bigint`)) await storage().delete(original_key);
      expect((await announce(owner, { sha256: sha256(photo) })).status).toBe("pending");
    });

    test("objects that no row names are swept after a day, others stay", async () => {
      const owner = await makeUser();
      const ticket = await announce(owner);
      expect(await put(ticket, photo)).toBe(200);
      await completeUpload(owner, ticket.media_id);
      const orphans = ["originals/123/gone", "media/123/abc/320.jpg"];
      for (const key of orphans) await storage().put(key, Buffer.from("x"), { contentType: "image/jpeg" });
      await sweepObjects();
      for (const key of orphans) expect(await storage().head(key)).not.toBeNull();
      await sweepObjects(Date.now() + 25 * 3600 * 1000);
      for (const key of orphans) expect(await storage().head(key)).toBeNull();
      expect((await storage().head((await rowOf(ticket.media_id)).original_key))!.size).toBe(photo.length);
    });
  });
});

describe("uploads are their owner's own", () => {
  test("nobody else sees, signs, completes or gives them up; one in a post stays", async () => {
    const { owner, follower, requester, stranger, blocked } = await makeCast();
    const ticket = await announce(owner);
    const id = ticket.media_id;
    const calls = [["GET", ""], ["POST", "/parts"], ["POST", "/complete"], ["DELETE", ""]] as const;
    for (const [method, end] of calls) {
      const ask = async (as: Viewer | null) => (await call(method, `/api/uploads/${id}${end}`, { as, body: method === "POST" ? { parts: [{ number: 1 }] } : undefined })).status;
      for (const viewer of [follower, requester, stranger, blocked]) expect([method, end, await ask(viewer)]).toEqual([method, end, 404]);
      expect([method, end, await ask(null)]).toEqual([method, end, 401]);
    }
    expect((await call("GET", `/api/uploads/${id}`, { as: owner })).status).toBe(200);
    await put(ticket, photo);
    await completeUpload(owner, id);
    expect((await call("POST", `/api/uploads/${id}/parts`, { as: owner, body: { parts: [{ number: 1 }] } })).status).toBe(409);
    const postId = await makePost(owner, { photos: 0 });
    await db().transaction((tx) => attachMedia(tx, owner, postId, [{ id, alt: "" }]));
    expect((await call("DELETE", `/api/uploads/${id}`, { as: owner })).status).toBe(409);
  });

  test.each([
    [{ parts: [] }, 422], [{ parts: [{ number: 0 }] }, 422], [{ parts: [{ number: 4 }] }, 422], [{ parts: [{ number: 1, md5: "no" }] }, 422], [{}, 422], ["nonsense", 400],
  ])("%j is %i", async (body, status) => {
    const owner = await makeUser();
    const { media_id: id } = await announce(owner);
    expect((await call("POST", `/api/uploads/${id}/parts`, { as: owner, body })).status).toBe(status);
  });

  test("checksums of parts must be as many as parts, and a small file has none", async () => {
    const owner = await makeUser();
    await expect(announce(owner, { part_md5s: md5s().slice(1) })).rejects.toMatchObject({ status: 422, fields: { part_md5s: expect.any(String) } });
    const small = await createUpload(owner, { content_type: "image/png", size: PART_BYTES, purpose: "post" });
    expect(small.parts).toBeUndefined();
    expect(await getUpload(owner, small.media_id)).toMatchObject({ part_bytes: null, arrived_parts: [] });
    expect((await call("POST", `/api/uploads/${small.media_id}/parts`, { as: owner, body: { parts: [{ number: 1 }] } })).status).toBe(409);
  });

  test("a person can't fill the store with files in no post", async () => {
    const owner = await makeUser();
    for (let i = 0; i < 30; i++) {
      await db().execute(sql`insert into media (owner_id, purpose, content_type, bytes, original_key, version) values (${owner.id}::bigint, 'post', 'video/mp4', 1073741824, ${`originals/test/full${i}${owner.id}`}, 'v1')`);
    }
    await expect(announce(owner)).rejects.toMatchObject({ status: 429 });
  });
});
