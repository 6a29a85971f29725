import { blurPlane } from "../blur";
import { clamp, hex, mix, smooth } from "../colour";
import { cover, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import { spruce } from "../plants";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";
import { silhouette } from "../vector";

const LIGHTS = [
  { name: "in cold fog", fog: "#c9d0d1", near: "#141b1a", glow: "#eef2f0", sun: 0.25 }, { name: "in golden fog", fog: "#e3c08c", near: "#1d150c", glow: "#ffe9bd", sun: 1 },
  { name: "in green morning mist", fog: "#b5c6ae", near: "#0f1d13", glow: "#f2f2cf", sun: 0.7 }, { name: "in blue dusk", fog: "#6f8ba4", near: "#060d15", glow: "#a9bfd0", sun: 0.15 },
  { name: "in autumn haze", fog: "#d9a878", near: "#20110a", glow: "#ffdba8", sun: 0.8 },
] as const;

function limb(random: Random, x: number, y: number, angle: number, length: number, width: number, depth: number): string {
  const bend = random.range(-0.25, 0.25), ex = x + Math.cos(angle) * length, ey = y + Math.sin(angle) * length;
  const mx = x + Math.cos(angle + bend) * length * 0.5, my = y + Math.sin(angle + bend) * length * 0.5;
  let shape = `<path d="M${x.toFixed(1)} ${y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${ex.toFixed(1)} ${ey.toFixed(1)}" stroke-width="${width.toFixed(2)}"/>`;
  if (depth <= 0) return shape;
  for (let i = 0, n = random.int(2, 3); i < n; i++) {
    const t = random.range(0.45, 1), side = random.pick([-1, 1]);
    shape += limb(random, x + (ex - x) * t, y + (ey - y) * t, angle + side * random.range(0.25, 0.75), length * random.range(0.5, 0.75), width * 0.58, depth - 1);
  }
  return shape;
}

/** A tall trunk that leaves the picture at the top, with bare boughs. */
function trunk(random: Random, x: number, ground: number, width: number): string {
  const lean = random.range(-30, 30), top = x + lean, waist = random.range(-10, 10);
  let shape = `<path stroke="none" fill="#fff" d="M${x - width * 0.85} ${ground}Q${x - width * 0.4 + waist} 600 ${top - width * 0.32} -20H${top + width * 0.32}Q${x + width * 0.4 + waist} 600 ${x + width * 0.85} ${ground}Z"/>`;
  for (let i = 0, n = random.int(3, 8); i < n; i++) {
    const y = random.range(-20, ground * 0.62), side = random.pick([-1, 1]);
    shape += limb(random, x + (lean * (ground - y)) / ground, y, side > 0 ? random.range(-0.9, -0.15) : Math.PI + random.range(0.15, 0.9), random.range(70, 190) * (0.4 + width / 50), width * random.range(0.1, 0.22), 3);
  }
  return `<g fill="none" stroke="#fff" stroke-linecap="round">${shape}</g>`;
}

/** Trees standing one behind another in fog. */
export const forest: SceneMaker = (mood, shot) => {
  const light = mood.pick(LIGHTS), needles = mood.chance(0.5);
  const paint = async (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const fog = hex(light.fog), near = hex(light.near), glow = hex(light.glow, 1.1);
    const sunU = random.range(-0.25, 0.25), sunV = random.range(0.05, 0.4), layers = 7, unit = frame.height / 1000;
    const aspect = frame.width / frame.height, path = random.range(-0.12, 0.12);
    shade(frame, (u, v, out) => {
      const d = Math.exp(-((u - sunU) ** 2 + (v - sunV) ** 2) * 5), murk = noise.fbm(u * 1.6, v * 2.2, 4) * 0.08;
      for (let c = 0; c < 3; c++) out[c] = fog[c]! * (1 + murk - 0.2 * v) + (glow[c]! - fog[c]!) * d * (0.35 + 0.5 * light.sun);
    });
    for (let k = 0; k < layers; k++) {
      const t = k / (layers - 1), ground = needles ? 620 + 420 * t ** 1.3 : 600 + 360 * t ** 1.4;
      let shapes = "";
      const count = needles ? Math.round((26 - 20 * t) * aspect + 3) : Math.round((24 - 21 * t) * aspect + 2);
      for (let i = 0; i < count; i++) {
        const x = (((i + random.next()) / count) * aspect * 1100 - aspect * 550);
        // Leave a gap to look through.
        if (t > 0.4 && Math.abs(x / 1000 - path) < 0.16 * t) continue;
        const y = ground + random.range(-25, 25) + 60 * noise.at(x / 300, k * 5);
        if (needles) shapes += spruce(random, x, y + 40, (200 + 560 * t ** 1.1) * random.range(0.6, 1.15));
        else shapes += trunk(random, x, y + 30, (5 + 46 * t ** 1.8) * random.range(0.7, 1.3));
      }
      let hill = `M-1200 1100`;
      for (let x = -1200; x <= 1200; x += 20) hill += `L${x} ${ground + 60 * noise.at(x / 300, k * 5) + 26 * noise.fbm(x / 60, k * 9, 3)}`;
      const mask = await silhouette(frame.width, frame.height, `${shapes}<path d="${hill}L1200 1100Z"/>`);
      const soft = k === layers - 1 ? 2.2 : k < 2 ? 1.3 : 0;
      if (soft) blurPlane(mask, Math.max(1.7, soft * unit));
      const colour = mix(fog, near, 0.12 + 0.86 * t ** 1.25);
      cover(frame, mask, colour, 0.55 + 0.45 * t);
      // Mist that settles between this row and the next.
      const settle = (1 - t) * 0.75;
      shade(frame, (u, v, out) => {
        if (v < ground / 1000 - 0.4) return;
        const drift = noise.fbm(u * 2 + k * 7, v * 3.4, 3);
        const low = smooth(ground / 1000 - 0.22, ground / 1000 + 0.08, v + drift * 0.12) * settle;
        const warm = Math.exp(-((u - sunU) ** 2 + (v - sunV) ** 2) * 4) * light.sun * (1 - t) * 0.22;
        for (let c = 0; c < 3; c++) out[c] = out[c]! + (fog[c]! - out[c]!) * low + (glow[c]! - out[c]!) * warm;
      });
    }
    if (light.sun < 0.6) return;
    shade(frame, (u, v, out) => {
      const angle = Math.atan2(v - sunV + 0.25, u - sunU), r = Math.hypot(u - sunU, v - sunV + 0.25);
      const ray = smooth(0.02, 0.5, noise.fbm(angle * 7, 3, 3)) * smooth(1.2, 0.15, r) * smooth(0.02, 0.2, r);
      for (let c = 0; c < 3; c++) out[c] = out[c]! + glow[c]! * clamp(ray) * 0.2 * light.sun;
    });
  };
  return {
    description: `${needles ? "Spruce trees" : "Bare tree trunks"} ${light.name}, fading row by row`,
    subject: "forest", paint,
    finish: { bloom: 0.07, halation: 0.03, vignette: 0.3, contrast: 0.1, saturation: 1.02, grain: 0.028, fade: 0.02 },
  };
};
