/**
 * A colour as three numbers 0..1, encoded as in the file (sRGB's or Display P3's curve), never linear light. The functions
 * here change it in place: a table has 36,000 of them and is made anew for every step of a slider.
 */
export type Rgb = [r: number, g: number, b: number] | Float64Array;

const clamp = (value: number) => (value < 0 ? 0 : value > 1 ? 1 : value);

export function clampRgb(c: Rgb): void {
  for (let i = 0; i < 3; i++) c[i] = clamp(c[i]!);
}

/** Rec. 709 weights on encoded values: what the eye takes for light, near enough and cheap. */
export const LUMA = [0.2126, 0.7152, 0.0722] as const;
export const luma = (c: Rgb) => LUMA[0] * c[0]! + LUMA[1] * c[1]! + LUMA[2] * c[2]!;

// Each of the next four keeps 0 and 1 where they are and never falls, for any amount -1..1: nothing clips, and no two tones
// change places.

/** Lifts or lowers the middle: `v + 0.85·a·v·(1-v)`. */
export function brightness(c: Rgb, a: number): void {
  if (a === 0) return;
  for (let i = 0; i < 3; i++) c[i]! += 0.85 * a * c[i]! * (1 - c[i]!);
}

/** Towards the smootherstep `6v⁵-15v⁴+10v³`, or towards half the slope around the middle. */
export function contrast(c: Rgb, a: number): void {
  if (a === 0) return;
  for (let i = 0; i < 3; i++) {
    const v = c[i]!;
    c[i] = a >= 0 ? v + 0.75 * a * (v * v * v * (v * (6 * v - 15) + 10) - v) : 0.5 + (v - 0.5) * (1 + 0.5 * a);
  }
}

/** The upper half alone: `v + 0.95·a·v²·(1-v)`, strongest at two thirds. */
export function highlights(c: Rgb, a: number): void {
  if (a === 0) return;
  for (let i = 0; i < 3; i++) c[i]! += 0.95 * a * c[i]! * c[i]! * (1 - c[i]!);
}

/** The lower half alone, the mirror image of `highlights`. */
export function shadows(c: Rgb, a: number): void {
  if (a === 0) return;
  for (let i = 0; i < 3; i++) c[i]! += 0.95 * a * c[i]! * (1 - c[i]!) * (1 - c[i]!);
}

/** Red against blue, with the luma kept where there is room for it. */
export function warmth(c: Rgb, a: number): void {
  if (a === 0) return;
  const before = luma(c);
  c[0] *= 1 + 0.13 * a;
  c[1] *= 1 + 0.015 * a;
  c[2] *= 1 - 0.16 * a;
  const now = luma(c);
  const by = now > 0 ? before / now : 1;
  for (let i = 0; i < 3; i++) c[i] = clamp(c[i]! * by);
}

/** -1 is grey, 1 doubles the distance from grey. */
export function saturation(c: Rgb, a: number): void {
  if (a === 0) return;
  const grey = luma(c);
  for (let i = 0; i < 3; i++) c[i] = clamp(grey + (c[i]! - grey) * (1 + a));
}

/** As an old print: black lifted by 0.15, white lowered by 0.04. */
export function fade(c: Rgb, a: number): void {
  if (a === 0) return;
  for (let i = 0; i < 3; i++) c[i] = 0.15 * a + c[i]! * (1 - 0.19 * a);
}

export type Tint = readonly [r: number, g: number, b: number];

/** Colours the dark and the light parts apart; each tint is added in full at black, or at white. */
export function splitTone(c: Rgb, dark: Tint, light: Tint): void {
  const y = luma(c);
  const [inDark, inLight] = [(1 - y) * (1 - y), y * y];
  for (let i = 0; i < 3; i++) c[i] = clamp(c[i]! + dark[i]! * inDark + light[i]! * inLight);
}
