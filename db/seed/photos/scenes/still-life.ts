import { clamp, hex, mix, scale, smooth, type Colour } from "../colour";
import type { Frame } from "../frame";
import { lightSeen, normalAt, openness, paintField, type Vec } from "../march";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";

const ROOMS = [
  { wall: "#cfc6b8", table: "#b39a7d", light: "#fff0d8", glazes: ["#e9e2d4", "#7d8a86", "#c08a64", "#31343a"], name: "by a window" },
  { wall: "#8f9a94", table: "#6b5a48", light: "#fff4e4", glazes: ["#e6dfd0", "#a5563a", "#d9b36a", "#3f5750"], name: "in morning light" },
  { wall: "#d9b7a0", table: "#c79a80", light: "#ffe2c0", glazes: ["#f2ece2", "#b5583c", "#7c4b3c", "#e3c29a"], name: "in warm evening light" },
  { wall: "#3f4448", table: "#2c2825", light: "#fff2e0", glazes: ["#d8d0c2", "#8a9a9c", "#b08a5a", "#6d3f34"], name: "in dim light" },
  { wall: "#b7c3cb", table: "#dcd8d0", light: "#ffffff", glazes: ["#f3f1ec", "#6c8aa3", "#2f4a63", "#d6c3a5"], name: "in northern light" },
] as const;

interface Vessel { x: number; z: number; tall: number; profile: (h: number) => number; reach: number; colour: Colour; gloss: number; speckled: boolean; hollow: boolean }

const bump = (h: number, at: number, width: number) => Math.exp(-(((h - at) / width) ** 2));
const SHAPES: readonly ((random: Random) => (h: number) => number)[] = [
  // Radius at height h (0 foot, 1 lip), in units of the vessel's height.
  (r) => { const belly = r.range(0.2, 0.3), at = r.range(0.3, 0.45); return (h) => 0.1 + belly * bump(h, at, 0.3) + 0.05 * smooth(0.85, 1, h); },
  (r) => { const w = r.range(0.15, 0.2); return (h) => w * (1 - 0.72 * smooth(0.52, 0.72, h)) + 0.012 * smooth(0.96, 0.99, h); },
  (r) => { const w = r.range(0.55, 0.8); return (h) => 0.22 + (w - 0.22) * Math.sqrt(Math.max(0, h)); },
  (r) => { const w = r.range(0.34, 0.42); return (h) => w * (0.9 + 0.1 * smooth(0, 0.3, h)); },
  (r) => { const w = r.range(0.26, 0.34); return (h) => w * Math.sqrt(clamp(1 - ((h - 0.42) / 0.56) ** 2)) + 0.075 * smooth(0.78, 0.9, h) + 0.07; },
];

function throwPots(random: Random, glazes: readonly string[]): Vessel[] {
  const count = random.int(2, 4), pots: Vessel[] = [];
  const order = [...glazes].sort(() => random.next() - 0.5);
  let x = random.range(-0.52, -0.38);
  for (let i = 0; i < count; i++) {
    const kind = random.int(0, SHAPES.length - 1), tall = kind === 2 ? random.range(0.14, 0.22) : kind === 3 ? random.range(0.2, 0.32) : random.range(0.4, 0.78);
    const shape = SHAPES[kind]!(random), reach = Math.max(...Array.from({ length: 21 }, (_, k) => shape(k / 20))) * tall;
    x += reach * random.range(0.85, 1);
    pots.push({ x, z: random.range(-0.16, 0.2), tall, profile: shape, reach, colour: hex(order[i % order.length]!), gloss: random.next() ** 1.5, speckled: random.chance(0.5), hollow: kind === 2 || kind === 3 });
    x += reach * random.range(0.85, 1.05) + random.range(0, 0.05);
  }
  const middle = (pots[0]!.x + pots.at(-1)!.x) / 2;
  for (const p of pots) p.x -= middle;
  return pots;
}

