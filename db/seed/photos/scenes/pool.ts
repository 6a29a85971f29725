import { hex, smooth } from "../colour";
import { createPlane, samplePlane, shade, type Frame } from "../frame";
import { blurPlane } from "../blur";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const POOLS = [
  { floor: "#bfe3ea", line: "#1d5f8a", water: "#2aa7c4", tiles: 0.055, name: "a swimming pool" }, { floor: "#d9ecef", line: "#6fb3c9", water: "#5cc3d4", tiles: 0.03, name: "a tiled pool" },
  { floor: "#e6d7b4", line: "", water: "#2f9fa8", tiles: 0, name: "a shallow lagoon" }, { floor: "#7fb8c4", line: "#0d3e5c", water: "#12708f", tiles: 0.08, name: "a deep pool" },
  { floor: "#b9b49c", line: "", water: "#4a8a7c", tiles: 0, name: "a clear river" },
] as const;

/** Light drawn by waves on the floor of a pool or a shallow sea. */
export const pool: SceneMaker = (mood, shot) => {
  const water = mood.pick(POOLS);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const n = 700, heights = createPlane(n, n), span = 2.2, size = random.range(2.6, 5);
    for (let j = 0, i = 0; j < n; j++) {
      for (let k = 0; k < n; k++, i++) {
        const x = (k / n) * span, y = (j / n) * span;
        heights.data[i] = noise.fbm(x * size + 0.6 * noise.at(x * 2, y * 2), y * size * 1.2, 4, 0.42);
      }
    }
    // Photons: a fine grid of sun rays, bent by the surface, gathered on the floor.
    const caustic = createPlane(n, n), depth = random.range(0.02, 0.036), fine = 3;
    const weight = 1 / (fine * fine);
    for (let j = 1; j < (n - 2) * fine; j++) {
      for (let k = 1; k < (n - 2) * fine; k++) {
        const gx = k / fine, gy = j / fine;
        const xi = gx | 0, yi = gy | 0, i = yi * n + xi, fx = gx - xi, fy = gy - yi;
        const h = heights.data;
        const sx = (h[i + 1]! - h[i]!) * (1 - fy) + (h[i + n + 1]! - h[i + n]!) * fy, sy = (h[i + n]! - h[i]!) * (1 - fx) + (h[i + n + 1]! - h[i + 1]!) * fx;
        const px = (gx - sx * n * n * depth / span / size + 0.5) | 0, py = (gy - sy * n * n * depth / span / size + 0.5) | 0;
        if (px >= 0 && py >= 0 && px < n && py < n) caustic.data[py * n + px]! += weight;
      }
    }
    blurPlane(caustic, 1);
    const floor = hex(water.floor), line = hex(water.line || "#000000"), deep = hex(water.water), skyLight = hex("#dff3ff");
    const turn = random.range(-0.5, 0.5), ct = Math.cos(turn), st = Math.sin(turn), tilt = random.range(0, 0.5);
    const lane = water.tiles && mood.chance(0.6) ? random.range(-0.2, 0.2) : 9;
    const e = 0.004;
    shade(frame, (u, v, out) => {
      // A slight look across the water rather than straight down.
      const persp = 1 / (1 + tilt * (v - 0.1));
      const wx = u * persp * 1.15, wy = (v - 0.5) * persp * 1.15;
      const gx = ((wx + span / 2) / span) * n, gy = ((wy + span / 2) / span) * n;
      const h = samplePlane(heights, gx, gy);
      const sx = (samplePlane(heights, gx + e * n, gy) - h) / e / span / n * n, sy = (samplePlane(heights, gx, gy + e * n) - h) / e / span;
      const rx = wx - sx * 0.0024, ry = wy - sy * 0.0024;
      const light = samplePlane(caustic, ((rx + span / 2) / span) * n, ((ry + span / 2) / span) * n);
      const red = samplePlane(caustic, ((rx + 0.0022 + span / 2) / span) * n, ((ry + span / 2) / span) * n);
      const blue = samplePlane(caustic, ((rx - 0.0022 + span / 2) / span) * n, ((ry + span / 2) / span) * n);
      const fx = rx * ct - ry * st, fy = rx * st + ry * ct;
      let joint = 0, stripe = 0, tone = 0;
      if (water.tiles) {
        const tx = fx / water.tiles, ty = fy / water.tiles, ix = Math.floor(tx), iy = Math.floor(ty);
        joint = Math.max(smooth(0.05, 0.015, Math.min(tx - ix, 1 - tx + ix)), smooth(0.05, 0.015, Math.min(ty - iy, 1 - ty + iy)));
        tone = (noise.value(ix, iy) - 0.5) * 0.16;
        stripe = Math.abs(ix * water.tiles - lane) < water.tiles * 1.6 ? 1 : 0;
      } else {
        noise.cells(fx * 26, fy * 26);
        const pebbles = water.name === "a clear river";
        tone = pebbles ? (noise.cell - 0.5) * 0.7 - 0.5 * smooth(0.12, 0.0, noise.f2 - noise.f1) : 0.25 * noise.fbm(fx * 14, fy * 40 + 2 * noise.at(fx * 5, fy * 5), 4);
      }
      const shine = smooth(4.5, 13, sx * 0.6 + sy * 0.9 + 1.5 * noise.at(wx * 30, wy * 60)) * 0.5, absorb = [0.8, 0.2, 0.12];
      const channel = [red, light, blue];
      const depthHere = 0.55 + 0.55 * v * 0.6 - 0.1 * light;
      for (let c = 0; c < 3; c++) {
        let albedo = floor[c]! + (line[c]! - floor[c]!) * stripe;
        albedo = albedo * (1 + tone) * (1 - 0.35 * joint);
        const lit = albedo * (0.42 + 0.48 * channel[c]! ** 1.15) * Math.exp(-absorb[c]! * depthHere * 1.3);
        const body = lit + (deep[c]! - lit) * (0.22 + 0.12 * depthHere);
        out[c] = body + (skyLight[c]! - body) * shine;
      }
    });
  };
  return {
    description: `Sunlight drawn in a bright net by the waves in ${water.name}`,
    subject: "water", paint,
    finish: { bloom: 0.06, halation: 0.01, vignette: 0.18, contrast: 0.12, saturation: 1.06, grain: 0.018, highlights: [0, 0.004, 0.008] },
  };
};
