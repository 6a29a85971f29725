import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { registry } from "@/lib/jobs";
import { getReceipt } from "@/lib/media/receipt";
import { storage } from "@/lib/platform/storage/storage";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { withSecrets } from "@/lib/testing/corpus";
import { makeCast, makeUpload } from "@/lib/testing/factories";
import { drainJobs, installJobs } from "@/lib/testing/jobs";
import { quarters } from "@/lib/testing/pictures";
import { createPost } from "./create";
import { editPost } from "./edit";
import { getVisiblePost } from "./queries";
import { createPostSchema, editPostSchema } from "./schemas";

beforeAll(() => installJobs(registry));

/** A published post of one photo that says everything about its maker. */
async function postPhoto(owner: Viewer, choices: { show_camera?: boolean; keep_place?: boolean }, meanwhile?: (postId: string, mediaId: string) => Promise<unknown>) {
  const mediaId = await makeUpload(owner);
  const bytes = await withSecrets(quarters(900, 600)).jpeg({ quality: 92 }).toBuffer();
  const [row] = await db().execute<{ original_key: string }>(sql`update media set bytes = ${bytes.length} where id = ${mediaId}::bigint returning original_key`);
  await storage().put(row!.original_key, bytes, { contentType: "image/jpeg" });
  const post = await createPost(owner, createPostSchema.parse({ media: [{ id: mediaId, ...choices }] }), null);
  await meanwhile?.(post.id, mediaId);
  await drainJobs(registry);
  return { mediaId, postId: post.id, bytes: bytes.length };
}

async function receiptOf(owner: Viewer, mediaId: string) {
  const receipt = await getReceipt(owner, mediaId);
  if (receipt.kind !== "image") throw new Error("not of a photo");
  return receipt;
}

const CAMERA = { name: "Secret Camera Works SN-4711", lens: "Secret Camera Lens 23mm", exposure_seconds: 0.004, f_number: 2, iso: 400, focal_length: 23 };

