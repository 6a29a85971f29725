import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { ensureFfmpeg } from "./ffmpeg.mjs";

const PATH = process.env.PATH;
const NOTHING = { NODE_ENV: "test" } as const;
const left: string[] = [];
afterEach(() => {
  process.env.PATH = PATH;
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
});

/** A data folder that only its owner may enter, with programs unpacked in it by an earlier start. */
function closedFolder(): string {
  const data = mkdtempSync(path.join(tmpdir(), "heliograph-closed-"));
  left.push(data);
  mkdirSync(path.join(data, "ffmpeg/unpacked/usr/bin"), { recursive: true });
  writeFileSync(path.join(data, "ffmpeg/unpacked/.complete"), "");
  for (const name of ["ffmpeg", "ffprobe"]) {
    writeFileSync(path.join(data, "ffmpeg/unpacked/usr/bin", name), "#!/bin/sh\necho run by $(id -u)\n", { mode: 0o755 });
    writeFileSync(path.join(data, "ffmpeg", name), `#!/bin/sh\nexec ${data}/ffmpeg/unpacked/usr/bin/${name} "$@"\n`, { mode: 0o755 });
  }
  chmodSync(data, 0o700);
  return data;
}

test.skipIf(process.getuid?.() !== 0)("root's ffmpeg in a closed folder moves to where a servant can run it, once", async () => {
  const data = closedFolder();
  process.env.PATH = `${path.dirname(spawnSync("/bin/sh", ["-c", "command -v id"], { encoding: "utf8" }).stdout.trim())}-without-ffmpeg`;
  const found = await ensureFfmpeg(data, NOTHING);
  left.push(path.dirname(found!.ffmpeg));
  expect(found!.ffmpeg.startsWith(data)).toBe(false);
  const env = { ...NOTHING, PATH: "/usr/bin:/bin" };
  expect(spawnSync(found!.ffprobe, [], { uid: 65_533, gid: 65_533, cwd: "/", env, encoding: "utf8" }).stdout).toBe("run by 65533\n");
  // By the old name, too, and without a second copy.
  expect(realpathSync(path.join(data, "ffmpeg/ffmpeg"))).toBe(found!.ffmpeg);
  expect(existsSync(path.join(data, "ffmpeg/unpacked"))).toBe(false);
  expect(await ensureFfmpeg(data, NOTHING)).toEqual(found);
});
