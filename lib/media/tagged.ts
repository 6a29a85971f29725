import sharp from "sharp";
import type { Pixels } from "./pixels";
import { tiffOf } from "./tiff";

let p3: Promise<Buffer> | undefined;

/** The Display P3 profile that libvips has built in, half a kilobyte. */
export function p3Profile(): Promise<Buffer> {
  p3 ??= sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } })
    .withIccProfile("p3")
    .png()
    .toBuffer()
    .then((png) => sharp(png).metadata())
    .then(({ icc }) => icc!);
  return p3;
}

/** Pixels with their profile, in memory. sharp takes no profile beside raw pixels, and would change them to attach one. */
export async function tagged({ data, width, height, channels }: Pixels): Promise<Buffer> {
  return tiffOf({ data, stride: width * channels, width, height, channels, icc: await p3Profile() });
}