describe("what the camera wrote", () => {
  test("is shown to whoever sees the post when the author shows it, and nothing else is", async () => {
    const { owner, follower, stranger, blocked } = await makeCast({ isPrivate: false });
    const { postId } = await postPhoto(owner, { show_camera: true });
    for (const viewer of [owner, follower, stranger, null]) {
      const post = await getVisiblePost(viewer, postId);
      expect(post.media[0]!.camera).toEqual(CAMERA);
      expect(JSON.stringify(post)).not.toMatch(/51\.5|0\.116|SN-0815|Hidden|2024-05/);
    }
    await expect(getVisiblePost(blocked, postId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is nobody's otherwise, the author's own copy included", async () => {
    const { owner, follower, stranger } = await makeCast({ isPrivate: false });
    const { postId } = await postPhoto(owner, {});
    for (const viewer of [owner, follower, stranger, null]) {
      const post = await getVisiblePost(viewer, postId);
      expect(post.media[0]!.camera).toBeNull();
      expect(JSON.stringify(post)).not.toMatch(/Secret Camera|SN-4711/);
    }
  });
});

describe("the receipt", () => {
  test("tells its author what came in, what is served and what was taken out", async () => {
    const { owner } = await makeCast({ isPrivate: false });
    const { mediaId, bytes } = await postPhoto(owner, {});
    const receipt = await receiptOf(owner, mediaId);
    expect(receipt).toMatchObject({
      media_id: mediaId, state: "ready", is_complete: true, colour: "sRGB",
      source: { type: "image/jpeg", width: 900, height: 600, bytes, colour: "sRGB", quality: 92 },
      removed: ["location", "serial_number", "names", "camera", "time", "comments", "xmp"],
      kept: { camera: CAMERA, is_shown: false, taken_at: "2024-05-01T12:30:00.000Z", keeps_place: false, place: null },
    });
    const files = receipt.served.map(({ name, format }) => `${name}.${format}`).toSorted();
    expect(files).toEqual(["1080.avif", "1080.jpg", "1080.webp", "150.avif", "150.jpg", "150.webp", "320.avif", "320.jpg", "320.webp", "640.avif", "640.jpg", "640.webp", "original.jpg", "original.webp"]);
    for (const file of receipt.served.filter(({ name }) => name !== "original")) expect(file.similarity).toBeGreaterThan(0.9);
  });

  test("has the place only if that was asked for", async () => {
    const { owner, follower } = await makeCast({ isPrivate: false });
    const { mediaId, postId } = await postPhoto(owner, { keep_place: true });
    expect((await receiptOf(owner, mediaId)).kept.place).toEqual({ latitude: 51.5, longitude: -0.116667 });
    for (const viewer of [owner, follower, null]) expect(JSON.stringify(await getVisiblePost(viewer, postId))).not.toContain("51.5");
  });

  test("is there for nobody else, however public the post", async () => {
    for (const isPrivate of [false, true]) {
      const { owner, ...others } = await makeCast({ isPrivate });
      const { mediaId } = await postPhoto(owner, { show_camera: true });
      for (const viewer of Object.values(others)) await expect(getReceipt(viewer as Viewer, mediaId)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("of a photo from before there were receipts names its files", async () => {
    const { owner } = await makeCast({ isPrivate: false });
    const { mediaId } = await postPhoto(owner, {});
    await db().execute(sql`update media set receipt = null where id = ${mediaId}::bigint`);
    const receipt = await receiptOf(owner, mediaId);
    expect(receipt).toMatchObject({ removed: null, colour: null, source: { colour: null, quality: null } });
    expect(receipt.served.length).toBeGreaterThan(5);
  });
});

describe("changed after posting", () => {
  const edit = (viewer: Viewer, postId: string, media: object[]) => editPost(viewer, postId, editPostSchema.parse({ media }));

  test("the camera appears and goes, for all who see the post; that is no edit of it", async () => {
    const { owner, follower, stranger, blocked } = await makeCast({ isPrivate: false });
    const { mediaId, postId } = await postPhoto(owner, {});
    const before = await getVisiblePost(owner, postId);
    for (const [show_camera, camera] of [[true, CAMERA], [true, CAMERA], [false, null]] as const) {
      const post = await edit(owner, postId, [{ id: mediaId, show_camera }]);
      expect(post).toMatchObject({ media: [{ camera, alt: before.media[0]!.alt }], is_edited: false });
      for (const viewer of [follower, stranger, null]) expect((await getVisiblePost(viewer, postId)).media[0]!.camera).toEqual(camera);
      expect((await receiptOf(owner, mediaId)).kept.is_shown).toBe(show_camera);
    }
    expect((await getVisiblePost(owner, postId)).updated_at).not.toBe(before.updated_at);
    // What says nothing of it leaves it.
    await edit(owner, postId, [{ id: mediaId, show_camera: true }]);
    expect(await edit(owner, postId, [{ id: mediaId, alt: "Four quarters" }])).toMatchObject({ media: [{ camera: CAMERA }] });
    for (const viewer of [follower, stranger]) await expect(edit(viewer, postId, [{ id: mediaId, show_camera: false }])).rejects.toMatchObject({ code: "forbidden" });
    await expect(edit(blocked, postId, [{ id: mediaId, show_camera: false }])).rejects.toMatchObject({ code: "not_found" });
    expect((await getVisiblePost(stranger, postId)).media[0]!.camera).toEqual(CAMERA);
  });

  test("the place is read from the file again, and forgotten at once", async () => {
    const { owner, follower } = await makeCast({ isPrivate: false });
    const { mediaId, postId } = await postPhoto(owner, {});
    const kept = async () => (await receiptOf(owner, mediaId)).kept;
    await edit(owner, postId, [{ id: mediaId, keep_place: true }]);
    expect(await kept()).toMatchObject({ keeps_place: true, place: null });
    await drainJobs(registry);
    expect(await kept()).toMatchObject({ keeps_place: true, place: { latitude: 51.5, longitude: -0.116667 } });
    for (const viewer of [owner, follower, null]) expect(JSON.stringify(await getVisiblePost(viewer, postId))).not.toContain("51.5");
    await edit(owner, postId, [{ id: mediaId, keep_place: false }]);
    expect(await kept()).toMatchObject({ keeps_place: false, place: null });
    // Taken back before it was read.
    await edit(owner, postId, [{ id: mediaId, keep_place: true }]);
    await edit(owner, postId, [{ id: mediaId, keep_place: false }]);
    await drainJobs(registry);
    expect(await kept()).toMatchObject({ keeps_place: false, place: null });
  });

  test("what is changed while the photo is being prepared counts", async () => {
    const { owner } = await makeCast({ isPrivate: false });
    const { mediaId, postId } = await postPhoto(owner, { keep_place: true }, (id, media) => edit(owner, id, [{ id: media, keep_place: false }]));
    expect((await receiptOf(owner, mediaId)).kept).toMatchObject({ keeps_place: false, place: null });
    expect((await getVisiblePost(owner, postId)).status).toBe("published");
  });
});

test("the hash is kept as a number", async () => {
  const { owner } = await makeCast({ isPrivate: false });
  const { mediaId } = await postPhoto(owner, {});
  const [row] = await db().execute<{ hash: string }>(sql`select perceptual_hash::bit(64)::text as hash from media where id = ${mediaId}::bigint`);
  expect(row!.hash).toMatch(/^[01]{64}$/);
  expect(row!.hash.replaceAll("0", "").length).toBeGreaterThan(8);
});
