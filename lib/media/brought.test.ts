import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { migrateQueue } from "@/lib/platform/jobs/migrate";
import { callApi as call } from "@/lib/testing/api";
import { withSecrets } from "@/lib/testing/corpus";
import { makeCast, makePost } from "@/lib/testing/factories";
import { bring, openMediaFront } from "@/lib/testing/media-front";
import { quarters } from "@/lib/testing/pictures";
import { signDownload } from "./brought";
import { jobs } from "./jobs";
import { attachMedia } from "./service";

let front: Awaited<ReturnType<typeof openMediaFront>>;
let bytes: Buffer;
beforeAll(async () => {
  await migrateQueue(jobs);
  front = await openMediaFront();
  bytes = Buffer.concat([await withSecrets(quarters(300, 200)).jpeg().toBuffer(), Buffer.from("<script>alert(1)</script>PK\x05\x06")]);
});
afterAll(() => front.close());

const get = (address: string, init?: RequestInit) => fetch(new URL(address, front.origin), init);

test("an author gets a file back byte by byte, and no browser ever takes it for anything but a file", async () => {
  const { owner } = await makeCast();
  const id = await bring(front.origin, owner, bytes, "image/jpeg");
  const { url } = await signDownload(owner, id);
  const answer = await get(url);
  expect(Object.fromEntries(["content-type", "content-disposition", "x-content-type-options", "content-security-policy", "cross-origin-resource-policy", "cache-control"].map((name) => [name, answer.headers.get(name)]))).toEqual({
    "content-type": "application/octet-stream", "content-disposition": `attachment; filename="heliograph-${id}.jpg"`, "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox", "cross-origin-resource-policy": "same-origin", "cache-control": "private, no-store",
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  const part = await get(url, { headers: { range: "bytes=2-5", "if-range": answer.headers.get("etag")! } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 2-5/${bytes.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(2, 6))).toBe(true);
  const stale = await get(url, { headers: { range: "bytes=2-5", "if-range": '"other"' } });
  expect([stale.status, (await stale.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
  const head = await get(url, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
  expect((await get(url, { headers: { "if-none-match": answer.headers.get("etag")! } })).status).toBe(304);
});

test("nobody else does, however public the post, and not by a changed or late address", async () => {
  const { owner, follower, stranger, blocked } = await makeCast({ isPrivate: false });
  const id = await bring(front.origin, owner, bytes, "image/jpeg");
  const postId = await makePost(owner, { photos: 0 });
  await db().transaction((tx) => attachMedia(tx, owner, postId, [{ id, alt: "" }]));
  for (const viewer of [follower, stranger, blocked]) expect((await call("GET", `/api/media/${id}/original`, { as: viewer })).status).toBe(404);
  expect((await call("GET", `/api/media/${id}/original`)).status).toBe(401);
  const answer = await call("GET", `/api/media/${id}/original`, { as: owner });
  const url = answer.body.url as string;
  expect((await get(url)).status).toBe(200);
  const late = (await signDownload(owner, id, Date.now() - 301_000)).url;
  const changed = [url.replace(/s=./, "s=*"), url.replace(`v=${owner.id}`, `v=${follower.id}`), url.replace(/e=\d+/, "e=9999999999"), url.replace(/\?.*/, ""), url.replace(id, "1"), url.replace(id, "99999999999999999999"), `${url.replace(/e=\d+/, "e=x")}`, late];
  for (const address of changed) expect([address, (await get(address)).status]).toEqual([address, 404]);
  expect((await get(url, { method: "POST" })).status).toBe(405);
  await db().execute(sql`update posts set deleted_at = now() where id = ${postId}::bigint`);
  expect((await get(url)).status).toBe(404);
  expect((await call("GET", `/api/media/${id}/original`, { as: owner })).status).toBe(404);
});
