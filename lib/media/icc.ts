/** What an ICC profile says of itself. `isWide`: some of its colours may lie outside sRGB. */
export type Profile = { space: "rgb" | "grey" | "cmyk" | "other"; name: string; isWide: boolean };

const SPACES: Record<string, Profile["space"]> = { "RGB ": "rgb", GRAY: "grey", CMYK: "cmyk" };

/** Linear sRGB from CIE XYZ under D50, in which profiles state their primaries (Bruce Lindbloom, "RGB/XYZ Matrices", Bradford-adapted). */
const SRGB_FROM_D50 = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** How far a primary may lie outside before a profile counts as wider: variants of sRGB differ by less. */
const TOLERANCE = 0.03;
const MAX_TAGS = 200;

/** Reads header and primaries (ICC.1:2022, 7.2, 9.2, 10.31); null when this is no profile. */
export function readProfile(icc: Buffer): Profile | null {
  if (icc.length < 132 || icc.toString("latin1", 36, 40) !== "acsp") return null;
  const space = SPACES[icc.toString("latin1", 16, 20)] ?? "other";
  const tags = readTags(icc);
  const primaries = ["rXYZ", "gXYZ", "bXYZ"].map((name) => readXyz(tags.get(name)));
  // Without primaries it maps colours by tables, of which only the pixels can tell.
  const isWide = space === "rgb" && primaries.some((xyz) => xyz === null || isOutside(xyz));
  return { space, name: readText(tags.get("desc")), isWide };
}

function readTags(icc: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const count = Math.min(icc.readUInt32BE(128), MAX_TAGS);
  for (let at = 132; at + 12 <= Math.min(icc.length, 132 + count * 12); at += 12) {
    const [start, length] = [icc.readUInt32BE(at + 4), icc.readUInt32BE(at + 8)];
    if (start + length <= icc.length) tags.set(icc.toString("latin1", at, at + 4), icc.subarray(start, start + length));
  }
  return tags;
}

function readXyz(tag: Buffer | undefined): [number, number, number] | null {
  if (!tag || tag.length < 20) return null;
  const fixed = (at: number) => tag.readInt32BE(at) / 65_536;
  return [fixed(8), fixed(12), fixed(16)];
}

const isOutside = ([x, y, z]: [number, number, number]) => SRGB_FROM_D50.some((row) => row[0] * x + row[1] * y + row[2] * z < -TOLERANCE);

/** The description's first text: ASCII in version 2, UTF-16 in version 4. */
function readText(tag: Buffer | undefined): string {
  if (!tag || tag.length < 28) return "";
  const type = tag.toString("latin1", 0, 4);
  if (type === "desc") return tidy(tag.toString("latin1", 12, Math.min(tag.length, 12 + tag.readUInt32BE(8))));
  if (type !== "mluc") return "";
  const [length, start] = [tag.readUInt32BE(20) & ~1, tag.readUInt32BE(24)];
  if (start + length > tag.length) return "";
  return tidy(Buffer.from(tag.subarray(start, start + length)).swap16().toString("utf16le"));
}

const tidy = (text: string) => text.replace(/[\p{C}]/gu, "").trim().slice(0, 80);
