import type { Random } from "./random";

const GRADIENTS = 64;

/** Smooth random fields of one seed: gradient noise (about -1 to 1) and the sums built on it. */
export class Noise {
  private readonly perm = new Uint8Array(512);
  private readonly gx = new Float32Array(GRADIENTS);
  private readonly gy = new Float32Array(GRADIENTS);
  /** Distances to the nearest and second nearest feature point, and the nearest one's own number, after `cells`. */
  f1 = 0;
  f2 = 0;
  cell = 0;

  constructor(random: Random) {
    const order = Array.from({ length: 256 }, (_, i) => i);
    for (let i = 255; i > 0; i--) {
      const j = random.int(0, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let i = 0; i < 512; i++) this.perm[i] = order[i & 255]!;
    for (let i = 0; i < GRADIENTS; i++) {
      this.gx[i] = Math.cos((i / GRADIENTS) * 2 * Math.PI);
      this.gy[i] = Math.sin((i / GRADIENTS) * 2 * Math.PI);
    }
  }

  /** Gradient noise in the plane. */
  at(x: number, y: number): number {
    const xi = Math.floor(x), yi = Math.floor(y);
    const fx = x - xi, fy = y - yi;
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const p = this.perm, X = xi & 255, Y = yi & 255;
    const a = p[X]! + Y, b = p[X + 1]! + Y;
    const g00 = p[a]! & 63, g01 = p[a + 1]! & 63, g10 = p[b]! & 63, g11 = p[b + 1]! & 63;
    const gx = this.gx, gy = this.gy;
    const n00 = gx[g00]! * fx + gy[g00]! * fy;
    const n10 = gx[g10]! * (fx - 1) + gy[g10]! * fy;
    const n01 = gx[g01]! * fx + gy[g01]! * (fy - 1);
    const n11 = gx[g11]! * (fx - 1) + gy[g11]! * (fy - 1);
    const top = n00 + (n10 - n00) * u;
    return (top + (n01 + (n11 - n01) * u - top) * v) * 1.5;
  }

  /** A lattice value in [0, 1) for whole coordinates: the same place always has the same number. */
  value(x: number, y: number): number {
    let h = Math.imul(x | 0, 374761393) + Math.imul(y | 0, 668265263) + this.perm[0]! * 1013904223;
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    h = Math.imul(h ^ (h >>> 15), 2246822519);
    return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
  }

  /** Fractional Brownian motion: octaves of halving size. */
  fbm(x: number, y: number, octaves = 5, gain = 0.5): number {
    let sum = 0, amplitude = 1, total = 0;
    for (let i = 0; i < octaves; i++) {
      sum += amplitude * this.at(x, y);
      total += amplitude;
      amplitude *= gain;
      // Turning each octave hides the lattice.
      const t = x * 1.616 - y * 1.212 + 17.3;
      y = x * 1.212 + y * 1.616 - 9.1;
      x = t;
    }
    return sum / total;
  }

  /** Ridged multifractal in [0, 1]: sharp crests, wide valleys. */
  ridged(x: number, y: number, octaves = 5, gain = 0.5): number {
    let sum = 0, amplitude = 1, total = 0, weight = 1;
    for (let i = 0; i < octaves; i++) {
      let n = 1 - Math.abs(this.at(x, y));
      n *= n * weight;
      weight = n > 1 ? 1 : n;
      sum += n * amplitude;
      total += amplitude;
      amplitude *= gain;
      const t = x * 1.616 - y * 1.212 + 31.7;
      y = x * 1.212 + y * 1.616 - 4.9;
      x = t;
    }
    return sum / total;
  }

  /** Worley noise: writes the two nearest distances and the nearest cell's number; `spread` 0 is a grid, 1 fully random. */
  cells(x: number, y: number, spread = 1): void {
    const xi = Math.floor(x), yi = Math.floor(y);
    let f1 = 9, f2 = 9, cell = 0;
    for (let j = -1; j <= 1; j++) {
      for (let i = -1; i <= 1; i++) {
        const cx = xi + i, cy = yi + j;
        const h = this.value(cx, cy);
        const k = (h * 4096) % 1;
        const dx = cx + 0.5 + (h - 0.5) * spread - x, dy = cy + 0.5 + (k - 0.5) * spread - y;
        const d = dx * dx + dy * dy;
        if (d < f1) {
          f2 = f1;
          f1 = d;
          cell = (k * 977 + h * 31) % 1;
        } else if (d < f2) f2 = d;
      }
    }
    this.f1 = Math.sqrt(f1);
    this.f2 = Math.sqrt(f2);
    this.cell = cell;
  }
}
