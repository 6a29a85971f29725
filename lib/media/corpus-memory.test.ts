import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { useBringing } from "@/lib/testing/bringing";
import { hungryPng } from "@/lib/testing/corpus";

const { bring } = useBringing({ decoders: 2_000, growth: 100 });

describe("a hundred megapixels that are hard on memory", { timeout: 120_000 }, () => {
  test.each([
    ["progressive JPEG", async () => madeApart(`require("sharp")({ create: { width: 10000, height: 10000, channels: 3, background: "#485" }, limitInputPixels: false }).jpeg({ progressive: true, chromaSubsampling: "4:4:4" })`)],
    ["interlaced PNG, 16 bits, see-through", async () => hungryPng(10_000, 10_000)],
  ])("%s", async (name, make) => {
    const bytes = await make();
    const outcome = await bring(bytes, { refine: false });
    process.stdout.write(`${name} of 100 megapixels: ${"problem" in outcome ? outcome.problem : "shown"}.\n`);
    if ("problem" in outcome) expect(outcome.problem).toBe("too_many_pixels");
    else expect([outcome.width, outcome.height]).toEqual([10_000, 10_000]);
  });
});

/** By another process, so that its memory is not taken for ours. */
function madeApart(picture: string): Buffer {
  return execFileSync(process.execPath, ["-e", `${picture}.toBuffer().then((bytes) => process.stdout.write(bytes))`], { maxBuffer: 64_000_000 });
}
