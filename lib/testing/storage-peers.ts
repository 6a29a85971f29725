import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, request as httpRequest, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { DiskStorage } from "@/lib/platform/storage/disk";
import { handleDiskStorage } from "@/lib/platform/storage/disk-http";
import { S3Storage } from "@/lib/platform/storage/s3";
import type { ObjectStorage } from "@/lib/platform/storage/types";
import { testS3 } from "./s3";

/** A storage of its own that can be reached over HTTP: `absolute` makes of its signed addresses ones that can be fetched. */
export type Peer = { store: ObjectStorage; absolute: (url: string) => string; stop: () => Promise<void> };

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

/** What an object, or a range of it, says; null when there is none. */
export const text = async (store: ObjectStorage, key: string, range?: { start: number; end?: number }) => {
  const found = await store.get(key, range);
  return found && (await buffer(found.body)).toString();
};

/** A PUT with full control over headers and over how many bytes really go. Answers the status, 0 for a cut connection. */
export function rawPut(url: string, headers: Record<string, string>, body: Buffer, end = true): Promise<number> {
  return new Promise((done) => {
    const req = httpRequest(url, { method: "PUT", headers }, (res) => res.resume().on("end", () => done(res.statusCode ?? 0)).on("error", () => done(0)));
    req.on("error", () => done(0));
    req.write(body, () => (end ? req.end() : setTimeout(() => req.destroy(), 100)));
  });
}

/** The same tests of each storage there is, each with a storage of its own; S3's are skipped where there is none. The peer is there from `beforeAll` on. */
export function describeStores(what: string, body: (peer: Peer) => void): void {
  describe.each([
    ["disk", diskPeer, false],
    ["s3", s3Peer, testS3() === null],
  ] as const)(`object storage, ${what}: %s`, (_name, makePeer, skipped) => {
    describe.skipIf(skipped)("contract", () => {
      const peer = {} as Peer;
      beforeAll(async () => void Object.assign(peer, await makePeer()));
      afterAll(() => (peer as Partial<Peer>).stop?.());
      body(peer);
    });
  });
}
