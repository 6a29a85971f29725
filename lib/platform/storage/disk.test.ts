import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { DiskStorage } from "./disk";

let program: string;
beforeAll(async () => {
  program = join(await mkdtemp(join(tmpdir(), "heliograph-writer-")), "writer.mjs");
  await build({
    stdin: {
      contents: `import { DiskStorage } from "./disk"; import { createHash } from "node:crypto";
        const store = new DiskStorage({ dir: process.argv[2], secret: "x".repeat(32) });
        for (let i = 0; ; i++) {
          const body = Buffer.alloc(2_000_000, i);
          await store.put("object/" + (i % 3), body, { contentType: "x/" + createHash("sha256").update(body).digest("hex") });
          process.stdout.write(".");
        }`,
      resolveDir: import.meta.dirname,
    },
    bundle: true, platform: "node", format: "esm", outfile: program,
  });
});

const ended = (child: ChildProcess) => new Promise((done) => child.once("exit", done));

describe("a disk store whose process is killed", () => {
  test("holds whole objects only, wherever the kill fell", async () => {
    const dir = await mkdtemp(join(tmpdir(), "heliograph-kill-"));
    const store = new DiskStorage({ dir, secret: "x".repeat(32) });
    for (let round = 0; round < 12; round++) {
      const child = spawn(process.execPath, [program, dir], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise((done) => child.stdout!.once("data", done));
      await new Promise((done) => setTimeout(done, 7 * round));
      child.kill("SIGKILL");
      await ended(child);
      let seen = 0;
      for await (const { key } of store.list("object/")) {
        const found = (await store.get(key))!;
        const bytes = await buffer(found.body);
        expect(found.info.contentType).toBe(`x/${createHash("sha256").update(bytes).digest("hex")}`);
        seen++;
      }
      expect(seen).toBeGreaterThan(0);
    }
    // What was being written lies in a folder apart, and goes when it is old.
    const left = await readdir(join(dir, "tmp"));
    expect(left.length).toBeGreaterThan(0);
    await store.ensure();
    expect(await readdir(join(dir, "tmp"))).toEqual(left);
    for (const name of left) await utimes(join(dir, "tmp", name), new Date(0), new Date(0));
    await store.ensure();
    expect(await readdir(join(dir, "tmp"))).toEqual([]);
  });

  test("takes a damaged file for no object", async () => {
    const dir = await mkdtemp(join(tmpdir(), "heliograph-damage-"));
    const store = new DiskStorage({ dir, secret: "x".repeat(32) });
    await store.put("a", Buffer.alloc(1_000), { contentType: "x/y" });
    await truncate(join(dir, "objects/a~"), 900);
    expect(await store.head("a")).toBeNull();
    await writeFile(join(dir, "objects/b~"), "HGO1");
    expect(await store.get("b")).toBeNull();
    await store.put("a", Buffer.from("new"), { contentType: "x/y" });
    expect((await store.head("a"))!.size).toBe(3);
  });
});
