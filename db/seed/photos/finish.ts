import sharp from "sharp";
import { blurFrame, shrink } from "./blur";
import { clamp } from "./colour";
import { createFrame, sample, type Frame } from "./frame";
import { createRandom } from "./random";

/** The photographic finish: what lens, film and print do after the light has fallen. */
export interface Finish {
  /** Stops, + brighter. */
  exposure: number;
  /** Bloom: how much of the highlights' light spreads. */
  bloom: number;
  /** Reddish glow around highlights, as film has. */
  halation: number;
  /** "film" is filmic contrast, "soft" keeps mid tones and rolls highlights, for scenes painted in display colours. */
  curve: "film" | "soft";
  /** -1 to 1. */
  contrast: number;
  saturation: number;
  /** Raises the blacks like a print that has faded. */
  fade: number;
  warmth: number;
  /** Tints of shadows and highlights in display space, around 0. */
  shadows: readonly [number, number, number];
  highlights: readonly [number, number, number];
  vignette: number;
  grain: number;
  monochrome: boolean;
}

const PLAIN: Finish = {
  exposure: 0, bloom: 0.06, halation: 0.02, curve: "soft", contrast: 0.08, saturation: 1, fade: 0.01, warmth: 0,
  shadows: [0, 0, 0], highlights: [0, 0, 0], vignette: 0.18, grain: 0.02, monochrome: false,
};

function addBloom(frame: Frame, finish: Finish): void {
  if (finish.bloom <= 0 && finish.halation <= 0) return;
  const k = 6;
  const small = shrink(frame, k);
  for (let i = 0; i < small.data.length; i++) small.data[i] = Math.max(0, Math.min(small.data[i]!, 12) - 0.65);
  const r = frame.height / k / 34;
  const wide = blurFrame({ ...small, data: small.data.slice() }, r * 3);
  const near = blurFrame(small, r);
  const a = new Float32Array(3), b = new Float32Array(3);
  const { data, width, height } = frame;
  const bloom = finish.bloom, halo = finish.halation;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      sample(near, (x + 0.5) / k - 0.5, (y + 0.5) / k - 0.5, a);
      sample(wide, (x + 0.5) / k - 0.5, (y + 0.5) / k - 0.5, b);
      data[i]! += (a[0]! + b[0]!) * bloom + a[0]! * halo * 2;
      data[i + 1]! += (a[1]! + b[1]!) * bloom + a[1]! * halo * 0.5;
      data[i + 2]! += (a[2]! + b[2]!) * bloom;
    }
  }
}

/** Scene light (0 to 16, by square root) to display value in [0, 1], as a table. */
function toneTable(finish: Finish): Float32Array {
  const table = new Float32Array(4097);
  const gain = 2 ** finish.exposure;
  for (let i = 0; i <= 4096; i++) {
    const x = (i / 1024) ** 2 * gain;
    let y: number;
    if (finish.curve === "film") y = clamp((x * 0.8 * (2.51 * x * 0.8 + 0.03)) / (x * 0.8 * (2.43 * x * 0.8 + 0.59) + 0.14));
    else y = x < 0.5 ? x : 1 - 0.5 * Math.exp(-(x - 0.5) / 0.5);
    y = y <= 0.0031308 ? y * 12.92 : 1.055 * y ** (1 / 2.4) - 0.055;
    const s = y * y * (3 - 2 * y);
    y += (s - y) * finish.contrast * 2;
    table[i] = clamp(finish.fade + y * (1 - finish.fade));
  }
  return table;
}

/** A tile of film grain: noise with a little clumping, unit variance. */
function grainTile(): Float32Array {
  const random = createRandom("grain");
  const size = 512, raw = new Float32Array(size * size), tile = new Float32Array(size * size);
  for (let i = 0; i < raw.length; i++) raw[i] = random.next() + random.next() + random.next() - 1.5;
  for (let i = 0; i < raw.length; i++) {
    const m = raw.length - 1;
    tile[i] = (raw[i]! * 2 + raw[(i + 1) & m]! + raw[(i - 1) & m]! + raw[(i + size) & m]! + raw[(i - size) & m]!) * 0.72;
  }
  return tile;
}
let grain: Float32Array | undefined;

/** Develops a frame to 8-bit sRGB. The frame is consumed. */
export function develop(frame: Frame, options: Partial<Finish>): Uint8Array {
  const finish = { ...PLAIN, ...options };
  addBloom(frame, finish);
  grain ??= grainTile();
  const { width, height, data } = frame;
  const bytes = new Uint8Array(data.length);
  const table = toneTable(finish);
  const wr = 2 ** (finish.warmth * 0.5), wb = 2 ** (-finish.warmth * 0.5);
  const { shadows, highlights, vignette, saturation, monochrome } = finish;
  // Grain keeps its look at every size.
  const grainScale = Math.max(1, Math.round(height / 1100)), strength = finish.grain * 0.5;
  const read = (x: number) => table[x <= 0 ? 0 : x >= 16 ? 4096 : (Math.sqrt(x) * 1024) | 0]!;
  const diagonal = 1 / (width * width + height * height);
  for (let y = 0, i = 0; y < height; y++) {
    const dy = 2 * y - height;
    for (let x = 0; x < width; x++, i += 3) {
      const dx = 2 * x - width;
      const q = (dx * dx + dy * dy) * diagonal;
      const light = 1 - vignette * q * (0.4 + 0.6 * q);
      let r = read(data[i]! * light * wr), g = read(data[i + 1]! * light), b = read(data[i + 2]! * light * wb);
      const l = 0.3 * r + 0.59 * g + 0.11 * b;
      if (monochrome) r = g = b = l;
      else {
        r = l + (r - l) * saturation;
        g = l + (g - l) * saturation;
        b = l + (b - l) * saturation;
      }
      const lo = (1 - l) * (1 - l), hi = l * l;
      const tile = grain[(((y / grainScale) & 511) << 9) | ((x / grainScale) & 511)]! * strength * (0.35 + 2.6 * l * (1 - l));
      bytes[i] = clamp(r + shadows[0] * lo + highlights[0] * hi + tile) * 255 + 0.5;
      bytes[i + 1] = clamp(g + shadows[1] * lo + highlights[1] * hi + tile) * 255 + 0.5;
      bytes[i + 2] = clamp(b + shadows[2] * lo + highlights[2] * hi + tile) * 255 + 0.5;
    }
  }
  return bytes;
}

/** Encodes developed bytes. */
export function encodeJpeg(bytes: Uint8Array, width: number, height: number, quality = 86): Promise<Buffer> {
  return sharp(bytes, { raw: { width, height, channels: 3 } }).jpeg({ quality, chromaSubsampling: "4:2:0" }).toBuffer();
}

/** A copy of part of a frame, for a detail of the same subject. */
export function crop(frame: Frame, x: number, y: number, width: number, height: number): Frame {
  const part = createFrame(width, height);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * frame.width + x) * 3;
    part.data.set(frame.data.subarray(from, from + width * 3), row * width * 3);
  }
  return part;
}
