import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

/** Functions of libheif's C interface. What returns an error writes it to the address given first. */
type Name =
  | "malloc"
  | "heif_context_alloc"
  | "heif_context_get_security_limits"
  | "heif_context_read_from_memory_without_copy"
  | "heif_context_get_primary_image_handle"
  | "heif_image_handle_get_width"
  | "heif_image_handle_get_height"
  | "heif_image_handle_has_alpha_channel"
  | "heif_image_handle_get_raw_color_profile_size"
  | "heif_image_handle_get_raw_color_profile"
  | "heif_image_handle_get_nclx_color_profile"
  | "heif_decode_image"
  | "heif_image_get_primary_width"
  | "heif_image_get_primary_height"
  | "heif_image_get_plane_readonly";

export type Libheif = {
  /** Its memory; another array once it has grown. */
  bytes(): Uint8Array;
  words(): Uint32Array;
  call(name: Name, ...values: number[]): number;
};

type Module = { HEAPU8: Uint8Array; HEAPU32: Uint32Array } & Record<`_${Name}`, (...values: number[]) => number>;

/** Memory that one picture may take. 100 megapixels need 0.7 GB. */
const MAX_HEAP = 1024 * 1024 * 1024;

let read: ReturnType<typeof readProgram> | undefined;
let compiled: Promise<WebAssembly.Module> | undefined;

/** Its files in memory; for a process that soon may not read them any more. */
export const fetchLibheif = () => (read ??= readProgram());

async function readProgram() {
  const { default: create } = await import("libheif-js/libheif-wasm/libheif.js");
  return { create, bytes: await readFile(createRequire(import.meta.url).resolve("libheif-js/libheif-wasm/libheif.wasm")) };
}

/**
 * A libheif of its own for each picture, whose memory goes with it: what one file does to it does not meet the next.
 * Beyond its bound it gets no memory, whatever a file makes it ask for.
 */
export async function newLibheif(): Promise<Libheif> {
  // Read with the first HEIC: most processes never see one.
  const { create, bytes } = await fetchLibheif();
  const program = await (compiled ??= WebAssembly.compile(new Uint8Array(bytes)));
  const instantiateWasm = (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => unknown) => {
    const instance = new WebAssembly.Instance(program, imports);
    for (const exported of Object.values(instance.exports)) if (exported instanceof WebAssembly.Memory) bound(exported);
    return receive(instance);
  };
  const silent = () => {};
  const heif = create({ instantiateWasm, print: silent, printErr: silent }) as unknown as Module;
  return { bytes: () => heif.HEAPU8, words: () => heif.HEAPU32, call: (name, ...values) => heif[`_${name}`](...values) };
}

function bound(memory: WebAssembly.Memory): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * 65_536 > MAX_HEAP) throw new RangeError("picture takes too much memory");
    return grow(pages);
  };
}