/** Ceramics and fruit on a table, lit from a window at one side. */
export const stillLife: SceneMaker = (mood, shot) => {
  const room = mood.pick(ROOMS), fruit = shot.int(0, 3), citrus = mood.pick(["#e08a1e", "#d9c22a", "#b5382a", "#7f9a3a"]);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const pots = throwPots(random, room.glazes), side = mood.pick([-1, 1]);
    const balls = Array.from({ length: fruit }, () => ({ x: random.range(-0.5, 0.5), z: random.range(0.26, 0.48), r: random.range(0.055, 0.075) })).filter((b, i, all) => all.slice(0, i).every((o) => Math.hypot(o.x - b.x, o.z - b.z) > 0.17));
    const sun: Vec = ((v: Vec) => { const n = Math.hypot(...v); return [v[0] / n, v[1] / n, v[2] / n] as const; })([side * random.range(0.75, 1.0), random.range(0.45, 0.75), random.range(0.25, 0.6)]);
    const pot = (p: Vessel, x: number, y: number, z: number) => {
      const r = Math.hypot(x - p.x, z - p.z), outside = Math.max(r - p.reach, y - p.tall, -y);
      if (outside > 0.06) return outside;
      const h = clamp(y / p.tall), radius = p.profile(h) * p.tall;
      const wall = r - radius, cap = y - p.tall;
      let d = wall > 0 && cap > 0 ? Math.hypot(wall, cap) : Math.max(wall, cap);
      if (p.hollow) d = Math.max(d, -Math.max(wall + 0.014, 0.05 - y));
      return d * 0.62;
    };
    const things = (x: number, y: number, z: number) => {
      let d = 9;
      for (const p of pots) d = Math.min(d, pot(p, x, y, z));
      for (const b of balls) d = Math.min(d, Math.hypot(x - b.x, (y - b.r * 0.92) * 1.06, z - b.z) - b.r);
      return d;
    };
    const back = -0.75;
    const field = (x: number, y: number, z: number) => Math.min(things(x, y, z), y, z - back);
    const wall = hex(room.wall), table = hex(room.table), light = scale(hex(room.light), 1.5), dim = mix(wall, hex("#8ea2bd"), 0.5), peel = hex(citrus);
    const tallest = Math.max(...pots.map((p) => p.tall));
    const surface = (x: number, y: number, z: number, d: Vec, t: number, out: Float32Array) => {
      if (t < 0) { for (let c = 0; c < 3; c++) out[c] = wall[c]! * 0.4; return; }
      const object = things(x, y, z) < 0.0035;
      const n: Vec = object ? normalAt(things, x, y, z, 0.0015) : y < z - back ? [0, 1, 0] : [0, 0, 1];
      let albedo: Colour = wall, gloss = 0;
      if (object) {
        const ball = balls.find((b) => Math.hypot(x - b.x, y - b.r, z - b.z) < b.r * 1.15);
        const owner = pots.find((p) => pot(p, x, y, z) < 0.004);
        albedo = ball ? peel : (owner?.colour ?? wall);
        gloss = ball ? 0.35 : (owner?.gloss ?? 0);
        const speck = owner?.speckled && noise.fbm(x * 90 + z * 40, y * 90, 2) > 0.42 ? 0.62 : 1, throwing = 1 + 0.04 * noise.at(y * 60, x * 2) + 0.06 * noise.fbm(x * 8, y * 8 + z * 8, 3);
        const pores = ball ? 1 + 0.12 * noise.at(x * 160, y * 160 + z * 160) : 1;
        albedo = scale(albedo, speck * throwing * pores);
      } else if (n[1] > 0) {
        const grain = noise.fbm(x * 2.2, z * 26 + 0.7 * noise.at(x * 1.4, z * 3), 5), pore = smooth(0.3, 0.6, noise.fbm(x * 12, z * 210, 2));
        albedo = scale(table, 1 + 0.2 * grain - 0.14 * pore);
      } else albedo = scale(wall, 1 + 0.05 * noise.fbm(x * 3, y * 3, 5) + 0.03 * noise.fbm(x * 50, y * 50, 3));
      const lift = 0.004, facing = Math.max(0, n[0] * sun[0] + n[1] * sun[1] + n[2] * sun[2]);
      const seen = facing > 0 ? lightSeen(things, x + n[0] * lift, y + n[1] * lift, z + n[2] * lift, sun, 6.5, 2) : 0;
      // The window is a patch of light that falls off into the room.
      const reach = 0.5 + 0.7 * smooth(-side * 1.0, side * 0.85, x) * (n[2] > 0.9 && !object ? smooth(1.5, 0.2, Math.abs(y - 0.45)) : 1);
      const open = 0.25 + 0.75 * openness(field, x, y, z, n, 0.16), bounce = 0.5 + 0.5 * n[1] * 0.4 + 0.15 * n[0] * side;
      const half = Math.max(0, (n[0] * (sun[0] - d[0]) + n[1] * (sun[1] - d[1]) + n[2] * (sun[2] - d[2])) / Math.hypot(sun[0] - d[0], sun[1] - d[1], sun[2] - d[2]));
      const spec = seen * (gloss * (0.9 * half ** 90 + 0.22 * half ** 18) + 0.03 * half ** 6), rim = gloss * 0.25 * (1 + n[0] * d[0] + n[1] * d[1] + n[2] * d[2]) ** 4;
      for (let c = 0; c < 3; c++) out[c] = albedo[c]! * (light[c]! * facing * seen * reach + dim[c]! * 0.5 * open * bounce) + light[c]! * (spec + rim * 0.4) * reach;
    };
    const high = random.range(0.42, 0.75), turn = random.range(-0.35, 0.35);
    paintField(frame, field, { eye: [turn, high, 2.6], target: [turn * 0.2, tallest * 0.42, 0], focal: frame.width < frame.height ? 1.75 : 2.1 }, 6, surface);
  };
  return {
    description: `Ceramic vessels${fruit ? " and fruit" : ""} on a wooden table ${room.name}`,
    subject: "still life", paint,
    finish: { bloom: 0.04, halation: 0.02, vignette: 0.35, contrast: 0.1, grain: 0.026, fade: 0.02, shadows: [0, 0.002, 0.008], highlights: [0.01, 0.004, -0.01] },
  };
};
