import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { env } from "@/lib/platform/env";

let bundled: Promise<unknown> | undefined;

/** While developing, the decoder is bundled once per process from the sources as they are; a build has it already. */
export async function bundleForDevelopment(): Promise<void> {
  if (env().NODE_ENV !== "development") return;
  const program = `import("./scripts/lib/bundle.mjs").then((m) => m.bundle(["media-worker"]))`;
  bundled ??= promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  await bundled;
}
