/** Canvases and WebGL work in one of these; a file with more colours than sRGB is edited in Display P3, as on the server. */
export type Gamut = "srgb" | "display-p3";

/** Where profiles begin in the files of cameras; none lies further in. */
const HEAD_BYTES = 400_000;

/** Linear sRGB from CIE XYZ under D50, and how far a primary may lie outside: as the server reads profiles (`lib/media/icc.ts`). */
const SRGB_FROM_D50 = [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.033454], [0.0719453, -0.2289914, 1.4052427]] as const;
const TOLERANCE = 0.03;
const MAX_TAGS = 200;

/** In which colours a photo is to be edited: its profile tells. */
export async function gamutOf(file: Blob): Promise<Gamut> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const profile = findProfile(head) ?? findProfile(await unpackedPng(head)) ?? null;
  if (profile) return isWide(profile) ? "display-p3" : "srgb";
  // Phones' HEIC may name Display P3 (number 12 of ITU-T H.273) instead of bringing a profile.
  const named = /^image\/hei[cf]$/.test(file.type) ? indexOf(head, "colrnclx") : -1;
  return named >= 0 && head[named + 8] === 0 && head[named + 9] === 12 ? "display-p3" : "srgb";
}

function indexOf(bytes: Uint8Array, text: string, from = 0): number {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(codes[0]!, from); at >= 0; at = bytes.indexOf(codes[0]!, at + 1)) if (codes.every((code, i) => bytes[at + i] === code)) return at;
  return -1;
}

/** An ICC profile says "acsp" 36 bytes from its beginning. */
function findProfile(bytes: Uint8Array): DataView | null {
  for (let at = indexOf(bytes, "acsp"); at >= 0; at = indexOf(bytes, "acsp", at + 1)) {
    if (at >= 36 && at + 96 < bytes.length) return new DataView(bytes.buffer, bytes.byteOffset + at - 36, bytes.length - at + 36);
  }
  return null;
}

/** PNG keeps its profile compressed, behind its name and two zeros. */
async function unpackedPng(bytes: Uint8Array): Promise<Uint8Array> {
  const at = bytes[1] === 0x50 ? indexOf(bytes, "iCCP") : -1;
  const start = at < 0 ? -1 : bytes.indexOf(0, at + 4);
  if (start < 0) return new Uint8Array();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at - 4);
  const packed = new Blob([bytes.slice(start + 2, at + 4 + length)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer().catch(() => new ArrayBuffer(0)));
}

/** Whether a profile of RGB has primaries outside sRGB; one without primaries maps colours by tables and may. */
function isWide(view: DataView): boolean {
  const text = (at: number) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
  if (text(16) !== "RGB ") return false;
  const places = new Map<string, number>();
  for (let i = 0, count = Math.min(view.getUint32(128), MAX_TAGS); i < count && 144 + i * 12 <= view.byteLength; i++) places.set(text(132 + i * 12), view.getUint32(136 + i * 12));
  return ["rXYZ", "gXYZ", "bXYZ"].some((name) => {
    const at = places.get(name);
    if (at === undefined || at + 20 > view.byteLength) return true;
    const [x, y, z] = [8, 12, 16].map((offset) => view.getInt32(at + offset) / 65_536) as [number, number, number];
    return SRGB_FROM_D50.some((row) => row[0] * x + row[1] * y + row[2] * z < -TOLERANCE);
  });
}
