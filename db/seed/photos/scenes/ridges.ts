import { clamp, gradient, hex, hsl, mix, readGradient, smooth, type Colour } from "../colour";
import { cover, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";
import { silhouette } from "../vector";

const LIGHTS = [
  { name: "at dawn", top: "#7292b8", mid: "#e3b7a0", low: "#ffdba6", far: "#c9a79b", near: "#1a2635", sun: 1 },
  { name: "in the blue hour", top: "#22405f", mid: "#7394ab", low: "#b9cbd3", far: "#7f9cb0", near: "#08131f", sun: 0 },
  { name: "after rain", top: "#b4c3c4", mid: "#d5dcd6", low: "#eef0e6", far: "#aebdb6", near: "#0e2019", sun: 0.2 },
  { name: "at dusk", top: "#54588f", mid: "#c79bb4", low: "#f7cbb9", far: "#a587a6", near: "#1c1830", sun: 0.5 },
  { name: "at sunset", top: "#38406a", mid: "#d4775c", low: "#ffb25f", far: "#a8604f", near: "#140f18", sun: 1.2 },
  { name: "in fog", top: "#a9afb4", mid: "#cfd3d5", low: "#e9eaea", far: "#aeb4b8", near: "#15181b", sun: 0 },
  { name: "on a summer morning", top: "#5d9ac4", mid: "#a9cbd6", low: "#f2ead0", far: "#8fb0b8", near: "#12302a", sun: 0.6 },
] as const;

/** Tops of a row of conifers above a slope, as height over the ground. */
function treeLine(noise: Noise, u: number, size: number, row: number): number {
  let top = 0;
  const cell = Math.floor(u / size);
  for (let c = cell - 2; c <= cell + 2; c++) {
    const tall = size * (1 + 3.4 * noise.value(c, row) ** 1.6);
    const x = Math.abs(u - (c + 0.2 + 0.6 * noise.value(c, row + 50)) * size);
    const half = tall * 0.2;
    if (x < half) {
      const y = tall * (1 - x / half);
      // Branch tiers make the outline jagged.
      top = Math.max(top, y + Math.abs(((y / tall) * 7) % 1 - 0.5) * tall * 0.1 * (x / half));
    }
  }
  return top;
}

function skyline(noise: Noise, frame: Frame, layers: number, random: Random): { bare: Float32Array; row: Float32Array }[] {
  const horizon = random.range(0.36, 0.52), lift = random.range(0.7, 1.3);
  const peaks = random.int(0, layers - 3);
  return Array.from({ length: layers }, (_, i) => {
    const t = i / (layers - 1);
    const base = horizon + (0.99 - horizon) * t ** 1.35 + random.range(-0.025, 0.025);
    const amplitude = (0.05 + 0.11 * random.next() + (i === peaks ? 0.09 : 0)) * lift * (1 - 0.3 * t);
    const frequency = 1.1 + random.next() * 1.2 + t * 0.6, offset = random.range(0, 90);
    const forest = t > 0.55 ? 0.004 + 0.011 * (t - 0.55) ** 1.4 / 0.3 : 0;
    const row = new Float32Array(frame.width), bare = new Float32Array(frame.width);
    for (let x = 0; x < frame.width; x++) {
      const u = (x + 0.5 - frame.width / 2) / frame.height;
      const q = u * frequency + offset;
      let h = amplitude * (1.15 * noise.ridged(q, i * 7.3, 7, 0.5) - 0.45 + 0.75 * noise.fbm(q * 0.5, i * 3.1 + 40, 5));
      bare[x] = base - h;
      if (forest) h += Math.max(treeLine(noise, u, forest, i * 3), treeLine(noise, u + forest * 0.37, forest * 0.8, i * 3 + 1));
      row[x] = base - h;
    }
    return { row, bare };
  });
}

function balloons(random: Random, count: number): string {
  let shapes = "";
  for (let i = 0; i < count; i++) {
    const r = random.range(7, 24), x = random.range(-420, 420), y = random.range(90, 430);
    shapes += `<path d="M${x - r} ${y}a${r} ${r} 0 0 1 ${2 * r} 0c0 ${r * 0.7} ${-r * 0.75} ${r} ${-r * 0.8} ${r * 1.25}h${-r * 0.4}c0 ${-r * 0.25} ${-r * 0.8} ${-r * 0.55} ${-r * 0.8} ${-r * 1.25}z"/>`;
    shapes += `<rect x="${x - r * 0.14}" y="${y + r * 1.45}" width="${r * 0.28}" height="${r * 0.22}"/>`;
  }
  return shapes;
}

function birds(random: Random): string {
  const x0 = random.range(-260, 260), y0 = random.range(120, 320);
  let shapes = "";
  for (let i = 0, n = random.int(5, 14); i < n; i++) {
    const x = x0 + random.normal() * 60, y = y0 + random.normal() * 26, s = random.range(3.5, 8);
    const dip = s * random.range(0.1, 0.5);
    shapes += `<path d="M${x - s} ${y - dip}q${s * 0.6} ${-dip} ${s} ${dip}q${s * 0.4} ${-dip * 2} ${s} ${-dip}q${-s * 0.7} ${dip * 0.1} ${-s} ${dip * 1.6}q${-s * 0.4} ${-dip * 1.4} ${-s} ${-dip * 1.6}z"/>`;
  }
  return shapes;
}

/** Layers of mountains or forest hills, each paler than the one before it. */
export const ridges: SceneMaker = (mood, shot) => {
  const light = mood.pick(LIGHTS);
  const layers = shot.int(6, 9);
  const turn = mood.range(-0.02, 0.02);
  const extra = shot.pick(["", "", "balloons", "birds"] as const);
  const bright = extra === "balloons" ? hsl(shot.pick([0.02, 0.08, 0.55, 0.97]), 0.6, 0.45) : undefined;
  const paint = async (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const tint = (code: string): Colour => mix(hex(code), hsl(0.6 + turn * 8, 0.5, 0.5), Math.abs(turn) * 2);
    const sky = gradient([[0, tint(light.top)], [0.55, tint(light.mid)], [1, tint(light.low)]]);
    const rows = skyline(noise, frame, layers, random);
    const sunU = random.range(-0.3, 0.3), sunV = random.range(0.26, 0.42);
    const sunColour = hex("#ffcf8f");
    const mist = mix(tint(light.low), tint(light.far), 0.25);
    const colours = rows.map((_, i) => mix(tint(light.far), tint(light.near), (i / (layers - 1)) ** 0.75));
    shade(frame, (u, v, out) => {
      const wisps = noise.fbm(u * 1.3 + 5, v * 7, 4);
      readGradient(sky, v / 0.55 + wisps * 0.05, out);
      const glow = light.sun * Math.exp(-((u - sunU) ** 2 + (v - sunV) ** 2) * 14);
      const disc = light.sun * 3 * smooth(0.026, 0.021, Math.hypot(u - sunU, v - sunV));
      for (let c = 0; c < 3; c++) out[c]! += sunColour[c]! * (glow * 0.55 + disc) + 0.05 * smooth(0.05, 0.5, wisps);
    });
    if (extra === "birds") cover(frame, await silhouette(frame.width, frame.height, birds(random)), mix(colours[2]!, colours[layers - 1]!, 0.4), 0.9);
    if (bright) {
      const mask = await silhouette(frame.width, frame.height, balloons(random, random.int(3, 9)));
      cover(frame, mask, mix(bright, mist, 0.25), 0.92);
    }
    shade(frame, (u, v, out, i) => {
      const x = i % frame.width;
      let k = -1;
      for (let j = layers - 1; j >= 0; j--) if (v > rows[j]!.row[x]!) { k = j; break; }
      if (k < 0) return;
      const t = k / (layers - 1), depth = Math.max(0, v - rows[k]!.bare[x]!);
      const drift = noise.fbm(u * 1.7 + k * 9, v * 4 + k * 5, 3);
      const edge = Math.min(1, ((v - rows[k]!.row[x]!) * frame.height) / 1.3);
      let fog = smooth(0, 0.2 + 0.12 * t, depth + drift * 0.07) * (0.92 - 0.6 * t ** 2);
      fog = clamp(fog + (1 - t) * 0.08);
      let shadeOf = 0;
      if (fog < 0.85) {
        const e = 0.02, f = 6 + 9 * t;
        shadeOf = (noise.fbm(u * f + k * 11, v * f * 0.9, 5) - noise.fbm((u + e) * f + k * 11, (v + e) * f * 0.9, 5)) * (0.5 + 0.5 * t);
      }
      const warm = light.sun * 0.5 * (1 - t) * Math.exp(-((u - sunU) ** 2) * 7);
      const c = colours[k]!;
      for (let n = 0; n < 3; n++) {
        const base = c[n]! * (1 + shadeOf) + sunColour[n]! * warm * 0.3;
        const full = base + (mist[n]! + sunColour[n]! * warm * 0.4 - base) * fog;
        out[n] = out[n]! + (full - out[n]!) * edge;
      }
    });
  };
  const thing = extra === "balloons" ? ", with hot-air balloons" : extra === "birds" ? ", with a flock of birds" : "";
  return {
    description: `Layers of mountain ridges ${light.name}, each paler than the last, mist between them${thing}`,
    subject: "mountains", paint,
    finish: { bloom: 0.05, halation: 0.03, vignette: 0.22, contrast: 0.12, saturation: 1.0, grain: 0.022, highlights: [0.015, 0.004, -0.012], shadows: [-0.004, 0, 0.012] },
  };
};
