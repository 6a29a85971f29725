import { clamp, hex, mix, scale, smooth, type Colour } from "../colour";
import type { Frame } from "../frame";
import { boxField, lightSeen, normalAt, openness, paintField, type Field, type Vec, type View } from "../march";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";

const PAINTS = [
  { walls: ["#e8927c", "#d96c75", "#f0b8a0"], top: "#1f63b5", low: "#8fc0e6", name: "pink and red" }, { walls: ["#f2efe8", "#e6e2da", "#ffffff"], top: "#1a5fb0", low: "#7fb6e3", name: "white" },
  { walls: ["#e9c46a", "#d99a4a", "#f1dca6"], top: "#2f7abf", low: "#a9d0ea", name: "ochre" }, { walls: ["#b9b4ab", "#a7a299", "#c9c5bd"], top: "#8fa3b5", low: "#cfd6da", name: "raw concrete" },
  { walls: ["#5a86b8", "#d9d0c0", "#315f94"], top: "#a3c2dc", low: "#e3ecf0", name: "blue" }, { walls: ["#c26a4a", "#a9553b", "#d98f6a"], top: "#2c6aa8", low: "#9fc4dd", name: "terracotta" },
] as const;

interface Build { field: Field; view: View; what: string; tone: (x: number, y: number, z: number) => number }

const BUILDS: readonly ((random: Random) => Build)[] = [
  function stairs(random) {
    const rise = 0.17, run = random.range(0.26, 0.34), flip = random.pick([-1, 1]), wallAt = random.range(0.9, 1.5);
    const field: Field = (x, y, z) => {
      const sx = x * flip;
      // Steps climbing along x: the distance to a sawtooth, kept on the safe side.
      const k = Math.round(sx / run);
      let d = 9;
      for (let i = k - 1; i <= k + 2; i++) d = Math.min(d, boxField(sx - i * run, y - (i * rise) / 2 + 3, z, run / 2 + 0.001, 3 + (i * rise) / 2, wallAt));
      const parapet = boxField(sx, y - sx * (rise / run) - 0.55 + 1.2, z - wallAt - 0.09, 9, 1.2, 0.09) * 0.85;
      return Math.min(d, parapet, z + wallAt, 9);
    };
    return { field, view: { eye: [-2.2 * flip, 1.2, 4.6], target: [0, 0.6, 0], focal: random.range(1.2, 1.7) }, what: "stairs", tone: (_x, _y, z) => (z < -wallAt + 0.02 ? 1 : z > wallAt - 0.02 ? 2 : 0) };
  },
  function arches(random) {
    const pitch = random.range(1.5, 2), half = pitch * random.range(0.29, 0.36), spring = random.range(1.5, 2.2), deep = random.range(0.5, 0.9), second = random.chance(0.6);
    const wall = (x: number, y: number, z: number, base: number) => {
      const cx = x - Math.round(x / pitch) * pitch, yy = y - base;
      const hole = yy > spring ? Math.hypot(cx, yy - spring) - half : Math.max(Math.abs(cx) - half, -yy);
      const slab = Math.abs(z) - deep / 2;
      return Math.max(slab, -hole);
    };
    const storey = spring + half + 0.7;
    const field: Field = (x, y, z) => {
      let d = second && y > storey - 0.02 ? wall(x, y, z, storey) : wall(x, y, z, 0);
      d = Math.max(d, y - (second ? storey * 2 : storey + 0.4));
      if (second) d = Math.min(d, boxField(x, y - storey + 0.08, z, 30, 0.07, deep / 2 + 0.1));
      return Math.min(d, y, z + 2.6);
    };
    return { field, view: { eye: [random.range(-2.5, 2.5), 1.6, random.range(4.4, 6.5)], target: [random.range(-0.5, 0.5), 1.6, 0], focal: random.range(1.1, 1.6), shift: random.range(0.1, 0.3) }, what: "arches", tone: (_x, y, z) => (z < -2.5 ? 1 : y < 0.02 ? 2 : 0) };
  },
  function cubes(random) {
    const blocks = Array.from({ length: 9 }, (_, i) => ({ x: (i % 3 - 1) * 1.5 + random.range(-0.4, 0.4), z: -Math.floor(i / 3) * 1.4 + random.range(-0.3, 0.3), w: random.range(0.5, 0.95), d: random.range(0.5, 0.9), h: random.range(0.6, 2.4) + Math.floor(i / 3) * 0.7, door: random.next() }));
    const field: Field = (x, y, z) => {
      let d = y;
      for (const b of blocks) {
        let box = boxField(x - b.x, y - b.h / 2, z - b.z, b.w, b.h / 2, b.d);
        if (box < 0.3) box = Math.max(box, -boxField(x - b.x - (b.door - 0.5) * b.w, y - b.h * 0.62, z - b.z - b.d, 0.15, 0.24, 0.12));
        d = Math.min(d, box);
      }
      return d;
    };
    return { field, view: { eye: [random.range(-1, 1), random.range(1.2, 2.8), 5.2], target: [0, 1.2, -1], focal: random.range(1.2, 1.7) }, what: "houses like stacked cubes", tone: (x, y, z) => {
      let best = 9, tone = 0;
      for (const [i, b] of blocks.entries()) {
        const d = Math.abs(boxField(x - b.x, y - b.h / 2, z - b.z, b.w, b.h / 2, b.d));
        if (d < best) { best = d; tone = i % 3; }
      }
      return tone;
    } };
  },
  function balconies(random) {
    const floor = random.range(0.7, 0.9), bow = random.range(0.2, 0.55), wave = random.range(0.6, 1.4);
    const field: Field = (x, y, z) => {
      const k = Math.round(y / floor), yy = y - k * floor;
      const front = bow * Math.sin(x * wave + k * random0(k)) + 0.35;
      const slab = Math.max(Math.abs(yy) - 0.09, z - front, -z - 4) * 0.7;
      const rail = Math.max(Math.abs(yy - 0.2) - 0.13, Math.abs(z - front + 0.03) - 0.025) * 0.7;
      const pier = boxField(x - Math.round(x / 2.4) * 2.4, yy, z + 0.45, 0.1, 9, 0.5);
      return Math.min(slab, rail, z + 0.6, pier);
    };
    const offset = random.range(0.2, 0.9);
    const random0 = (k: number) => (k % 2 ? offset : -offset * 0.5);
    return { field, view: { eye: [random.range(-3, 3), 0.3, 6], target: [0, 0.4, 0], focal: random.range(1.5, 2.2) }, what: "curved balconies", tone: (_x, _y, z) => (z < -0.55 ? 1 : 0) };
  },
  function towers(random) {
    const ribs = random.int(7, 14), r = random.range(0.8, 1.2), second = random.range(1.7, 2.4) * random.pick([-1, 1]);
    const field: Field = (x, y, z) => {
      const a = Math.atan2(z, x), q = Math.hypot(x, z);
      const round = (q - r - 0.09 * Math.cos(a * ribs) ** 3) * 0.7;
      const bx = x - second, bay = bx - Math.round(bx / 0.42) * 0.42, floorY = y - Math.round(y / 0.5) * 0.5;
      const tower = boxField(bx, y, z + 1.2, 1.05, 60, 0.9);
      const windows = tower < 0.2 ? Math.max(tower, -boxField(bay, floorY, z + 0.3, 0.13, 0.16, 0.1)) : tower;
      return Math.min(round, windows);
    };
    return { field, view: { eye: [second * 0.4, -4, 4.2], target: [second * 0.35, 3.6, -0.4], focal: random.range(1, 1.4) }, what: "towers against the sky", tone: (x) => (Math.abs(x) < r + 0.15 ? 0 : 1) };
  },
];

