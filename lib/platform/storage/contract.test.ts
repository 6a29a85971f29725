import { createServer, request as httpRequest, type Server } from "node:http";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testS3 } from "@/lib/testing/s3";
import { DiskStorage } from "./disk";
import { handleDiskStorage } from "./disk-http";
import { S3Storage } from "./s3";
import type { ObjectStorage } from "./types";

type Peer = { store: ObjectStorage; absolute: (url: string) => string; stop: () => Promise<void> };

async function diskPeer(): Promise<Peer> {
  const dir = await mkdtemp(join(tmpdir(), "heliograph-disk-"));
  const store = new DiskStorage({ dir, secret: "s".repeat(32) });
  await store.ensure();
  const server: Server = createServer((req, res) => void handleDiskStorage(req, res, new URL(req.url ?? "/", "http://disk"), store));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    store,
    absolute: (url) => new URL(url, origin).href,
    stop: async () => {
      // No half-written files are left.
      expect(await readdir(join(dir, "tmp"))).toEqual([]);
      server.closeAllConnections();
      server.close();
      await rm(dir, { recursive: true });
    },
  };
}

async function s3Peer(): Promise<Peer> {
  const { endpoint, accessKey, secretKey } = testS3()!;
  const store = new S3Storage({ bucket: `contract-${randomBytes(4).toString("hex")}`, region: "us-east-1", endpoint, accessKeyId: accessKey, secretAccessKey: secretKey, forcePathStyle: true });
  await store.ensure(["http://localhost:3000"]);
  return { store, absolute: (url) => url, stop: async () => {} };
}

const text = async (store: ObjectStorage, key: string, range?: { start: number; end?: number }) => {
  const found = await store.get(key, range);
  return found && (await buffer(found.body)).toString();
};

/** A PUT with full control over headers and over how many bytes really go. Answers the status, 0 for a cut connection. */
function rawPut(url: string, headers: Record<string, string>, body: Buffer, end = true): Promise<number> {
  return new Promise((done) => {
    const req = httpRequest(url, { method: "PUT", headers }, (res) => res.resume().on("end", () => done(res.statusCode ?? 0)).on("error", () => done(0)));
    req.on("error", () => done(0));
    req.write(body, () => (end ? req.end() : setTimeout(() => req.destroy(), 100)));
  });
}

