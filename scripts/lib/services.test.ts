import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { runs } from "./process.mjs";

const folder = mkdtempSync(join(tmpdir(), "heliograph-services-"));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Facts = { url: string; pids: number[] };

/** A program of its own that starts the services as `npm start` does, so that it can be killed outright. */
async function starter(): Promise<{ facts: Facts; kill: () => void }> {
  const program = `
    const at = (name) => import(${JSON.stringify(resolve(import.meta.dirname))} + "/" + name);
    const [{ openPostgres }, { openRedis }, { freePort }] = await Promise.all([at("postgres.mjs"), at("redis.mjs"), at("ports.mjs")]);
    const dir = ${JSON.stringify(folder)};
    const store = await openPostgres({ dir, log: dir + "/postgres.log", port: await freePort(), password: "test" });
    const running = [await store.start()];
    await store.prepare();
    const redis = await openRedis({ dir, log: dir + "/redis.log", port: await freePort(), password: "test" });
    if (redis) running.push(await redis.start());
    console.log(JSON.stringify({ url: store.url, pids: running.map(({ child }) => child.pid) }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return { facts: JSON.parse(text) as Facts, kill: () => child.kill("SIGKILL") };
}

async function gone(pids: number[], ms = 15_000): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) if (pids.every((pid) => !runs(pid, folder))) return true;
  return false;
}

describe("embedded services", () => {
  it("end soon after their supervisor was killed outright, and come back with what was committed", async () => {
    const first = await starter();
    const sql = postgres(first.facts.url, { max: 1, onnotice: () => {} });
    await sql`create table kept (word text)`;
    await sql`insert into kept values ('committed')`;
    await sql.end();
    first.kill();
    expect(await gone(first.facts.pids)).toBe(true);

    const second = await starter();
    const again = postgres(second.facts.url, { max: 1 });
    expect(await again`select word from kept`).toEqual([{ word: "committed" }]);
    await again.end();
    second.kill();
    expect(await gone(second.facts.pids)).toBe(true);
  }, 90_000);

  it("start after everything was killed at once", async () => {
    const { kill, facts } = await starter();
    // All at once, as when the machine loses power: nobody is left to remove the lock file.
    for (const pid of facts.pids) process.kill(pid, "SIGKILL");
    kill();
    expect(await gone(facts.pids)).toBe(true);
    const next = await starter();
    const sql = postgres(next.facts.url, { max: 1 });
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end();
    next.kill();
    expect(await gone(next.facts.pids)).toBe(true);
  }, 90_000);
});
