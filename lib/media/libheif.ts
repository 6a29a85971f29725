import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

/** What of libheif's C interface is used. Functions that return an error write it to the address given first. */
export type Libheif = {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  _malloc(size: number): number;
  _heif_context_alloc(): number;
  _heif_context_get_security_limits(context: number): number;
  _heif_context_read_from_memory_without_copy(error: number, context: number, bytes: number, size: number, options: number): void;
  _heif_context_get_primary_image_handle(error: number, context: number, out: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, out: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, out: number): void;
  _heif_decode_image(error: number, handle: number, out: number, colorspace: number, chroma: number, options: number): void;
  _heif_image_get_primary_width(image: number): number;
  _heif_image_get_primary_height(image: number): number;
  _heif_image_get_plane_readonly(image: number, channel: number, outStride: number): number;
};

/** Memory that one picture may take. 100 megapixels need 0.7 GB. */
const MAX_HEAP = 1024 * 1024 * 1024;

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * A libheif of its own for each picture, whose memory goes with it: what one file does to it does not meet the next.
 * Beyond its bound it gets no memory, whatever a file makes it ask for.
 */
export async function newLibheif(): Promise<Libheif> {
  // Loaded with the first HEIC: most processes never see one.
  const { default: create } = await import("libheif-js/libheif-wasm/libheif.js");
  compiled ??= readFile(createRequire(import.meta.url).resolve("libheif-js/libheif-wasm/libheif.wasm")).then((bytes) => WebAssembly.compile(bytes));
  const program = await compiled;
  const instantiateWasm = (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => unknown) => {
    const instance = new WebAssembly.Instance(program, imports);
    for (const exported of Object.values(instance.exports)) if (exported instanceof WebAssembly.Memory) bound(exported);
    return receive(instance);
  };
  const silent = () => {};
  return create({ instantiateWasm, print: silent, printErr: silent }) as Libheif;
}

function bound(memory: WebAssembly.Memory): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * 65_536 > MAX_HEAP) throw new RangeError("picture takes too much memory");
    return grow(pages);
  };
}
