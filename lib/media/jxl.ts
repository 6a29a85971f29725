import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { JxlImage } from "jxl-oxide-wasm";
import sharp from "sharp";
import { bufferReader } from "./byte-reader";
import { readJxl } from "./jxl-header";
import { MAX_JXL_PIXELS } from "./limits";
import { MediaProblem } from "./problems";
import { p3Profile } from "./tagged";
import { writeTiffInParts } from "./tiff";

/** Memory that one picture may take; how many pixels of which kind fit in it is in `MAX_JXL_PIXELS`. */
const MAX_MEMORY = 1024 * 1024 * 1024;
/** A decoder that has taken so much and then breaks down asked for more than there is. */
const MUCH = 256 * 1024 * 1024;
const PAGE = 65_536;

/**
 * Rows decoded at once, by kind. Of a lossy picture only what is needed is decoded: 12,000 pixels wide in 0.5 GB. Of a
 * lossless one all is read each time, and so in few strips; with more channels than its colours the decoder stops at strips.
 */
const ROWS = [[MAX_JXL_PIXELS.seeThrough, Infinity], [MAX_JXL_PIXELS.lossless, 2_048], [MAX_JXL_PIXELS.lossy, 512]] as const;

/** Code points of ITU-T H.273 as PNG has them: primaries, transfer. */
const [SRGB, DISPLAY_P3] = ["1,13", "12,13"];

let loaded: ReturnType<typeof load> | undefined;

/**
 * Writes a JPEG XL's first frame as an uncompressed TIFF: upright, with its colour profile, 8 bits a channel. Throws
 * `MediaProblem`. Its memory is not given back before the process ends: see `isSpent`.
 */
export async function convertJxl(path: string, copyPath: string): Promise<void> {
  const { decoder, memory } = await (loaded ??= load());
  const bytes = await readFile(path);
  const { maxPixels } = await readJxl(bufferReader(bytes));
  const image = new decoder.JxlImage();
  try {
    image.feedBytes(bytes);
    if (!image.tryInit() || !image.loaded) throw new MediaProblem("damaged");
    const [width, height] = [image.width!, image.height!];
    if (width * height > maxPixels) throw new MediaProblem("too_many_pixels_jxl");
    const atOnce = ROWS.find(([pixels]) => maxPixels <= pixels)![1];
    const rows = (top: number) => render(image, { left: 0, top, width, height: Math.min(atOnce, height - top) });
    const first = await rows(0);
    await writeTiffInParts(copyPath, { width, height, channels: first.channels, icc: first.icc }, async function* () {
      yield first.data;
      for (let top = atOnce; top < height; top += atOnce) yield (await rows(top)).data;
    });
  } catch (error) {
    if (error instanceof MediaProblem) throw error;
    throw new MediaProblem(error instanceof WebAssembly.RuntimeError && memory.buffer.byteLength > MUCH ? "too_many_pixels_jxl" : "damaged", { cause: error });
  }
}

/** A strip's pixels. The decoder gives them as PNG only. */
async function render(image: JxlImage, region: { left: number; top: number; width: number; height: number }): Promise<{ data: Buffer; channels: 3 | 4; icc: Buffer | null }> {
  image.renderingRegion = region;
  const strip = image.render();
  const icc = Buffer.from(strip.iccProfile);
  const png = Buffer.from(strip.encodeToPng());
  const colour = icc.length > 0 ? null : codedColour(png);
  if (colour !== null && colour !== SRGB && colour !== DISPLAY_P3 && !image.forceSrgb) {
    // Brightness beyond white and the like, for which profiles have no room.
    image.forceSrgb = true;
    return render(image, region);
  }
  const { data, info } = await sharp(png, { ignoreIcc: true }).toColourspace("srgb").raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  if (info.width !== region.width || info.height !== region.height) throw new MediaProblem("damaged");
  return { data, channels: info.channels as 3 | 4, icc: icc.length > 0 ? icc : colour === DISPLAY_P3 ? await p3Profile() : null };
}

/** Primaries and transfer of a PNG's cICP chunk. */
function codedColour(png: Buffer): string | null {
  const at = png.subarray(0, 200).indexOf("cICP");
  return at < 0 ? null : `${png[at + 4]},${png[at + 5]}`;
}

/** Whether this process has decoded a JPEG XL and should make room for another. */
export const isSpent = () => loaded !== undefined;

let read: ReturnType<typeof readProgram> | undefined;

/** Its files in memory; for a process that soon may not read them any more. */
export const fetchJxl = () => (read ??= readProgram());

async function readProgram() {
  const decoder = await import("jxl-oxide-wasm");
  return { decoder, program: await readFile(join(dirname(createRequire(import.meta.url).resolve("jxl-oxide-wasm/package.json")), "jxl_oxide_wasm_bg.wasm")) };
}

async function load() {
  const { decoder, program } = await fetchJxl();
  const { memory } = decoder.initSync({ module: await WebAssembly.compile(new Uint8Array(withMemoryLimit(program, MAX_MEMORY))) });
  return { decoder, memory };
}

const MEMORY_SECTION = 5;

/**
 * The same program with an upper bound of its memory: it asks for more by an instruction of its own, which nothing
 * outside can refuse (WebAssembly Core 2.0, 5.5.8 and 5.3.4).
 */
export function withMemoryLimit(program: Buffer, bytes: number): Buffer {
  for (let at = 8; at < program.length; ) {
    const id = program[at]!;
    const [length, start] = readLeb(program, at + 1);
    if (id === MEMORY_SECTION) {
      const [count, flagsAt] = readLeb(program, start);
      const [minimum] = readLeb(program, flagsAt + 1);
      if (count !== 1 || program[flagsAt]! > 1) throw new Error("The memory of the JPEG XL decoder is not as expected.");
      const section = Buffer.from([1, 1, ...leb(minimum), ...leb(Math.floor(bytes / PAGE))]);
      return Buffer.concat([program.subarray(0, at), Buffer.from([id, ...leb(section.length)]), section, program.subarray(start + length)]);
    }
    at = start + length;
  }
  throw new Error("The JPEG XL decoder has no memory.");
}

/** An unsigned number in LEB128, and where it ends. */
function readLeb(bytes: Buffer, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