describe.each([
  ["disk", diskPeer, false],
  ["s3", s3Peer, testS3() === null],
] as const)("object storage: %s", (_name, makePeer, skipped) => {
  describe.skipIf(skipped)("contract", () => {
    let peer: Peer;
    let store: ObjectStorage;
    beforeAll(async () => {
      peer = await makePeer();
      store = peer.store;
    });
    afterAll(() => peer?.stop());

    test("keeps bytes and type", async () => {
      const put = await store.put("a/b.txt", Buffer.from("hello"), { contentType: "text/plain" });
      expect(put.size).toBe(5);
      const head = await store.head("a/b.txt");
      expect(head).toMatchObject({ key: "a/b.txt", size: 5, contentType: "text/plain" });
      expect(head!.etag).toBe(put.etag);
      expect(Math.abs(Date.now() - head!.modifiedAt.getTime())).toBeLessThan(120_000);
      expect(await text(store, "a/b.txt")).toBe("hello");
    });

    test("takes a stream of announced size, and nothing else", async () => {
      const bytes = randomBytes(3_000_000);
      await store.put("stream", { stream: Readable.from([bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)]), size: bytes.length }, { contentType: "x/y" });
      const found = await store.get("stream");
      expect((await buffer(found!.body)).equals(bytes)).toBe(true);
    });

    test("overwrites whole", async () => {
      await store.put("over", Buffer.from("a much longer first body"), { contentType: "text/plain" });
      await store.put("over", Buffer.from("2nd"), { contentType: "text/css" });
      expect(await text(store, "over")).toBe("2nd");
      expect((await store.head("over"))!.contentType).toBe("text/css");
    });

    test("an empty object is an object", async () => {
      await store.put("empty", Buffer.alloc(0), { contentType: "text/plain" });
      expect((await store.head("empty"))!.size).toBe(0);
      expect(await text(store, "empty")).toBe("");
    });

    test("what is missing is null", async () => {
      expect(await store.head("no/such")).toBeNull();
      expect(await store.get("no/such")).toBeNull();
      expect(await store.get("no/such", { start: 0, end: 5 })).toBeNull();
    });

    test("reads ranges", async () => {
      await store.put("digits", Buffer.from("0123456789"), { contentType: "text/plain" });
      expect(await text(store, "digits", { start: 2, end: 5 })).toBe("2345");
      expect(await text(store, "digits", { start: 7 })).toBe("789");
      expect(await text(store, "digits", { start: 8, end: 400 })).toBe("89");
      const part = await store.get("digits", { start: 2, end: 5 });
      expect(part!.info.size).toBe(10);
      part!.body.destroy();
      await expect(store.get("digits", { start: 10 })).rejects.toThrow(RangeError);
      await expect(store.get("digits", { start: 5, end: 2 })).rejects.toThrow(RangeError);
    });

    test("deletes once and again", async () => {
      await store.put("gone/1", Buffer.from("x"), { contentType: "text/plain" });
      await store.put("gone/2", Buffer.from("x"), { contentType: "text/plain" });
      await store.delete("gone/1");
      await store.delete("gone/1");
      expect(await store.head("gone/1")).toBeNull();
      await store.deleteMany(["gone/1", "gone/2", "gone/3"]);
      expect(await store.head("gone/2")).toBeNull();
    });

    test("lists by prefix, cut anywhere", async () => {
      const keys = ["l/1/a", "l/1/b", "l/10/c", "l/2", "l/2/d", "m/1"];
      for (const key of keys) await store.put(key, Buffer.from(key), { contentType: "text/plain" });
      const listed = async (prefix: string) => {
        const found = [];
        for await (const item of store.list(prefix)) found.push(item);
        return found.map((item) => item.key).sort();
      };
      expect(await listed("l/")).toEqual(["l/1/a", "l/1/b", "l/10/c", "l/2", "l/2/d"]);
      expect(await listed("l/1")).toEqual(["l/1/a", "l/1/b", "l/10/c"]);
      expect(await listed("l/1/")).toEqual(["l/1/a", "l/1/b"]);
      expect(await listed("nothing/")).toEqual([]);
      expect(await listed("")).toEqual(expect.arrayContaining(keys));
      for await (const item of store.list("l/2/")) expect(item.size).toBe(5);
    });

    test("copies with type", async () => {
      await store.put("from", Buffer.from("same"), { contentType: "image/png" });
      await store.copy("from", "to/there");
      expect(await text(store, "to/there")).toBe("same");
      expect((await store.head("to/there"))!.contentType).toBe("image/png");
    });

    test.each(["", "/a", "a/", "a//b", "..", "a/../b", "a/./b", ".hidden", "a/.b", "a\\b", "a b", "é", "a~", "a\0", "a?b", "%2e%2e/a", "x".repeat(600)])(
      "refuses the key %j everywhere",
      async (key) => {
        await expect(store.put(key, Buffer.from("x"), { contentType: "text/plain" })).rejects.toThrow(TypeError);
        await expect(store.get(key)).rejects.toThrow(TypeError);
        await expect(store.head(key)).rejects.toThrow(TypeError);
        await expect(store.delete(key)).rejects.toThrow(TypeError);
        await expect(store.signUpload({ key, contentType: "a/b", size: 1, expiresIn: 60 })).rejects.toThrow(TypeError);
        await expect(store.signDownload({ key, expiresIn: 60 })).rejects.toThrow(TypeError);
      },
    );

    describe("signed upload", () => {
      const body = Buffer.from("exactly these bytes");
      const sign = async (key: string, expiresIn = 60) => {
        const ticket = await store.signUpload({ key, contentType: "image/jpeg", size: body.length, expiresIn });
        return { ...ticket, url: peer.absolute(ticket.url) };
      };
      const refused = async (status: number, key: string) => {
        expect([0, 400, 403, 404, 405, 411, 413]).toContain(status);
        expect(await store.head(key)).toBeNull();
      };

      test("takes the announced body, also twice", async () => {
        const ticket = await sign("up/ok");
        for (let i = 0; i < 2; i++) {
          const answer = await fetch(ticket.url, { method: ticket.method, headers: ticket.headers, body });
          expect(answer.status).toBe(200);
        }
        expect(await store.head("up/ok")).toMatchObject({ size: body.length, contentType: "image/jpeg" });
        expect(await text(store, "up/ok")).toBe(body.toString());
      });

      test("refuses another type", async () => {
        const ticket = await sign("up/type");
        await refused((await fetch(ticket.url, { method: "PUT", headers: { "content-type": "text/html" }, body })).status, "up/type");
        await refused(await rawPut(ticket.url, { "content-length": String(body.length) }, body), "up/type");
      });

      test("refuses more bytes and fewer bytes", async () => {
        const ticket = await sign("up/size");
        const put = async (bytes: Buffer) => (await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: new Uint8Array(bytes) })).status;
        await refused(await put(Buffer.concat([body, Buffer.from("!")])), "up/size");
        await refused(await put(body.subarray(1)), "up/size");
        await refused(await put(Buffer.alloc(0)), "up/size");
      });

      test("refuses bodies without a length that don't fit", async () => {
        const ticket = await sign("up/chunked");
        const chunked = { ...ticket.headers, "transfer-encoding": "chunked" };
        await refused(await rawPut(ticket.url, chunked, Buffer.concat([body, body])), "up/chunked");
        await refused(await rawPut(ticket.url, chunked, body.subarray(3)), "up/chunked");
      });

      test("a sender that hangs up leaves nothing", async () => {
        const ticket = await sign("up/cut");
        const status = await rawPut(ticket.url, { ...ticket.headers, "content-length": String(body.length) }, body.subarray(0, 5), false);
        await refused(status, "up/cut");
      });

      test("refuses another key, another size, a touched signature, another method", async () => {
        const ticket = await sign("up/a");
        const put = (url: string) => fetch(url, { method: "PUT", headers: ticket.headers, body }).then((answer) => answer.status);
        await refused(await put(ticket.url.replace("/up/a?", "/up/b?")), "up/b");
        await refused(await put(ticket.url.replace(/(signature=)(.)/i, (_, name, first) => `${name}${first === "0" ? "1" : "0"}`)), "up/a");
        await refused(await put(ticket.url.replace(/\?.*/, "")), "up/a");
        await store.put("up/read", body, { contentType: "image/jpeg" });
        expect((await fetch((await sign("up/read")).url)).status).toBeGreaterThanOrEqual(400);
      });

      test("expires", async () => {
        const ticket = await sign("up/late", 1);
        await new Promise((done) => setTimeout(done, 2500));
        await refused((await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body })).status, "up/late");
      });
    });

    describe("upload in parts", () => {
      const MB = 1024 * 1024;
      // S3's least for all but the last.
      const PART = 5 * MB;
      const bytes = randomBytes(2 * PART + 700_000);
      const piece = (number: number) => bytes.subarray((number - 1) * PART, number * PART);
      const md5 = (body: Buffer) => createHash("md5").update(body).digest("base64");
      const begin = (key: string) => store.startParts(key, { contentType: "video/mp4" });
      const ticketOf = async (key: string, uploadId: string, number: number, options: { md5?: string; expiresIn?: number } = {}) => {
        const ticket = await store.signPart({ key, uploadId, number, size: piece(number).length, expiresIn: 60, ...options });
        return { ...ticket, url: peer.absolute(ticket.url) };
      };
      const put = async (ticket: { url: string; headers: Record<string, string> }, body: Buffer) =>
        (await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body: new Uint8Array(body) }).catch(() => ({ status: 0 }))).status;
      const send = async (key: string, uploadId: string, number: number) => expect(await put(await ticketOf(key, uploadId, number, { md5: md5(piece(number)) }), piece(number))).toBe(200);
      const arrived = async (key: string, uploadId: string) => (await store.listParts(key, uploadId))?.map(({ number, size }) => [number, size]) ?? null;
      const unfinished = async (prefix: string) => {
        const found = [];
        for await (const upload of store.listUnfinished(prefix)) found.push(upload);
        return found;
      };

      test("becomes one object, in whatever order and however often its parts come", async () => {
        const id = await begin("parts/whole");
        expect(await arrived("parts/whole", id)).toEqual([]);
        for (const number of [3, 1, 1]) await send("parts/whole", id, number);
        expect(await arrived("parts/whole", id)).toEqual([[1, PART], [3, 700_000]]);
        expect(await store.head("parts/whole")).toBeNull();
        await send("parts/whole", id, 2);
        const parts = (await store.listParts("parts/whole", id))!;
        const info = await store.completeParts("parts/whole", id, parts);
        expect(info).toMatchObject({ key: "parts/whole", size: bytes.length, contentType: "video/mp4" });
        expect((await buffer((await store.get("parts/whole"))!.body)).equals(bytes)).toBe(true);
        expect(await text(store, "parts/whole", { start: PART - 2, end: PART + 1 })).toBe(bytes.subarray(PART - 2, PART + 2).toString());
        // Neither again nor of nothing.
        expect(await store.listParts("parts/whole", id)).toBeNull();
        expect(await put(await ticketOf("parts/whole", id, 1), piece(1))).toBe(404);
        expect(await unfinished("parts/")).toEqual([]);
        expect((await store.head("parts/whole"))!.size).toBe(bytes.length);
      });

      test("two who complete at once make one object", async () => {
        const id = await begin("parts/twice");
        for (const number of [1, 2]) await send("parts/twice", id, number);
        const parts = (await store.listParts("parts/twice", id))!;
        await Promise.all([store.completeParts("parts/twice", id, parts), store.completeParts("parts/twice", id, parts)]);
        expect((await store.head("parts/twice"))!.size).toBe(2 * PART);
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
        await store.abortParts("parts/bound", id);
        await store.abortParts("parts/bound", other);
      });

      test("a sender that hangs up leaves nothing, and the part can come again", async () => {
        const id = await begin("parts/cut");
        const ticket = await ticketOf("parts/cut", id, 1, { md5: md5(piece(1)) });
        expect(await rawPut(ticket.url, { ...ticket.headers, "content-length": String(PART) }, piece(1).subarray(0, 2 * MB), false)).toBe(0);
        expect(await arrived("parts/cut", id)).toEqual([]);
        await send("parts/cut", id, 1);
        await store.abortParts("parts/cut", id);
      });

      test("given up, nothing of it is left; those that are not are listed", async () => {
        const [gone, kept] = [await begin("parts/gone"), await begin("parts/kept")];
        await send("parts/gone", gone, 1);
        await store.abortParts("parts/gone", gone);
        await store.abortParts("parts/gone", gone);
        expect(await store.listParts("parts/gone", gone)).toBeNull();
        expect(await store.completeParts("parts/gone", gone, [{ number: 1, size: PART, etag: "x" }])).toBeNull();
        const list = await unfinished("parts/");
        expect(list.map(({ key, uploadId }) => [key, uploadId])).toEqual([["parts/kept", kept]]);
        expect(Math.abs(Date.now() - list[0]!.startedAt.getTime())).toBeLessThan(120_000);
        expect(await unfinished("elsewhere/")).toEqual([]);
        await store.abortParts("parts/kept", kept);
        expect(await unfinished("")).toEqual([]);
      });
    });

    describe("signed download", () => {
      beforeAll(async () => void (await store.put("down/file", Buffer.from("0123456789"), { contentType: "image/png" })));
      const address = async (options = {}) => peer.absolute(await store.signDownload({ key: "down/file", expiresIn: 60, ...options }));

      test("reads whole, in part, and if changed", async () => {
        const url = await address({ fileName: "my photo.png" });
        const whole = await fetch(url);
        expect(whole.headers.get("content-type")).toBe("image/png");
        expect(whole.headers.get("content-disposition")).toContain("my%20photo.png");
        expect(await whole.text()).toBe("0123456789");
        const part = await fetch(url, { headers: { range: "bytes=2-4" } });
        expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
        const tail = await fetch(url, { headers: { range: "bytes=-3" } });
        expect([tail.status, await tail.text()]).toEqual([206, "789"]);
        expect((await fetch(url, { headers: { range: "bytes=10-" } })).status).toBe(416);
        expect((await fetch(url, { headers: { "if-none-match": whole.headers.get("etag")! } })).status).toBe(304);
      });

      test("refuses other keys, expired and unsigned addresses, and writing", async () => {
        const url = await address();
        expect((await fetch(url.replace("/down/file?", "/digits?"))).status).toBe(403);
        expect((await fetch(url.replace(/\?.*/, ""))).status).toBe(403);
        expect((await fetch(url, { method: "PUT", body: "x" })).status).toBeGreaterThanOrEqual(400);
        const short = await address({ expiresIn: 1 });
        await new Promise((done) => setTimeout(done, 2500));
        expect((await fetch(short)).status).toBe(403);
        expect(await text(store, "down/file")).toBe("0123456789");
      });
    });

    test("is checked and made ready again without harm", async () => {
      await store.ensure(["http://localhost:3000"]);
      await store.check();
      expect(await text(store, "a/b.txt")).toBe("hello");
    });
  });
});
