import "server-only";
import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { unavailable } from "@/lib/platform/errors";

// OWASP's password storage cheat sheet: Argon2id, 19 MiB, 2 passes, 1 lane (about 20 ms). Argon2id is the library's default.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashing runs on the four threads that files and DNS share and keeps a core busy: a crowd at the door must wait in
 * line rather than take the server down for those inside.
 */
const LANES = Math.max(1, Math.min(3, availableParallelism() - 1));
const LINE = 500;
const waiting: (() => void)[] = [];
let busy = 0;

async function inLine<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= LINE) throw unavailable("Too many people are logging in. Try again in a moment.");
  if (busy < LANES) busy++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // The place is handed on, so that nobody overtakes the line.
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }
}

/** The Argon2id hash of a password, with its salt and cost inside. */
export const hashPassword = (password: string): Promise<string> => inLine(() => hash(password.normalize("NFC"), COST));

let nobodysHash: Promise<string> | undefined;

/**
 * Whether the password is the one hashed. Without a hash (nobody has that name) the same work is done against a
 * password that nobody knows, so that the time tells nothing.
 */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(24).toString("hex"));
  const against = hashed?.startsWith("$argon2") ? hashed : null;
  const dummy = await nobodysHash;
  const matches = await inLine(() => verify(against ?? dummy, password.normalize("NFC")));
  return matches && against !== null;
}
