import { readFile } from "node:fs/promises";
import { type Libheif, newLibheif } from "./libheif";
import { MAX_PHOTO_PIXELS, MAX_PHOTO_SIDE } from "./limits";
import { MediaProblem } from "./problems";
import { p3Profile } from "./tagged";
import { type RawPicture, writeTiff } from "./tiff";

/** libheif's numbers: RGB, interleaved with and without alpha, the channel that holds them. */
const RGB = 1;
const INTERLEAVED = { 3: 10, 4: 11 } as const;
const INTERLEAVED_CHANNEL = 10;

/** Offsets into `heif_security_limits`. */
const LIMIT_PIXELS = 8;
const LIMIT_TOTAL_MEMORY = 64;
/** What is shown is bounded apart; it is coded in whole blocks of up to 64 pixels. */
const MAX_CODED_PIXELS = MAX_PHOTO_PIXELS * 1.05;
const MAX_TOTAL_MEMORY = 900_000_000;

/** `heif_error_code`s. */
const UNSUPPORTED = [3, 4];
const NO_MEMORY = 6;

/** Colour primaries of Display P3 (ITU-T H.273). */
const P3_PRIMARIES = 12;

/**
 * Writes a HEIC as an uncompressed TIFF: its pixels upright (libheif turns and mirrors them; Exif orientation, which
 * HEIC readers ignore, is left behind) and its colour profile. Bounded before, while and after decoding. Throws `MediaProblem`.
 */
export async function convertHeic(path: string, copyPath: string): Promise<void> {
  await writeTiff(copyPath, await decodeHeic(await readFile(path)));
}

async function decodeHeic(bytes: Buffer): Promise<RawPicture> {
  const lib = await newLibheif();
  try {
    const picture = decodeWith(lib, bytes);
    return { ...picture.pixels, icc: picture.icc ?? (picture.isP3 ? await p3Profile() : null) };
  } catch (error) {
    // Its own limits are errors; running out of memory or out of bounds ends the program that decodes.
    throw error instanceof MediaProblem ? error : new MediaProblem("damaged", { cause: error });
  }
}

function decodeWith(lib: Libheif, bytes: Buffer) {
  const word = (at: number) => lib.words()[at >> 2]!;
  const [error, out, copy] = [lib.call("malloc", 16), lib.call("malloc", 16), lib.call("malloc", bytes.length)];
  const done = () => {
    if (word(error) !== 0) throw problemOf(word(error), word(error + 4));
    return word(out);
  };
  if (copy === 0) throw new MediaProblem("too_many_pixels");
  lib.bytes().set(bytes, copy);
  const context = lib.call("heif_context_alloc");
  setLimits(lib, context);
  lib.call("heif_context_read_from_memory_without_copy", error, context, copy, bytes.length, 0);
  done();
  lib.call("heif_context_get_primary_image_handle", error, context, out);
  const handle = done();
  judgeSize(lib.call("heif_image_handle_get_width", handle), lib.call("heif_image_handle_get_height", handle));
  const channels = lib.call("heif_image_handle_has_alpha_channel", handle) ? 4 : 3;
  const colours = coloursOf(lib, handle, error, out);
  lib.call("heif_decode_image", error, handle, out, RGB, INTERLEAVED[channels], 0);
  const image = done();
  const [width, height] = [lib.call("heif_image_get_primary_width", image), lib.call("heif_image_get_primary_height", image)];
  // The header may have lied.
  judgeSize(width, height);
  const plane = lib.call("heif_image_get_plane_readonly", image, INTERLEAVED_CHANNEL, out);
  if (plane === 0) throw new MediaProblem("damaged");
  return { ...colours, pixels: { data: lib.bytes().subarray(plane), stride: word(out), width, height, channels } as const };
}

function setLimits(lib: Libheif, context: number): void {
  const limits = lib.call("heif_context_get_security_limits", context) >> 2;
  const set = (offset: number, value: number) => lib.words().set([value, 0], limits + (offset >> 2));
  set(LIMIT_PIXELS, MAX_CODED_PIXELS);
  set(LIMIT_TOTAL_MEMORY, MAX_TOTAL_MEMORY);
}

function judgeSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new MediaProblem("damaged");
  if (width * height > MAX_PHOTO_PIXELS || width > MAX_PHOTO_SIDE || height > MAX_PHOTO_SIDE) throw new MediaProblem("too_many_pixels");
}

function problemOf(code: number, detail: number): MediaProblem {
  const cause = `libheif ${code}.${detail}`;
  if (code === NO_MEMORY) return new MediaProblem("too_many_pixels", { cause });
  return new MediaProblem(UNSUPPORTED.includes(code) ? "unsupported_type" : "damaged", { cause });
}

/** The ICC profile, or whether the coded numbers (nclx) say Display P3; anything else is taken for sRGB. */
function coloursOf(lib: Libheif, handle: number, error: number, out: number): { icc: Buffer | null; isP3: boolean } {
  const size = lib.call("heif_image_handle_get_raw_color_profile_size", handle);
  const at = size > 0 && size < 4_000_000 ? lib.call("malloc", size) : 0;
  if (at !== 0) {
    lib.call("heif_image_handle_get_raw_color_profile", error, handle, at);
    if (lib.words()[error >> 2] === 0) return { icc: Buffer.from(lib.bytes().slice(at, at + size)), isP3: false };
  }
  lib.call("heif_image_handle_get_nclx_color_profile", error, handle, out);
  const isP3 = lib.words()[error >> 2] === 0 && lib.words()[(lib.words()[out >> 2]! + 4) >> 2] === P3_PRIMARIES;
  return { icc: null, isP3 };
}
