import sharp from "sharp";
import type { DeriveAnswer, DeriveOrder } from "./decoder";
import { deriveAvatar, deriveEssential, deriveRest, deriveSource, deriveWidth, type DeriveInput, type WidthInput } from "./derive";
import { isSpent } from "./jxl";
import { isProblemCode, type ProblemCode } from "./problems";

const WORK = {
  essential: deriveEssential,
  rest: deriveRest,
  avatar: deriveAvatar,
  source: deriveSource,
  width: (input: DeriveInput) => deriveWidth(input as WidthInput),
};

/**
 * The process that decodes, apart from the app: a picture that makes a decoder hang, crash or eat memory takes down only
 * this. It has no secrets and no connections; it reads one file and writes into one folder.
 */
export function serveDecoder(): void {
  sharp.cache(false);
  process.on("message", (order: DeriveOrder) => void perform(order).then((answer) => process.send?.(answer)));
  // The app is gone: nobody waits for the answer.
  process.on("disconnect", () => process.exit(0));
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
  if (/no space|out of memory|unable to (write|open)|file is missing|cannot allocate|ENOSPC|EMFILE|ENOENT|write error/i.test(message)) return null;
  return "damaged";
}
