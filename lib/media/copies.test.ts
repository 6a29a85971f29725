import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { NotNowError } from "@/lib/platform/jobs/define";
import { DiskStorage } from "@/lib/platform/storage/disk";
import { S3Storage } from "@/lib/platform/storage/s3";
import { replaceReplica, storage } from "@/lib/platform/storage/storage";
import type { ObjectStorage } from "@/lib/platform/storage/types";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { bringPhoto } from "@/lib/testing/bring-photo";
import { makeUser } from "@/lib/testing/factories";
import { quarters } from "@/lib/testing/pictures";
import { runJobs } from "@/lib/testing/run-jobs";
import { testS3 } from "@/lib/testing/s3";
import { copyOriginal } from "./copies";
import { copyJobs } from "./copy-jobs";
import { takeCopyInventory } from "./inventory";
import { jobs } from "./jobs";
import { discardUpload } from "./service";
import { sweepObjects } from "./sweep";

const HOUR = 3_600_000;
let dir: string;
let photo: Buffer;
beforeAll(async () => {
  await migrateQueue(jobs);
  dir = await mkdtemp(join(tmpdir(), "heliograph-copies-"));
  photo = await quarters(300, 200).jpeg().toBuffer();
});
afterAll(async () => {
  replaceReplica(undefined);
  await rm(dir, { recursive: true });
});

const onDisk = async () => new DiskStorage({ dir: join(dir, randomBytes(4).toString("hex")), secret: "s".repeat(32) });
const onS3 = async () => {
  const { endpoint, accessKey, secretKey } = testS3()!;
  const store = new S3Storage({ bucket: `copies-${randomBytes(4).toString("hex")}`, region: "us-east-1", endpoint, accessKeyId: accessKey, secretAccessKey: secretKey, forcePathStyle: true });
  await store.ensure([]);
  return store;
};

type Row = { id: string; original_key: string; copied_at: string | null; sha256: string };
const rowOf = async (id: string) => (await db().execute<Row>(sql`select id, original_key, copied_at, sha256 from media where id = ${id}::bigint`))[0]!;
const bring = (viewer: Viewer) => bringPhoto(viewer, photo);
const digest = async (store: ObjectStorage, key: string) => {
  const found = await store.get(key);
  return found && createHash("sha256").update(await buffer(found.body)).digest("hex");
};

describe.each([["a folder", onDisk, false], ["a bucket", onS3, testS3() === null]] as const)("copies in %s", (_name, open, skipped) => {
  describe.skipIf(skipped)("of originals", () => {
    let second: ObjectStorage;
    beforeAll(async () => replaceReplica((second = await open())));
    afterAll(() => replaceReplica(undefined));

    test("are made after an upload, mended when missing or different, and bring a lost or damaged original back", async () => {
      const owner = await makeUser();
      const id = await bring(owner);
      await runJobs(copyJobs, { twice: true });
      const { original_key: key, sha256, copied_at } = await rowOf(id);
      expect(copied_at).not.toBeNull();
      expect(await digest(second, key)).toBe(sha256);
      expect((await second.head(key))!.contentType).toBe("image/jpeg");
      expect(await copyOriginal(id)).toBe("same");

      const others = Buffer.alloc(photo.length, 7);
      await second.delete(key);
      expect(await copyOriginal(id)).toBe("copied");
      await second.put(key, others, { contentType: "image/jpeg" });
      expect(await copyOriginal(id)).toBe("copied");
      expect(await digest(second, key)).toBe(sha256);
      await storage().delete(key);
      expect(await copyOriginal(id)).toBe("restored");
      await storage().put(key, others, { contentType: "image/jpeg" });
      expect(await copyOriginal(id)).toBe("restored");
      expect([await digest(storage(), key), await digest(second, key)]).toEqual([sha256, sha256]);
      await storage().put(key, others, { contentType: "image/jpeg" });
      await second.delete(key);
      expect(await copyOriginal(id)).toBe("lost");
      expect((await rowOf(id)).copied_at).toBeNull();
    });

    test("are found by the hourly job when they were never made or not looked at for long", async () => {
      const owner = await makeUser();
      const [never, long, recent] = [await bring(owner), await bring(owner), await bring(owner)];
      await db().execute(sql`delete from pgboss.job where name = 'media.copy-original'`);
      const keys = await Promise.all([never, long, recent].map(async (id) => (await rowOf(id)).original_key));
      await db().execute(sql`update media set created_at = now() - interval '2 hours' where id = ${never}::bigint`);
      await db().execute(sql`update media set copied_at = now() - interval '8 days' where id = ${long}::bigint`);
      await db().execute(sql`update media set copied_at = now() where id = ${recent}::bigint`);
      const hourly = copyJobs.find(({ name }) => name === "media.check-copies")!;
      await hourly.handler({}, { id: "1", attempt: 1, signal: AbortSignal.timeout(10_000) });
      await hourly.handler({}, { id: "2", attempt: 1, signal: AbortSignal.timeout(10_000) });
      expect((await db().execute(sql`select 1 from pgboss.job where name = 'media.copy-original' and data->>'mediaId' = any(${`{${never},${long},${recent}}`}::text[])`)).length).toBe(2);
      await runJobs(copyJobs);
      expect(await Promise.all(keys.map(async (key) => (await second.head(key)) !== null))).toEqual([true, true, false]);
    });

    test("go with their originals, and doctor sees what is missing and what belongs to nothing", async () => {
      const owner = await makeUser();
      const [kept, gone] = [await bring(owner), await bring(owner)];
      await runJobs(copyJobs);
      const [keptKey, goneKey] = [(await rowOf(kept)).original_key, (await rowOf(gone)).original_key];
      await discardUpload(owner, gone);
      expect([await second.head(goneKey), (await second.head(keptKey))?.size]).toEqual([null, photo.length]);

      const stray = `originals/${gone}/stray`;
      await second.put(stray, Buffer.from("x"), { contentType: "image/jpeg" });
      const tomorrow = Date.now() + 25 * HOUR;
      let found = (await takeCopyInventory(tomorrow))!;
      expect(found.missing).not.toContain(keptKey);
      expect(found.orphans).toEqual([stray]);
      await second.put(keptKey, Buffer.from("short"), { contentType: "image/jpeg" });
      found = (await takeCopyInventory(tomorrow))!;
      expect(found.missing).toContain(keptKey);
      await sweepObjects(tomorrow);
      expect(await second.head(stray)).toBeNull();
      expect((await takeCopyInventory(tomorrow))!.orphans).toEqual([]);
    });
  });
});

describe("while the second store", () => {
  test("is away, people notice nothing and the copy waits", async () => {
    replaceReplica(new S3Storage({ bucket: "x", region: "us-east-1", endpoint: "http://127.0.0.1:9", accessKeyId: "x", secretAccessKey: "y", forcePathStyle: true }));
    const owner = await makeUser();
    const [id, other] = [await bring(owner), await bring(owner)];
    await expect(copyJobs[0]!.handler({ mediaId: id }, { id: "1", attempt: 1, signal: AbortSignal.timeout(10_000) })).rejects.toThrow(NotNowError);
    expect(await discardUpload(owner, other)).toBe(true);
  });

  test("does not exist, nothing waits for it", async () => {
    replaceReplica(null);
    const id = await bring(await makeUser());
    expect((await db().execute(sql`select 1 from pgboss.job where name = 'media.copy-original' and data->>'mediaId' = ${id}`)).length).toBe(0);
    expect([await copyOriginal(id), await takeCopyInventory()]).toEqual(["none", null]);
  });
});
