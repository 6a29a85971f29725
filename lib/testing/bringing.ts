import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect } from "vitest";
import { derive } from "@/lib/media/decoder";
import type { DeriveInput, Known } from "@/lib/media/derive";
import type { Made } from "@/lib/media/made";
import { probeFile } from "@/lib/media/probe";
import { MediaProblem } from "@/lib/media/problems";
import { lumaOf } from "@/lib/media/similarity";
import { PeakMemory, residentMegabytes } from "./peak-memory";

/** A file of lib/media/fixtures. */
export const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../media/fixtures", name));

type Outcome = { problem: string } | { width: number; height: number; files: Record<string, Buffer>; made: Made[] };

/**
 * `bring` and `shown` for the tests of one file. Meanwhile memory must stay within bounds, in MB: `decoders` is what they take
 * together, up to four of them, of which the idle ones are counted, too; `growth` is by how much the app itself grows at most
 * while a file is brought, without the files that tests make.
 */
export function useBringing(most: { decoders: number; growth: number }) {
  let growth = 0;
  const memory = new PeakMemory();
  beforeAll(() => memory.start());
  afterAll(() => {
    const { own, decoders } = memory.stop();
    process.stdout.write(`Peak memory: ${own} MB this process, which grew by ${Math.round(growth)} MB at most over one file; ${decoders} MB its decoders together.\n`);
    expect(decoders).toBeLessThan(most.decoders);
    expect(growth).toBeLessThan(most.growth);
    // Nothing at all would mean that nobody looked; what decoders take can't be known everywhere.
    expect(own).toBeGreaterThan(0);
    if (residentMegabytes(process.pid) > 0) expect(decoders).toBeGreaterThan(0);
  });

  /**
   * What becomes of a file in both steps, through the process that decodes, as in the app. `also`: as an avatar, at a width of
   * its own (as other sites' previews have it), and for the editor.
   */
  async function bring(bytes: Buffer, { refine = true, also = false }: { refine?: boolean; also?: boolean } = {}): Promise<Outcome> {
    const dir = await mkdtemp(join(tmpdir(), "heliograph-corpus-"));
    const input = { path: join(dir, "original"), dir, crop: null };
    await writeFile(input.path, bytes);
    const own = new PeakMemory();
    const before = process.memoryUsage.rss() / 1e6;
    own.start();
    try {
      await probeFile(input.path);
      const { width, height, variants, known } = await derive("essential", input);
      const made = refine ? [...variants, ...(await derive("rest", { ...input, known }).then((rest) => rest.variants, (error) => onlyFirstStep(error)))] : variants;
      const files = filesIn(dir, made);
      return { width, height, made, files: also ? { ...files, ...(await otherFiles(input, known)) } : files };
    } catch (error) {
      if (error instanceof MediaProblem) return { problem: error.code };
      throw error;
    } finally {
      growth = Math.max(growth, own.stop().own - before);
      await rm(dir, { recursive: true });
    }
  }

  async function shown(bytes: Buffer, options?: { refine?: boolean; also?: boolean }) {
    const outcome = await bring(bytes, options);
    if ("problem" in outcome) throw new Error(`refused: ${outcome.problem}`);
    return outcome;
  }

  return { bring, shown };
}

const filesIn = (dir: string, made: { name: string; ext: string }[]) => Object.fromEntries(made.map(({ name, ext }) => [`${name}.${ext}`, readFileSync(join(dir, `${name}.${ext}`))]));

async function otherFiles(input: DeriveInput, known: Known): Promise<Record<string, Buffer>> {
  const asked = [];
  for (const ext of ["jpg", "webp", "avif"] as const) asked.push(await derive("width", { ...input, known, width: 233, ext }));
  asked.push(await derive("source", input));
  const files = filesIn(input.dir, asked);
  // Last: they have the names of others.
  const avatar = filesIn(input.dir, (await derive("avatar", input)).variants);
  return { ...files, ...Object.fromEntries(Object.entries(avatar).map(([name, file]) => [`avatar ${name}`, file])) };
}

/** An animation may be whole in its first frame only. */
function onlyFirstStep(error: unknown): Made[] {
  if (error instanceof MediaProblem) return [];
  throw error;
}

/** Its brightness at the size in which pictures are compared. */
export async function lumaOfFile(file: Buffer) {
  const { data, info } = await sharp(file).toColourspace("srgb").resize(160, 120, { fit: "fill" }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return lumaOf({ data, width: info.width, height: info.height, channels: 3 });
}
