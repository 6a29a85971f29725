import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOutage } from "@/lib/platform/http/error-response";
import { S3Storage } from "./s3";
import { StorageUnavailableError } from "./types";

const sockets: Socket[] = [];
let silent: Server;
let store: S3Storage;

beforeAll(async () => {
  // Takes connections and never says a word, as a hanging store does.
  silent = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  store = new S3Storage({ bucket: "b", region: "us-east-1", endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, accessKeyId: "a", secretAccessKey: "s", forcePathStyle: true });
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

describe("a store that hangs", () => {
  it("costs a bounded time, then nothing", async () => {
    const began = performance.now();
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => store.head("media/x")));
    expect(performance.now() - began).toBeLessThan(18_000);
    for (const tried of tries) expect((tried as PromiseRejectedResult).reason).toBeInstanceOf(StorageUnavailableError);
    const next = performance.now();
    const refused = await Promise.allSettled(Array.from({ length: 50 }, () => store.get("media/x")));
    expect(performance.now() - next).toBeLessThan(200);
    expect(refused.every((one) => one.status === "rejected" && isOutage(one.reason))).toBe(true);
  }, 30_000);
});
