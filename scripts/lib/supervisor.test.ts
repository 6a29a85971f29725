import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { launch, runs } from "./process.mjs";
import { supervisor } from "./supervisor.mjs";
import { causeIn, sentence, Trouble } from "./trouble.mjs";

const folder = mkdtempSync(join(tmpdir(), "heliograph-supervisor-"));

/** A program that notes each start in a file and then does as told. */
function program(name: string, script: string) {
  const log = join(folder, `${name}.log`);
  writeFileSync(log, "");
  let pid = 0;
  const service = {
    name,
    log,
    stopSignal: "SIGTERM" as const,
    async start() {
      const running = launch({ file: "/bin/sh", args: ["-c", `echo started; ${script}`], log });
      pid = running.child.pid ?? 0;
      return running;
    },
  };
  return { service, starts: () => readFileSync(log, "utf8").split("started").length - 1, pid: () => pid };
}

async function until(condition: () => boolean, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; !condition(); await pause(20)) if (Date.now() > end) throw new Error("it did not come to pass");
}

describe("the supervisor", () => {
  it("starts a killed program again, and ends it when told", async () => {
    const keeper = supervisor();
    const sleeper = program("sleeper", "exec sleep 60");
    await keeper.keep(sleeper.service);
    const first = sleeper.pid();
    process.kill(first, "SIGKILL");
    await until(() => sleeper.pid() !== first && runs(sleeper.pid(), "sleep"));
    await keeper.stop();
    expect(runs(sleeper.pid(), "sleep")).toBe(false);
  });

  it("gives up with the cause after repeated crashes", async () => {
    const keeper = supervisor();
    const broken = program("broken", "echo 'write failed: No space left on device' >&2; exit 1");
    await keeper.keep(broken.service);
    const error = await keeper.gaveUp;
    expect(error.message).toMatch(/^broken stopped because the disk is full.*5 times in vain/);
    expect(broken.starts()).toBe(6);
  }, 60_000);
});

describe("sentences", () => {
  it.each([
    [Object.assign(new Error("x"), { code: "EADDRINUSE", port: 3000 }), /Port 3000 is taken.*PORT=3001/],
    [Object.assign(new Error("x"), { code: "ENOSPC" }), /disk is full/],
    [Object.assign(new Error("x"), { code: "EACCES", path: "/srv/x" }), /No permission to use \/srv\/x/],
    [new Trouble("A sentence."), /^A sentence\.$/],
    [new Error("odd\n    at somewhere"), /^Something went wrong that was not foreseen: odd$/],
  ])("say %s", (error, words) => expect(sentence(error)).toMatch(words));

  it("find the cause in what a program wrote", () => {
    expect(causeIn("postgres: error while loading shared libraries: libxml2.so.2: cannot open", "Postgres")).toContain("libxml2.so.2 is missing");
    expect(causeIn("FATAL: could not create shared memory segment", "Postgres")).toContain("not enough memory");
    expect(causeIn("all is well", "Postgres")).toBeNull();
  });
});
