import { createFrame, shade, type Frame } from "./frame";

export type Vec = readonly [number, number, number];

export interface View {
  eye: Vec;
  target: Vec;
  /** Focal length in picture heights. */
  focal: number;
  /** Moves the picture plane without tilting it, as a view camera does: verticals stay upright. */
  shift?: number;
}

/** What a ray needs to know: the distance to the nearest surface. */
export type Field = (x: number, y: number, z: number) => number;
/** Colours a hit at distance t, or the sky where t is negative. */
export type Surface = (x: number, y: number, z: number, dir: Vec, t: number, out: Float32Array) => void;

const normalise = (v: Vec): Vec => {
  const n = 1 / Math.hypot(...v);
  return [v[0] * n, v[1] * n, v[2] * n];
};
const cross = (a: Vec, b: Vec): Vec => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** Follows a ray until it meets the field; -1 when it leaves. */
export function trace(field: Field, eye: Vec, d: Vec, from: number, far: number, sharp: number): number {
  let t = from;
  for (let i = 0; i < 110 && t < far; i++) {
    const h = field(eye[0] + d[0] * t, eye[1] + d[1] * t, eye[2] + d[2] * t);
    if (h < sharp * t) return t;
    t += h;
  }
  return t < far ? t : -1;
}

/** The surface's direction, from four samples. */
export function normalAt(field: Field, x: number, y: number, z: number, e: number): Vec {
  const a = field(x + e, y - e, z - e), b = field(x - e, y - e, z + e), c = field(x - e, y + e, z - e), d = field(x + e, y + e, z + e);
  return normalise([a - b - c + d, -a - b + c + d, -a + b - c + d]);
}

/** How much of an area light of angular size 1/k is seen: 0 in full shadow (after Inigo Quilez's soft shadows). */
export function lightSeen(field: Field, x: number, y: number, z: number, d: Vec, k: number, far: number): number {
  let seen = 1, t = 0.012;
  for (let i = 0; i < 44 && t < far; i++) {
    const h = field(x + d[0] * t, y + d[1] * t, z + d[2] * t);
    seen = Math.min(seen, 0.5 + (0.5 * k * h) / t);
    if (seen <= 0) return 0;
    t += Math.max(0.008, Math.min(h, 0.35));
  }
  return seen * seen * (3 - 2 * seen);
}

/** How open a point is to the sky: near 0 in corners, 1 in the open. */
export function openness(field: Field, x: number, y: number, z: number, n: Vec, reach: number): number {
  let closed = 0, weight = 1;
  for (let i = 1; i <= 4; i++) {
    const h = (reach * i) / 4;
    closed += (h - field(x + n[0] * h, y + n[1] * h, z + n[2] * h)) * weight;
    weight *= 0.6;
  }
  return Math.max(0, 1 - (closed * 1.5) / reach);
}

function rays(view: View) {
  const f = normalise([view.target[0] - view.eye[0], view.target[1] - view.eye[1], view.target[2] - view.eye[2]]);
  const right = normalise(cross([0, 1, 0], f)), up = cross(f, right), focal = view.focal, shift = view.shift ?? 0;
  return (u: number, v: number): Vec => {
    const a = u / focal, b = (0.5 - v + shift) / focal;
    return normalise([f[0] + right[0] * a + up[0] * b, f[1] + right[1] * a + up[1] * b, f[2] + right[2] * a + up[2] * b]);
  };
}

/**
 * Paints a distance field. A coarse pass of widened rays finds where each tile may start; a second pass smooths the
 * pixels whose neighbours differ.
 */
export function paintField(frame: Frame, field: Field, view: View, far: number, surface: Surface): void {
  const { width, height, data } = frame, ray = rays(view), tile = 8;
  const columns = Math.ceil(width / tile), rows = Math.ceil(height / tile);
  const starts = new Float32Array(columns * rows), cone = (tile * 0.75) / height / view.focal;
  for (let j = 0, i = 0; j < rows; j++) {
    for (let k = 0; k < columns; k++, i++) {
      const d = ray(((k + 0.5) * tile - width / 2) / height, ((j + 0.5) * tile) / height);
      let t = 0.01;
      for (let s = 0; s < 60 && t < far; s++) {
        const h = field(view.eye[0] + d[0] * t, view.eye[1] + d[1] * t, view.eye[2] + d[2] * t) - cone * t;
        if (h < 0.002) break;
        t += h;
      }
      starts[i] = t;
    }
  }
  const out = new Float32Array(3), sharp = 0.3 / height / view.focal;
  const look = (x: number, y: number) => {
    const d = ray((x - width / 2) / height, y / height);
    const start = starts[Math.min(rows - 1, (y / tile) | 0) * columns + Math.min(columns - 1, (x / tile) | 0)]! * 0.98;
    const t = trace(field, view.eye, d, start, far, sharp);
    surface(view.eye[0] + d[0] * t, view.eye[1] + d[1] * t, view.eye[2] + d[2] * t, d, t, out);
  };
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k += 3) {
      look(x + 0.5, y + 0.5);
      data.set(out, k);
    }
  }
  smoothEdges(frame, look, out);
}

function smoothEdges(frame: Frame, look: (x: number, y: number) => void, out: Float32Array): void {
  const { width, height, data } = frame, first = createFrame(width, height);
  first.data.set(data);
  const tone = (x: number) => Math.sqrt(Math.max(0, x));
  shade(frame, (_u, _v, pixel, i) => {
    const k = i * 3, x = i % width, y = (i / width) | 0;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return;
    let contrast = 0;
    for (const n of [k - 3, k + 3, k - width * 3, k + width * 3]) contrast = Math.max(contrast, Math.abs(tone(first.data[n + 1]!) - tone(first.data[k + 1]!)) + Math.abs(tone(first.data[n]!) - tone(first.data[k]!)));
    if (contrast < 0.09) return;
    const sum = [pixel[0]!, pixel[1]!, pixel[2]!];
    for (const [dx, dy] of [[0.13, 0.38], [0.63, 0.12], [0.87, 0.62], [0.37, 0.87]] as const) {
      look(x + dx, y + dy);
      for (let c = 0; c < 3; c++) sum[c]! += Math.min(out[c]!, 2);
    }
    for (let c = 0; c < 3; c++) pixel[c] = sum[c]! / 5;
  });
}

export const boxField = (x: number, y: number, z: number, a: number, b: number, c: number): number => {
  const qx = Math.abs(x) - a, qy = Math.abs(y) - b, qz = Math.abs(z) - c;
  const ox = Math.max(qx, 0), oy = Math.max(qy, 0), oz = Math.max(qz, 0);
  return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(Math.max(qx, qy, qz), 0);
};
