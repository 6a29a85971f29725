import { createHash, randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { describeStores, rawPut, text } from "@/lib/testing/storage-peers";

describeStores("upload in parts", (peer) => {
  const MB = 1024 * 1024;
  // S3's least for all but the last.
  const PART = 5 * MB;
  const bytes = randomBytes(2 * PART + 700_000);
  const piece = (number: number) => bytes.subarray((number - 1) * PART, number * PART);
  const md5 = (body: Buffer) => createHash("md5").update(body).digest("base64");
  const begin = (key: string) => peer.store.startParts(key, { contentType: "video/mp4" });
  const ticketOf = async (key: string, uploadId: string, number: number, options: { md5?: string; expiresIn?: number } = {}) => {
    const ticket = await peer.store.signPart({ key, uploadId, number, size: piece(number).length, expiresIn: 60, ...options });
    return { ...ticket, url: peer.absolute(ticket.url) };
  };
  const put = async (ticket: { url: string; headers: Record<string, string> }, body: Buffer) =>
    (await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: new Uint8Array(body) }).catch(() => ({ status: 0 }))).status;
  const send = async (key: string, uploadId: string, number: number) => expect(await put(await ticketOf(key, uploadId, number, { md5: md5(piece(number)) }), piece(number))).toBe(200);
  const arrived = async (key: string, uploadId: string) => (await peer.store.listParts(key, uploadId))?.map(({ number, size }) => [number, size]) ?? null;
  const unfinished = async (prefix: string) => {
    const found = [];
    for await (const upload of peer.store.listUnfinished(prefix)) found.push(upload);
    return found;
  };

  test("becomes one object, in whatever order and however often its parts come", async () => {
    const id = await begin("parts/whole");
    expect(await arrived("parts/whole", id)).toEqual([]);
    for (const number of [3, 1, 1]) await send("parts/whole", id, number);
    expect(await arrived("parts/whole", id)).toEqual([[1, PART], [3, 700_000]]);
    expect(await peer.store.head("parts/whole")).toBeNull();
    await send("parts/whole", id, 2);
    const parts = (await peer.store.listParts("parts/whole", id))!;
    const info = await peer.store.completeParts("parts/whole", id, parts);
    expect(info).toMatchObject({ key: "parts/whole", size: bytes.length, contentType: "video/mp4" });
    expect((await buffer((await peer.store.get("parts/whole"))!.body)).equals(bytes)).toBe(true);
    expect(await text(peer.store, "parts/whole", { start: PART - 2, end: PART + 1 })).toBe(bytes.subarray(PART - 2, PART + 2).toString());
    // Neither again nor of nothing.
    expect(await peer.store.listParts("parts/whole", id)).toBeNull();
    expect(await put(await ticketOf("parts/whole", id, 1), piece(1))).toBe(404);
    expect(await unfinished("parts/")).toEqual([]);
    expect((await peer.store.head("parts/whole"))!.size).toBe(bytes.length);
  });

  test("two who complete at once make one object", async () => {
    const id = await begin("parts/twice");
    for (const number of [1, 2]) await send("parts/twice", id, number);
    const parts = (await peer.store.listParts("parts/twice", id))!;
    await Promise.all([peer.store.completeParts("parts/twice", id, parts), peer.store.completeParts("parts/twice", id, parts)]);
    expect((await peer.store.head("parts/twice"))!.size).toBe(2 * PART);
  });

  test("refuses damaged bytes, other sizes, other numbers, other uploads and late ones", async () => {
    const [id, other] = [await begin("parts/bound"), await begin("parts/bound")];
    const damaged = Buffer.from(piece(3));
    damaged[5]! ^= 1;
    const bound = await ticketOf("parts/bound", id, 3, { md5: md5(piece(3)) });
    expect([400, 403]).toContain(await put(bound, damaged));
    // Not bound, but named by the sender.
    const free = await ticketOf("parts/bound", id, 3);
    expect([400, 403]).toContain(await put({ ...free, headers: { "content-md5": md5(piece(3)) } }, damaged));
    expect([400, 403]).toContain(await put({ ...bound, headers: { "content-md5": md5(damaged) } }, damaged));
    expect([400, 403]).toContain(await put({ ...bound, headers: {} }, piece(3)));
    for (const body of [piece(3).subarray(1), Buffer.concat([piece(3), Buffer.from("!")])]) expect([0, 400, 403]).toContain(await put(free, body));
    expect(await put({ ...free, url: free.url.replace(/(part(Number)?=)3/, "$12") }, piece(3))).toBe(403);
    expect(await put({ ...free, url: free.url.replace(encodeURIComponent(id), encodeURIComponent(other)) }, piece(3))).toBe(403);
    const late = await ticketOf("parts/bound", id, 3, { expiresIn: 1 });
    await new Promise((done) => setTimeout(done, 2500));
    expect(await put(late, piece(3))).toBe(403);
    expect(await arrived("parts/bound", id)).toEqual([]);
    expect(await put(free, piece(3))).toBe(200);
    await peer.store.abortParts("parts/bound", id);
    await peer.store.abortParts("parts/bound", other);
  });

  test("a sender that hangs up leaves nothing, and the part can come again", async () => {
    const id = await begin("parts/cut");
    const ticket = await ticketOf("parts/cut", id, 1, { md5: md5(piece(1)) });
    expect(await rawPut(ticket.url, { ...ticket.headers, "content-length": String(PART) }, piece(1).subarray(0, 2 * MB), false)).toBe(0);
    expect(await arrived("parts/cut", id)).toEqual([]);
    await send("parts/cut", id, 1);
    await peer.store.abortParts("parts/cut", id);
  });

  test("given up, nothing of it is left; those that are not are listed", async () => {
    const [gone, kept] = [await begin("parts/gone"), await begin("parts/kept")];
    await send("parts/gone", gone, 1);
    await peer.store.abortParts("parts/gone", gone);
    await peer.store.abortParts("parts/gone", gone);
    expect(await peer.store.listParts("parts/gone", gone)).toBeNull();
    expect(await peer.store.completeParts("parts/gone", gone, [{ number: 1, size: PART, etag: "x" }])).toBeNull();
    const list = await unfinished("parts/");
    expect(list.map(({ key, uploadId }) => [key, uploadId])).toEqual([["parts/kept", kept]]);
    expect(Math.abs(Date.now() - list[0]!.startedAt.getTime())).toBeLessThan(120_000);
    expect(await unfinished("elsewhere/")).toEqual([]);
    await peer.store.abortParts("parts/kept", kept);
    expect(await unfinished("")).toEqual([]);
  });
});
