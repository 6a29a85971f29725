import { spawnSync } from "node:child_process";
import { chmod, chown, lstat, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Account = { uid: number; gid: number };

/**
 * A number that belongs to nobody and nothing: files of `nobody` are the embedded database's. In containers that know no
 * such number it is `nobody`.
 */
const NUMBERS = [65_533, 65_534];

const become = (account: Account, command: string, ...args: string[]) => spawnSync("/bin/sh", ["-c", command, "sh", ...args], { ...account, cwd: "/", stdio: "ignore" }).status === 0;

let known: Account | null | undefined;

/** Whom programs that look into people's files run as when we are root; `null` when we are an ordinary user. */
export function servant(): Account | null {
  if (known !== undefined) return known;
  const accounts = process.getuid?.() === 0 ? NUMBERS.map((number) => ({ uid: number, gid: number })) : [];
  return (known = accounts.find((account) => become(account, ":")) ?? null);
}

let base: string | undefined;

/** Where folders for such work are made: the system's place for passing files, if the servant can reach it. */
export function workBase(): string {
  const account = servant();
  return (base ??= account ? ([tmpdir(), "/var/tmp", "/tmp"].find((folder) => become(account, 'cd "$1"', folder)) ?? tmpdir()) : tmpdir());
}

/** Gives a folder of ours to the servant for the time of one program's run. Its files stay ours, to be read. */
export async function lend(dir: string): Promise<void> {
  const account = servant();
  if (!account) return;
  // Whatever the umask made of them.
  for (const name of await readdir(dir)) await chmod(join(dir, name), 0o644);
  await chown(dir, account.uid, account.gid);
}

/**
 * Takes the folder back. Throws when anything but plain files lies in it: we, who may read everything, would follow a link
 * that a program under a stranger's control has laid.
 */
export async function takeBack(dir: string): Promise<void> {
  if (!servant()) return;
  await chown(dir, process.getuid!(), process.getgid!());
  for (const name of await readdir(dir)) {
    const found = await lstat(join(dir, name));
    if (!found.isFile() || found.nlink !== 1) throw new Error(`"${name}" is no plain file`);
  }
}
