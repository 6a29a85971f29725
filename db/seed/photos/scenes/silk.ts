import { clamp, hex } from "../colour";
import { shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const CLOTHS = [
  { name: "cream", colour: "#e8dccb", sheen: "#fff8ec" }, { name: "deep green", colour: "#1f4a3c", sheen: "#a9d3b9" }, { name: "rust", colour: "#a8492a", sheen: "#ffc9a0" },
  { name: "midnight blue", colour: "#1a2a55", sheen: "#9fb5e8" }, { name: "dusty pink", colour: "#cf9a94", sheen: "#ffe9e2" }, { name: "silver", colour: "#8c9196", sheen: "#ffffff" }, { name: "saffron", colour: "#d99a22", sheen: "#fff0b8" },
] as const;

/** Silk lying in folds. */
export const silk: SceneMaker = (mood, shot) => {
  const cloth = mood.pick(CLOTHS);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const turn = random.range(0, 3.1), ct = Math.cos(turn), st = Math.sin(turn), stretch = random.range(0.28, 0.6), size = random.range(1, 1.7);
    const height = (x: number, y: number) => {
      const wx = x + 0.55 * noise.fbm(x * 0.9, y * 0.9, 2), wy = y + 0.55 * noise.fbm(x * 0.9 + 20, y * 0.9, 2);
      const fold = noise.at(wx * 1.6 * stretch, wy * 1.9 + 3), crease = noise.at(wx * 2.2 * stretch + 7, wy * 3.6);
      return 0.5 * fold + 0.17 * crease + 0.24 * (1 - Math.abs(noise.at(wx * 1.2 * stretch + 30, wy * 2.4))) + 0.03 * noise.at(wx * 4, wy * 9);
    };
    const base = hex(cloth.colour), sheen = hex(cloth.sheen), e = 0.003;
    shade(frame, (u, v, out, i) => {
      const x = (u * ct - (v - 0.5) * st) * size, y = (u * st + (v - 0.5) * ct) * size;
      const h = height(x, y), gx = (height(x + e, y) - h) / e, gy = (height(x, y + e) - h) / e;
      const n = 1 / Math.sqrt(gx * gx * 0.55 + gy * gy * 0.55 + 1), nx = -gx * 0.74 * n, ny = -gy * 0.74 * n;
      const light = nx * 0.35 - ny * 0.62 + n * 0.7, wrap = clamp(light * 0.72 + 0.28);
      // Threads run along x, so the highlight stretches across them.
      const half = ny * -0.42 + n * 0.86, spec = clamp(1 - (half - 0.93) ** 2 * 60) ** 3 * 0.35 + clamp(half) ** 40 * 0.5;
      const hollow = clamp(0.62 + h * 0.55), rim = (1 - n) ** 2 * 0.2;
      const weave = 1 + 0.025 * Math.sin(x * 1500 + y * 120) * 0.6 + 0.03 * (noise.value(i % 4001, (i / 4001) | 0) - 0.5);
      for (let c = 0; c < 3; c++) out[c] = (base[c]! * (wrap * 0.95 + 0.05) * hollow * weave + sheen[c]! * (spec * 0.55 + rim) * hollow) * 1.1;
    });
  };
  return {
    description: `${cloth.name[0]!.toUpperCase()}${cloth.name.slice(1)} silk lying in soft folds`,
    subject: "silk", paint,
    finish: { bloom: 0.05, halation: 0.01, vignette: 0.3, contrast: 0.14, grain: 0.024 },
  };
};
