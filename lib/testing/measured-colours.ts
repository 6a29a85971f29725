import sharp from "sharp";
import { expect } from "vitest";

/** None of them at the edge of what a screen or ink can do. */
export const SOFT = [[190, 120, 100], [110, 160, 120], [100, 120, 170], [200, 190, 150]];

/** Four quarters of these colours. */
export async function softQuarters(bits: 8 | 16) {
  const pixels = Array.from({ length: 400 * 300 }, (_, i) => SOFT[(i < 60_000 ? 0 : 2) + (i % 400 < 200 ? 0 : 1)]!).flat();
  const raw = { width: 400, height: 300, channels: 3 } as const;
  return bits === 8 ? sharp(Uint8Array.from(pixels), { raw }) : sharp(Uint16Array.from(pixels, (value) => value * 257), { raw }).toColourspace("rgb16");
}

/** The numbers of a picture of 16 bits as it has them, brought to 8 without any thought of colour. */
export async function highBytes(file: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(file, { ignoreIcc: true }).toColourspace("rgb16").raw({ depth: "ushort" }).toBuffer({ resolveWithObject: true });
  return sharp(data.filter((_, i) => i % 2 === 1), { raw: { width: info.width, height: info.height, channels: 3 } }).png().toBuffer();
}

/** Mean red, green and blue within each quarter, away from its edges, as numbers say it. */
export async function meanQuarters(file: Buffer): Promise<number[][]> {
  const { width, height } = await sharp(file).metadata();
  const [w, h] = [Math.floor(width / 4), Math.floor(height / 4)];
  return Promise.all([[0, 0], [1, 0], [0, 1], [1, 1]].map(async ([x, y]) => {
    const part = await sharp(file).removeAlpha().toColourspace("srgb").extract({ left: Math.floor(width * (x! / 2 + 1 / 8)), top: Math.floor(height * (y! / 2 + 1 / 8)), width: w, height: h }).png().toBuffer();
    return (await sharp(part).stats()).channels.map(({ mean }) => mean);
  }));
}

/** Of a grey picture the one channel counts for all. `name` is told when it fails. */
export function expectNear(seen: number[][], wanted: number[][], tolerance: number, name = ""): void {
  const isNear = seen.every((quarter, i) => wanted[i]!.every((value, channel) => Math.abs(value - (quarter[channel] ?? quarter[0]!)) <= tolerance));
  expect([name, isNear ? wanted : seen]).toEqual([name, wanted]);
}

/** What its configuration says (AV1 in ISO base media files, 2.3.3); sharp does not tell. */
export function avifChroma(file: Buffer): string {
  const bits = file[file.indexOf("av1C") + 6]!;
  return ["4:4:4", "", "4:2:2", "4:2:0"][(bits >> 2) & 3]!;
}
