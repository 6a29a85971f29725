import { beforeAll, describe, expect, test } from "vitest";
import { describeStores, rawPut, text } from "@/lib/testing/storage-peers";

describeStores("signed addresses", (peer) => {
  describe("signed upload", () => {
    const body = Buffer.from("exactly these bytes");
    const sign = async (key: string, expiresIn = 60) => {
      const ticket = await peer.store.signUpload({ key, contentType: "image/jpeg", size: body.length, expiresIn });
      return { ...ticket, url: peer.absolute(ticket.url) };
    };
    const refused = async (status: number, key: string) => {
      expect([0, 400, 403, 404, 405, 411, 413]).toContain(status);
      expect(await peer.store.head(key)).toBeNull();
    };

    test("takes the announced body, also twice", async () => {
      const ticket = await sign("up/ok");
      for (let i = 0; i < 2; i++) {
        const answer = await fetch(ticket.url, { method: ticket.method, headers: ticket.headers, body });
        expect(answer.status).toBe(200);
      }
      expect(await peer.store.head("up/ok")).toMatchObject({ size: body.length, contentType: "image/jpeg" });
      expect(await text(peer.store, "up/ok")).toBe(body.toString());
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
      await peer.store.put("up/read", body, { contentType: "image/jpeg" });
      expect((await fetch((await sign("up/read")).url)).status).toBeGreaterThanOrEqual(400);
    });

    test("expires", async () => {
      const ticket = await sign("up/late", 1);
      await new Promise((done) => setTimeout(done, 2500));
      await refused((await fetch(ticket.url, { method: "PUT", headers: ticket.headers, body })).status, "up/late");
    });
  });

  describe("signed download", () => {
    beforeAll(async () => void (await peer.store.put("down/file", Buffer.from("0123456789"), { contentType: "image/png" })));
    const address = async (options = {}) => peer.absolute(await peer.store.signDownload({ key: "down/file", expiresIn: 60, ...options }));

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
      await peer.store.put("digits", Buffer.from("0123456789"), { contentType: "text/plain" });
      const url = await address();
      expect((await fetch(url.replace("/down/file?", "/digits?"))).status).toBe(403);
      expect((await fetch(url.replace(/\?.*/, ""))).status).toBe(403);
      expect((await fetch(url, { method: "PUT", body: "x" })).status).toBeGreaterThanOrEqual(400);
      const short = await address({ expiresIn: 1 });
      await new Promise((done) => setTimeout(done, 2500));
      expect((await fetch(short)).status).toBe(403);
      expect(await text(peer.store, "down/file")).toBe("0123456789");
    });
  });
});
