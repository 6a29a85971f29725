/** Linear-light RGB; 1 is a white wall in full light, more is brighter. */
export type Colour = readonly [number, number, number];

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

/** A colour from its sRGB hex, times a brightness. */
export function hex(code: string, brightness = 1): Colour {
  const n = parseInt(code.replace("#", ""), 16);
  return [
    toLinear(((n >> 16) & 255) / 255) * brightness,
    toLinear(((n >> 8) & 255) / 255) * brightness,
    toLinear((n & 255) / 255) * brightness,
  ];
}

/** A colour from hue (turns), saturation and lightness, as linear light. */
export function hsl(h: number, s: number, l: number): Colour {
  const a = s * Math.min(l, 1 - l);
  const channel = (n: number) => {
    const k = (n + (((h % 1) + 1) % 1) * 12) % 12;
    return toLinear(l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

export const mix = (a: Colour, b: Colour, t: number): Colour => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
export const scale = (a: Colour, k: number): Colour => [a[0] * k, a[1] * k, a[2] * k];
export const clamp = (x: number, low = 0, high = 1) => (x < low ? low : x > high ? high : x);
export const lerp = (a: number, b: number, t: number) => a + (b - a) * t;

/** Smooth step from 0 at `a` to 1 at `b` (either order). */
export function smooth(a: number, b: number, x: number): number {
  const t = clamp((x - a) / (b - a));
  return t * t * (3 - 2 * t);
}

/** A gradient through stops [position, colour] ascending; returns a table of 1024 entries for quick look-up. */
export function gradient(stops: readonly (readonly [number, Colour])[]): Float32Array {
  const table = new Float32Array(1024 * 3);
  for (let i = 0; i < 1024; i++) {
    const t = i / 1023;
    let k = 0;
    while (k < stops.length - 2 && t > stops[k + 1]![0]) k++;
    const [t0, a] = stops[k]!, [t1, b] = stops[Math.min(k + 1, stops.length - 1)]!;
    const c = mix(a, b, smooth(t0, t1 > t0 ? t1 : t0 + 1e-6, t));
    table.set(c, i * 3);
  }
  return table;
}

/** Reads a gradient table at t (clamped) into `out`. */
export function readGradient(table: Float32Array, t: number, out: Float32Array | number[]): void {
  const i = (t <= 0 ? 0 : t >= 1 ? 1023 : (t * 1023) | 0) * 3;
  out[0] = table[i]!;
  out[1] = table[i + 1]!;
  out[2] = table[i + 2]!;
}
