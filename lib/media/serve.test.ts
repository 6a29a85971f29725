import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { setAvatar } from "@/lib/accounts/avatar";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { makeCast, makeFollow, makeUser, type PostOptions } from "@/lib/testing/factories";
import { postWith, useMediaFront } from "@/lib/testing/media-front";
import { GPS_EXIF, quarters, readQuarters } from "@/lib/testing/pictures";
import { forgetAccess } from "./access";
import { prepareAvatar } from "./avatar";
import { processMedia } from "./jobs";
import { type MediaRow, toMediaView } from "./urls";

const { front, run, upload, rowOf } = useMediaFront();

describe("who may fetch the files", () => {
  const statusOf = (address: string, init?: RequestInit) => fetch(new URL(address, front.origin), init).then((answer) => answer.status);

  async function photoOf(owner: Viewer, options: PostOptions = {}) {
    const id = await upload(owner, await quarters(400, 300).jpeg().toBuffer());
    const postId = await postWith(owner, [id], options);
    await processMedia.handler({ mediaId: id }, run);
    return { row: (await rowOf(id))!, postId };
  }
  const addressFor = (row: MediaRow, viewer: Viewer | null) => toMediaView(row, { isPublic: false, viewerId: viewer?.id ?? null }).urls["320"];

  test("public: everybody, for a year, with 304, range and HEAD", async () => {
    const { row } = await photoOf(await makeUser());
    const address = new URL(toMediaView(row, { isPublic: true, viewerId: null }).urls["320"], front.origin);
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
      const answer = await fetch(new URL(addressFor(row, viewer), front.origin));
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

  test("a copy that somebody has kept is not called current once they may not see it", async () => {
    const { owner, follower } = await makeCast({ isPrivate: false });
    const [shown, own] = [await photoOf(owner), await photoOf(owner, { audience: "followers" })];
    const addresses = [addressFor(shown.row, null), addressFor(own.row, follower)];
    const etags = await Promise.all(addresses.map(async (address) => (await fetch(new URL(address, front.origin))).headers.get("etag")!));
    const answers = () => Promise.all(addresses.flatMap((address, i) => [etags[i]!, "*"].map((known) => statusOf(address, { headers: { "if-none-match": known } }))));
    expect(await answers()).toEqual([304, 304, 304, 304]);
    await db().execute(sql`delete from follows where follower_id = ${follower.id}::bigint`);
    forgetAccess();
    expect(await answers()).toEqual([304, 304, 404, 404]);
    await db().execute(sql`update users set is_private = true where id = ${owner.id}::bigint`);
    forgetAccess();
    expect(await answers()).toEqual([404, 404, 404, 404]);
    const refused = await fetch(new URL(addresses[0]!, front.origin), { headers: { "if-none-match": etags[0]! } });
    expect([refused.headers.get("etag"), refused.headers.get("cache-control")]).toEqual([null, "no-store"]);
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
      const answer = await fetch(new URL(`/media/${avatar.mediaId}/${avatar.version}/${name}`, front.origin));
      expect(answer.status).toBe(200);
      expect(await readQuarters(Buffer.from(await answer.arrayBuffer()))).toEqual(["green", "green", "yellow", "yellow"]);
    }
    await expect(prepareAvatar(await makeUser(), id)).rejects.toMatchObject({ status: 404 });
    const postPhoto = await upload(owner, await quarters(30, 30).png().toBuffer());
    await expect(prepareAvatar(owner, postPhoto)).rejects.toMatchObject({ status: 404 });
  });
});
