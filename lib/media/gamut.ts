import type { Gamut, Pixels } from "./pixels";

/** Linear sRGB from linear Display P3, both under D65 (CSS Color 4, "Sample code for color conversions"). */
const [RR, RG] = [1.2249401763, -0.2249401763];
const [GR, GG] = [-0.0420569547, 1.0420569547];
const [BR, BG, BB] = [-0.0196375546, -0.0786360456, 1.0982736001];

/** Both have the transfer curve of IEC 61966-2-1. */
const LINEAR = Float64Array.from({ length: 256 }, (_, code) => toLinear(code / 255));
const STEPS = 16_384;
const ENCODED = Uint8Array.from({ length: STEPS + 1 }, (_, step) => Math.round(toEncoded(step / STEPS) * 255));

function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toEncoded(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

/** Linear parts of full light by which a colour must lie outside sRGB to count: beyond what rounding to 8 bits does. */
const BELOW = -0.008;
const ABOVE = 1.02;
/** Share of a picture's pixels that make it worth a profile. */
const MIN_SHARE = 0.0005;
const SAMPLES = 120_000;

/** Whether a picture in Display P3 has colours that sRGB lacks. */
export function usesWideGamut({ data, width, height, channels }: Pixels): boolean {
  const step = Math.max(1, Math.floor((width * height) / SAMPLES)) * channels;
  let outside = 0;
  let seen = 0;
  for (let at = 0; at + channels <= data.length; at += step) {
    if (channels === 4 && data[at + 3]! < 8) continue;
    seen++;
    const [r, g, b] = [LINEAR[data[at]!]!, LINEAR[data[at + 1]!]!, LINEAR[data[at + 2]!]!];
    const [red, green, blue] = [RR * r + RG * g, GR * r + GG * g, BR * r + BG * g + BB * b];
    if (red < BELOW || green < BELOW || blue < BELOW || red > ABOVE || green > ABOVE || blue > ABOVE) outside++;
  }
  return outside > seen * MIN_SHARE;
}

/** The same picture in sRGB; what sRGB can't show becomes the nearest it can, channel by channel. */
export function toSrgb(pixels: Pixels): Pixels {
  const { channels } = pixels;
  const data = Buffer.from(pixels.data);
  for (let at = 0; at + channels <= data.length; at += channels) {
    const [r, g, b] = [LINEAR[data[at]!]!, LINEAR[data[at + 1]!]!, LINEAR[data[at + 2]!]!];
    data[at] = encode(RR * r + RG * g);
    data[at + 1] = encode(GR * r + GG * g);
    data[at + 2] = encode(BR * r + BG * g + BB * b);
  }
  return { ...pixels, data, gamut: "srgb" satisfies Gamut };
}

function encode(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : ENCODED[Math.round(value * STEPS)]!;
}
