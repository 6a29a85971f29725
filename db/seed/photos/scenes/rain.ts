import { blurFrame } from "../blur";
import { hex, hsl, mix, scale, smooth, type Colour } from "../colour";
import { createFrame, sample, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";

interface Lamp { u: number; v: number; r: number; colour: Colour; power: number }

const CITIES: readonly (readonly string[])[] = [
  ["#ffb45a", "#ffd9a0", "#ff5a3c", "#fff1d8", "#ff8a3d"],
  ["#ff3d7f", "#36d6ff", "#8c5bff", "#ffd6f0", "#ff7ab0"],
  ["#ffd27a", "#7fd0ff", "#ff4a3a", "#e8f4ff", "#5affc0"],
  ["#ff7a2e", "#ffb347", "#ffe1a8", "#d8452a"],
  ["#59a9ff", "#9fd4ff", "#ffffff", "#ffc27a", "#4a6cff"],
];

function lamps(random: Random, tones: readonly string[], size: number): Lamp[] {
  const list: Lamp[] = [];
  const clusters = random.int(11, 18), street = random.range(0.5, 0.68), centre = random.range(-0.2, 0.2);
  for (let k = 0; k < clusters; k++) {
    const colour = hex(random.pick(tones)), cu = random.range(-0.75, 0.75), cv = random.range(0.1, street);
    for (let i = 0, n = random.int(2, 7); i < n; i++) {
      list.push({ u: cu + random.normal() * 0.09, v: cv + random.normal() * 0.06, r: size * random.range(0.6, 1.1), colour: mix(colour, hex("#ffffff"), random.next() * 0.2), power: random.range(0.12, 1) ** 1.7 });
    }
  }
  // Two strings of car lights that run to a vanishing point.
  for (const side of [-1, 1]) {
    for (let i = 0, n = random.int(4, 9); i < n; i++) {
      const t = (i + random.next() * 0.6) / n;
      const colour = side < 0 ? hex("#ff2f22") : hex("#fff0d0");
      list.push({ u: centre + side * (0.03 + 0.5 * t * t), v: street + 0.3 * t * t, r: size * (0.45 + 0.75 * t), colour, power: random.range(0.35, 0.9) });
    }
  }
  return list;
}

/** Out-of-focus discs: flat, a little brighter at the rim, cut by the lens barrel towards the corners. */
function discs(frame: Frame, list: readonly Lamp[], spread: number, gain: number): void {
  const { width, height, data } = frame;
  for (const lamp of list) {
    const r = Math.max(1.2, lamp.r * spread * height), cx = lamp.u * height + width / 2, cy = lamp.v * height;
    const catX = cx - lamp.u * r * 0.7, catY = cy - (lamp.v - 0.5) * r * 0.7;
    const power = lamp.power * gain;
    for (let y = Math.max(0, Math.floor(cy - r - 1)); y <= Math.min(height - 1, cy + r + 1); y++) {
      for (let x = Math.max(0, Math.floor(cx - r - 1)); x <= Math.min(width - 1, cx + r + 1); x++) {
        const d = Math.max(Math.hypot(x - cx, y - cy), Math.hypot(x - catX, y - catY) * 0.985);
        const inside = Math.min(1, Math.max(0, (r - d) / Math.max(1, r * 0.03)));
        if (inside <= 0) continue;
        const w = inside * power * (0.72 + 0.5 * smooth(r * 0.75, r * 0.97, d));
        const k = (y * width + x) * 3;
        data[k]! += lamp.colour[0] * w;
        data[k + 1]! += lamp.colour[1] * w;
        data[k + 2]! += lamp.colour[2] * w;
      }
    }
  }
}

/** Water drops on the pane: each is a small lens that shows the street upside down. */
function drops(frame: Frame, world: Frame, random: Random, noise: Noise, count: number): void {
  const { width, height, data } = frame;
  const out = new Float32Array(3);
  for (let n = 0; n < count; n++) {
    const r = height * (0.001 + 0.024 * random.next() ** 9 + 0.0045 * random.next() ** 2);
    const cx = random.next() * width, cy = random.next() * height, long = random.range(1, 1.22), turn = n * 7.7;
    const big = r > height * 0.006;
    for (let y = Math.max(0, Math.floor(cy - r * 1.5)); y <= Math.min(height - 1, cy + r * 1.5); y++) {
      for (let x = Math.max(0, Math.floor(cx - r * 1.5)); x <= Math.min(width - 1, cx + r * 1.5); x++) {
        let dx = (x - cx) / r, dy = (y - cy) / (r * long);
        if (big) {
          const wobble = 1 + 0.16 * noise.at(dx * 0.9 + turn, dy * 0.9);
          dx *= wobble;
          dy *= wobble;
        }
        const q = dx * dx + dy * dy;
        if (q >= 1) continue;
        const edge = Math.min(1, (1 - Math.sqrt(q)) * r * 0.9), bulge = Math.sqrt(1 - q);
        sample(world, (width / 2 + (cx - width / 2) * 0.55 - dx * width * 0.42) / 2, (height / 2 + (cy - height / 2) * 0.55 - dy * height * 0.46) / 2, out);
        const rim = 0.28 + 0.72 * smooth(0.0, 0.62, bulge), shine = 0.5 * smooth(0.34, 0.1, Math.hypot(dx + 0.32, dy + 0.42));
        const k = (y * width + x) * 3;
        for (let c = 0; c < 3; c++) {
          const value = out[c]! * (0.25 + 1.9 * smooth(-0.7, 0.9, dy)) * rim + data[k + c]! * 0.25 + shine * 0.06;
          data[k + c] = data[k + c]! + (value - data[k + c]!) * edge;
        }
      }
    }
  }
}

/** City lights at night out of focus, mostly behind a rainy pane. */
export const rain: SceneMaker = (mood, shot) => {
  const tones = mood.pick(CITIES), wet = mood.chance(0.75), size = mood.range(0.022, 0.05);
  const blue = mood.range(0.55, 0.72);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const night = hsl(blue, 0.5, 0.07), lit = scale(mix(hex(tones[0]!), hsl(blue, 0.4, 0.25), 0.55), 0.2);
    const sky = (target: Frame) => shade(target, (u, v, out) => {
      const k = Math.exp(-((v - 0.55) ** 2) * 9) * (0.8 + 0.6 * noise.fbm(u * 2.2, v * 2.2, 3));
      for (let c = 0; c < 3; c++) out[c] = night[c]! + lit[c]! * k;
    });
    const list = lamps(random, tones, size);
    sky(frame);
    discs(frame, list, 1, 0.8);
    blurFrame(frame, frame.height * 0.0022);
    if (!wet) return;
    const world = createFrame(Math.ceil(frame.width / 2), Math.ceil(frame.height / 2));
    sky(world);
    discs(world, list, 1.1, 1.1);
    blurFrame(world, world.height * 0.05);
    // A breath of condensation between the drops.
    shade(frame, (u, v, out) => {
      const fog = 0.1 * smooth(-0.3, 0.6, noise.fbm(u * 2.4, v * 2.4 + 9, 4));
      for (let c = 0; c < 3; c++) out[c] = out[c]! * (1 - fog) + lit[c]! * fog * 1.6;
    });
    drops(frame, world, random, noise, 900);
  };
  return {
    description: wet ? "City lights at night through a window covered with raindrops, everything behind the glass soft and round" : "City lights at night, out of focus, as overlapping discs of colour",
    subject: "city", paint,
    finish: { bloom: 0.14, halation: 0.08, curve: "film", exposure: 0.25, vignette: 0.4, contrast: 0.04, saturation: 1.05, grain: 0.02, fade: 0.012 },
  };
};
