import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { describeStores, text } from "@/lib/testing/storage-peers";

describeStores("objects", (peer) => {
  test("keeps bytes and type", async () => {
    const put = await peer.store.put("a/b.txt", Buffer.from("hello"), { contentType: "text/plain" });
    expect(put.size).toBe(5);
    const head = await peer.store.head("a/b.txt");
    expect(head).toMatchObject({ key: "a/b.txt", size: 5, contentType: "text/plain" });
    expect(head!.etag).toBe(put.etag);
    expect(Math.abs(Date.now() - head!.modifiedAt.getTime())).toBeLessThan(120_000);
    expect(await text(peer.store, "a/b.txt")).toBe("hello");
  });

  test("takes a stream of announced size, and nothing else", async () => {
    const bytes = randomBytes(3_000_000);
    await peer.store.put("stream", { stream: Readable.from([bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)]), size: bytes.length }, { contentType: "x/y" });
    const found = await peer.store.get("stream");
    expect((await buffer(found!.body)).equals(bytes)).toBe(true);
  });

  test("overwrites whole", async () => {
    await peer.store.put("over", Buffer.from("a much longer first body"), { contentType: "text/plain" });
    await peer.store.put("over", Buffer.from("2nd"), { contentType: "text/css" });
    expect(await text(peer.store, "over")).toBe("2nd");
    expect((await peer.store.head("over"))!.contentType).toBe("text/css");
  });

  test("an empty object is an object", async () => {
    await peer.store.put("empty", Buffer.alloc(0), { contentType: "text/plain" });
    expect((await peer.store.head("empty"))!.size).toBe(0);
    expect(await text(peer.store, "empty")).toBe("");
  });

  test("what is missing is null", async () => {
    expect(await peer.store.head("no/such")).toBeNull();
    expect(await peer.store.get("no/such")).toBeNull();
    expect(await peer.store.get("no/such", { start: 0, end: 5 })).toBeNull();
  });

  test("reads ranges", async () => {
    await peer.store.put("digits", Buffer.from("0123456789"), { contentType: "text/plain" });
    expect(await text(peer.store, "digits", { start: 2, end: 5 })).toBe("2345");
    expect(await text(peer.store, "digits", { start: 7 })).toBe("789");
    expect(await text(peer.store, "digits", { start: 8, end: 400 })).toBe("89");
    const part = await peer.store.get("digits", { start: 2, end: 5 });
    expect(part!.info.size).toBe(10);
    part!.body.destroy();
    await expect(peer.store.get("digits", { start: 10 })).rejects.toThrow(RangeError);
    await expect(peer.store.get("digits", { start: 5, end: 2 })).rejects.toThrow(RangeError);
  });

  test("deletes once and again", async () => {
    await peer.store.put("gone/1", Buffer.from("x"), { contentType: "text/plain" });
    await peer.store.put("gone/2", Buffer.from("x"), { contentType: "text/plain" });
    await peer.store.delete("gone/1");
    await peer.store.delete("gone/1");
    expect(await peer.store.head("gone/1")).toBeNull();
    await peer.store.deleteMany(["gone/1", "gone/2", "gone/3"]);
    expect(await peer.store.head("gone/2")).toBeNull();
  });

  test("lists by prefix, cut anywhere", async () => {
    const keys = ["l/1/a", "l/1/b", "l/10/c", "l/2", "l/2/d", "m/1"];
    for (const key of keys) await peer.store.put(key, Buffer.from(key), { contentType: "text/plain" });
    const listed = async (prefix: string) => {
      const found = [];
      for await (const item of peer.store.list(prefix)) found.push(item);
      return found.map((item) => item.key).sort();
    };
    expect(await listed("l/")).toEqual(["l/1/a", "l/1/b", "l/10/c", "l/2", "l/2/d"]);
    expect(await listed("l/1")).toEqual(["l/1/a", "l/1/b", "l/10/c"]);
    expect(await listed("l/1/")).toEqual(["l/1/a", "l/1/b"]);
    expect(await listed("nothing/")).toEqual([]);
    expect(await listed("")).toEqual(expect.arrayContaining(keys));
    for await (const item of peer.store.list("l/2/")) expect(item.size).toBe(5);
  });

  test("copies with type", async () => {
    await peer.store.put("from", Buffer.from("same"), { contentType: "image/png" });
    await peer.store.copy("from", "to/there");
    expect(await text(peer.store, "to/there")).toBe("same");
    expect((await peer.store.head("to/there"))!.contentType).toBe("image/png");
  });

  test.each(["", "/a", "a/", "a//b", "..", "a/../b", "a/./b", ".hidden", "a/.b", "a\\b", "a b", "é", "a~", "a\0", "a?b", "%2e%2e/a", "x".repeat(600)])(
    "refuses the key %j everywhere",
    async (key) => {
      await expect(peer.store.put(key, Buffer.from("x"), { contentType: "text/plain" })).rejects.toThrow(TypeError);
      await expect(peer.store.get(key)).rejects.toThrow(TypeError);
      await expect(peer.store.head(key)).rejects.toThrow(TypeError);
      await expect(peer.store.delete(key)).rejects.toThrow(TypeError);
      await expect(peer.store.signUpload({ key, contentType: "a/b", size: 1, expiresIn: 60 })).rejects.toThrow(TypeError);
      await expect(peer.store.signDownload({ key, expiresIn: 60 })).rejects.toThrow(TypeError);
    },
  );

  test("is checked and made ready again without harm", async () => {
    await peer.store.put("a/b.txt", Buffer.from("hello"), { contentType: "text/plain" });
    await peer.store.ensure(["http://localhost:3000"]);
    await peer.store.check();
    expect(await text(peer.store, "a/b.txt")).toBe("hello");
  });
});
