import { createPlane, samplePlane, type Frame, type Plane } from "./frame";

/** A square height field; one world unit is the side of the map. */
export interface Terrain {
  heights: Plane;
  /** How lit by the sun, 0 to 1, cast shadows included. */
  sun: Plane;
  /** Surface slopes along x and z. */
  dx: Plane;
  dz: Plane;
  /** Towards the sun. */
  light: readonly [number, number, number];
}

/** Fills a height field and works out its slopes and the shadows that the sun casts over it. */
export function buildTerrain(size: number, height: (x: number, z: number) => number, azimuth: number, elevation: number, softness = 0.004): Terrain {
  const heights = createPlane(size, size);
  for (let j = 0, i = 0; j < size; j++) for (let k = 0; k < size; k++, i++) heights.data[i] = height(k / size, j / size);
  const dx = createPlane(size, size), dz = createPlane(size, size);
  const h = heights.data;
  for (let j = 0, i = 0; j < size; j++) {
    const up = j > 0 ? -size : 0, down = j < size - 1 ? size : 0;
    for (let k = 0; k < size; k++, i++) {
      const left = k > 0 ? -1 : 0, right = k < size - 1 ? 1 : 0;
      dx.data[i] = ((h[i + right]! - h[i + left]!) / (right - left)) * size;
      dz.data[i] = (((h[i + down]! - h[i + up]!) * size) / (down - up)) * size;
    }
  }
  const light = [Math.cos(azimuth) * Math.cos(elevation), Math.sin(elevation), Math.sin(azimuth) * Math.cos(elevation)] as const;
  return { heights, sun: castShadows(heights, azimuth, Math.tan(elevation), softness), dx, dz, light };
}

/** One sweep away from the sun carries the height of the shadow's edge from cell to cell. */
function castShadows(heights: Plane, azimuth: number, tangent: number, softness: number): Plane {
  const n = heights.width, h = heights.data, lit = createPlane(n, n), edge = new Float32Array(n * n);
  const cx = Math.cos(azimuth), cz = Math.sin(azimuth);
  const alongX = Math.abs(cx) > Math.abs(cz);
  const main = alongX ? cx : cz, side = (alongX ? cz : cx) / Math.abs(main);
  const drop = tangent / Math.abs(main) / n;
  for (let s = 0; s < n; s++) {
    const a = main > 0 ? n - 1 - s : s, before = main > 0 ? a + 1 : a - 1;
    for (let b = 0; b < n; b++) {
      const i = alongX ? b * n + a : a * n + b;
      let shadow = -9;
      if (before >= 0 && before < n) {
        const t = Math.min(n - 1.001, Math.max(0, b + side)), k = Math.floor(t), f = t - k;
        const p = alongX ? k * n + before : before * n + k, q = alongX ? p + n : p + 1;
        shadow = Math.max(h[p]!, edge[p]!) * (1 - f) + Math.max(h[q]!, edge[q]!) * f - drop;
      }
      edge[i] = shadow;
      const t = Math.min(1, Math.max(0, (h[i]! - shadow) / softness + 0.5));
      lit.data[i] = t * t * (3 - 2 * t);
    }
  }
  return lit;
}

export interface Eye {
  x: number;
  z: number;
  /** Height above the ground beneath. */
  above: number;
  heading: number;
  /** Focal length in picture heights. */
  focal: number;
  /** Row of the horizon, 0 top to 1 bottom. */
  horizon: number;
  far: number;
}

/**
 * Paints a height field by walking each column's ray outwards and filling up the screen ("voxel space", as NovaLogic's
 * Comanche did in 1992). `surface(x, z, distance, out)` gives the colour of a place.
 */
export function paintTerrain(frame: Frame, terrain: Terrain, eye: Eye, surface: (x: number, z: number, distance: number, out: Float32Array) => void): void {
  const { width, height, data } = frame, size = terrain.heights.width;
  const ground = (x: number, z: number) => samplePlane(terrain.heights, x * size, z * size);
  const camera = ground(eye.x, eye.z) + eye.above;
  const out = new Float32Array(3);
  for (let column = 0; column < width; column++) {
    const slope = (column + 0.5 - width / 2) / height / eye.focal;
    const cos = Math.cos(eye.heading), sin = Math.sin(eye.heading);
    const dirX = cos - slope * sin, dirZ = sin + slope * cos;
    let filled = height, last = height + 50, lastD = 0.004, step = 0.0016;
    for (let d = 0.004; d < eye.far && filled > 0; d += step) {
      step = Math.max(0.0011, d * 0.0042);
      const x = eye.x + dirX * d, z = eye.z + dirZ * d;
      if (x < 0 || z < 0 || x > 1 || z > 1) break;
      const row = (eye.horizon + ((camera - ground(x, z)) / d) * eye.focal) * height;
      if (row < filled) {
        const top = Math.max(0, Math.floor(row)), from = Math.max(last, filled), gap = Math.max(0.5, from - row);
        for (let y = Math.min(height, Math.ceil(filled)) - 1; y >= top; y--) {
          const t = Math.min(1, Math.max(0, (from - y - 0.5) / gap)), dd = lastD + (d - lastD) * t;
          surface(eye.x + dirX * dd, eye.z + dirZ * dd, dd, out);
          const a = y < row ? 1 - (row - y) : 1, k = (y * width + column) * 3;
          for (let c = 0; c < 3; c++) data[k + c] = data[k + c]! + (out[c]! - data[k + c]!) * a;
        }
        filled = row;
      }
      last = row;
      lastD = d;
    }
  }
}