/** Sun and shadow on plain walls: stairs, arches, cubes, balconies, towers. */
export const architecture: SceneMaker = (mood, shot) => {
  const paintwork = mood.pick(PAINTS), build = mood.pick(BUILDS)(shot.fork("build"));
  const mono = mood.chance(0.2);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const walls = paintwork.walls.map((c) => hex(c)), top = hex(paintwork.top), low = hex(paintwork.low);
    const raw = [random.pick([-1, 1]) * random.range(0.5, 1), random.range(0.7, 1.3), random.range(0.5, 1)], n0 = Math.hypot(...raw);
    const sun: Vec = [raw[0]! / n0, raw[1]! / n0, raw[2]! / n0], light: Colour = scale(hex("#fff1da"), 1.45), fill = scale(mix(low, hex("#9fb6d0"), 0.5), 0.52);
    const cloudy = random.chance(0.35), { field } = build;
    paintField(frame, field, build.view, 40, (x, y, z, d, t, out) => {
      if (t < 0) {
        const k = clamp(d[1] * 1.25), c0 = cloudy ? smooth(0.05, 0.55, noise.fbm((d[0] / (0.4 + Math.abs(d[1]))) * 2, d[1] * 5, 6)) * 0.7 : 0;
        for (let c = 0; c < 3; c++) out[c] = (low[c]! + (top[c]! - low[c]!) * k) * (1 - c0) + 0.95 * c0;
        return;
      }
      const n = normalAt(field, x, y, z, 0.0006 * t);
      const albedo = walls[build.tone(x, y, z) % 3]!;
      const stain = 1 + 0.05 * noise.fbm(x * 1.3 + z, y * 1.3, 5) + 0.035 * noise.fbm((x + z) * 40, y * 40, 3) - 0.06 * smooth(0.2, 0.6, noise.fbm((x + z) * 6, y * 0.8, 4));
      const facing = Math.max(0, n[0] * sun[0] + n[1] * sun[1] + n[2] * sun[2]), e = 0.004 * t;
      const seen = facing > 0 ? lightSeen(field, x + n[0] * e, y + n[1] * e, z + n[2] * e, sun, 70, 12) : 0;
      const open = 0.3 + 0.7 * openness(field, x, y, z, n, 0.4), up = 0.7 + 0.3 * n[1], bounce = 0.1 * Math.max(0, -n[1] + 0.4) * open;
      for (let c = 0; c < 3; c++) out[c] = albedo[c]! * stain * (light[c]! * (facing * seen * 0.95 + bounce) + fill[c]! * open * up);
    });
  };
  return {
    description: `${build.what[0]!.toUpperCase()}${build.what.slice(1)} in hard sunlight${mono ? ", in black and white" : `, painted ${paintwork.name}`}`.replace("painted raw concrete", "in raw concrete"),
    subject: "architecture", paint,
    finish: { bloom: 0.03, halation: 0.01, vignette: 0.16, contrast: mono ? 0.3 : 0.12, grain: mono ? 0.04 : 0.02, monochrome: mono, saturation: 0.92 },
  };
};
