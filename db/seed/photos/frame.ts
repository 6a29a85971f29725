import type { Colour } from "./colour";

/** A picture being made: linear-light RGB floats, row by row. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** One value for each pixel, usually a coverage from 0 to 1. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const createFrame = (width: number, height: number): Frame => ({
  width, height, data: new Float32Array(width * height * 3),
});
export const createPlane = (width: number, height: number): Plane => ({
  width, height, data: new Float32Array(width * height),
});

/**
 * Calls `paint(u, v, out)` for every pixel. `v` runs 0 to 1 from top to bottom, `u` is centred and in the same unit,
 * so that shapes keep their proportions in every aspect. `out` starts with what the frame holds.
 */
export function shade(frame: Frame, paint: (u: number, v: number, out: Float32Array, i: number) => void): void {
  const { width, height, data } = frame;
  const out = new Float32Array(3);
  for (let y = 0, i = 0; y < height; y++) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x++, i++) {
      const k = i * 3;
      out[0] = data[k]!;
      out[1] = data[k + 1]!;
      out[2] = data[k + 2]!;
      paint((x + 0.5 - width / 2) / height, v, out, i);
      data[k] = out[0]!;
      data[k + 1] = out[1]!;
      data[k + 2] = out[2]!;
    }
  }
}

/** Lays a colour over the frame where the plane covers it. */
export function cover(frame: Frame, mask: Plane, colour: Colour, opacity = 1): void {
  const { data } = frame;
  for (let i = 0; i < mask.data.length; i++) {
    const a = mask.data[i]! * opacity;
    if (a <= 0) continue;
    const k = i * 3;
    data[k] = data[k]! + (colour[0] - data[k]!) * a;
    data[k + 1] = data[k + 1]! + (colour[1] - data[k + 1]!) * a;
    data[k + 2] = data[k + 2]! + (colour[2] - data[k + 2]!) * a;
  }
}

/** Adds a soft disc of light: `core` bright, falling off with a Gaussian of radius `r` pixels. */
export function glow(frame: Frame, x: number, y: number, r: number, colour: Colour): void {
  const reach = Math.ceil(r * 3);
  const x0 = Math.max(0, Math.floor(x - reach)), x1 = Math.min(frame.width - 1, Math.ceil(x + reach));
  const y0 = Math.max(0, Math.floor(y - reach)), y1 = Math.min(frame.height - 1, Math.ceil(y + reach));
  const s = -1 / (r * r);
  for (let j = y0; j <= y1; j++) {
    for (let i = x0; i <= x1; i++) {
      const w = Math.exp(((i - x) ** 2 + (j - y) ** 2) * s);
      const k = (j * frame.width + i) * 3;
      frame.data[k]! += colour[0] * w;
      frame.data[k + 1]! += colour[1] * w;
      frame.data[k + 2]! += colour[2] * w;
    }
  }
}

/** Reads the frame between pixels (clamped at the edges) into `out`. */
export function sample(frame: Frame, x: number, y: number, out: Float32Array): void {
  const { width, height, data } = frame;
  x = x < 0 ? 0 : x > width - 1.001 ? width - 1.001 : x;
  y = y < 0 ? 0 : y > height - 1.001 ? height - 1.001 : y;
  const xi = x | 0, yi = y | 0, fx = x - xi, fy = y - yi;
  const k = (yi * width + xi) * 3, l = k + width * 3;
  for (let c = 0; c < 3; c++) {
    const top = data[k + c]! + (data[k + c + 3]! - data[k + c]!) * fx;
    const bottom = data[l + c]! + (data[l + c + 3]! - data[l + c]!) * fx;
    out[c] = top + (bottom - top) * fy;
  }
}

/** Reads a plane between pixels (clamped at the edges). */
export function samplePlane(plane: Plane, x: number, y: number): number {
  const { width, height, data } = plane;
  x = x < 0 ? 0 : x > width - 1.001 ? width - 1.001 : x;
  y = y < 0 ? 0 : y > height - 1.001 ? height - 1.001 : y;
  const xi = x | 0, yi = y | 0, fx = x - xi, fy = y - yi;
  const k = yi * width + xi, l = k + width;
  const top = data[k]! + (data[k + 1]! - data[k]!) * fx;
  const bottom = data[l]! + (data[l + 1]! - data[l]!) * fx;
  return top + (bottom - top) * fy;
}
