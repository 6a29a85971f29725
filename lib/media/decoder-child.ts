import { constants, closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import sharp from "sharp";
import type { DeriveAnswer, DeriveOrder } from "./decoder-lane";
import { deriveAvatar, deriveEssential, deriveRest, deriveSource, deriveWidth, type DeriveInput, type WidthInput } from "./derive";
import { readFacts } from "./facts";
import { fetchJxl, isSpent } from "./jxl";
import { fetchLibheif } from "./libheif";
import { isProblemCode, type ProblemCode } from "./problems";
import type { Account } from "./servant";

const WORK = {
  essential: deriveEssential,
  rest: deriveRest,
  avatar: deriveAvatar,
  source: deriveSource,
  facts: ({ path }: DeriveInput) => readFacts(path),
  width: (input: DeriveInput) => deriveWidth(input as WidthInput),
};

/**
 * The process that decodes, apart from the app: a picture that makes a decoder hang, crash or eat memory takes down only
 * this. It has no secrets, no connections and no rights of root's; it reads one file and writes into one folder.
 */
export function serveDecoder(account: Account | null): void {
  sharp.cache(false);
  const ready = account ? stepDown(account) : Promise.resolve();
  ready.catch(() => process.exit(1));
  process.on("message", (order: DeriveOrder) => void ready.then(() => perform(order)).then((answer) => process.send?.(answer)));
  // The app is gone: nobody waits for the answer.
  process.on("disconnect", () => process.exit(0));
}

/**
 * Gives up root, for good. Decoders that are read with the first picture that needs them are read before, where the
 * account could not: a clone below a closed folder, such as root's own.
 */
async function stepDown({ uid, gid }: Account): Promise<void> {
  process.seteuid!(uid);
  const canRead = mayRead("libheif-js/libheif-wasm/libheif.js") && mayRead("jxl-oxide-wasm/package.json");
  process.seteuid!(0);
  if (!canRead) await Promise.all([fetchLibheif(), fetchJxl()]);
  process.setgroups!([gid]);
  process.setgid!(gid);
  process.setuid!(uid);
}

function mayRead(module: string): boolean {
  try {
    closeSync(openSync(createRequire(import.meta.url).resolve(module), constants.O_RDONLY));
    return true;
  } catch {
    return false;
  }
}

async function perform({ id, kind, input }: DeriveOrder): Promise<DeriveAnswer> {
  try {
    return { id, ok: true, result: await WORK[kind](input), rss: memoryTaken() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, ok: false, problem: problemOf(error, message), message, rss: memoryTaken() };
  }
}

/** As much as can be, where a decoder keeps what it took: then this process is let go. */
const memoryTaken = () => (isSpent() ? Number.MAX_SAFE_INTEGER : process.memoryUsage.rss());

/** What libvips says, told apart: the machine's fault (null, worth another try) or the file's. */
function problemOf(error: unknown, message: string): ProblemCode | null {
  const code = (error as { code?: unknown }).code;
  if (isProblemCode(code)) return code;
  if (/pixel limit/i.test(message)) return "too_many_pixels";
  if (/no space|out of memory|unable to (write|open)|file is missing|cannot allocate|ENOSPC|EMFILE|ENOENT|EACCES|permission denied|write error/i.test(message)) return null;
  return "damaged";
}
