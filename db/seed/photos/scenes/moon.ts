import { clamp, hex, mix, smooth } from "../colour";
import { cover, glow, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import { createRandom } from "../random";
import { PLANTS, plant } from "../plants";
import type { SceneMaker } from "../scene";
import { silhouette } from "../vector";

/** The moon through a long lens: seas, craters, the terminator; sometimes behind twigs. */
export const moon: SceneMaker = (mood, shot) => {
  const rising = mood.chance(0.5), day = !rising && mood.chance(0.35);
  const framed = shot.pick(["", "", "branch", "ridge"] as const);
  const phase = shot.range(-1.25, 1.25);
  const paint = async (frame: Frame) => {
    const noise = new Noise(createRandom("luna")), random = shot.fork("paint");
    const radius = framed ? random.range(0.13, 0.24) : random.range(0.24, 0.42), cu = random.range(-0.08, 0.08), cv = framed === "ridge" ? random.range(0.3, 0.42) : random.range(0.42, 0.55);
    const sky = rising ? hex("#141b33") : day ? hex("#4f83b8") : hex("#04060b"), low = rising ? hex("#6b4a55") : day ? hex("#8fb6d6") : hex("#0a1018");
    const light = rising ? hex("#ffcf96") : hex("#f4f1ea");
    const lx = Math.sin(phase), lz = Math.cos(phase), turn = 0.4;
    const bump = (x: number, y: number, f: number, depth: number) => {
      noise.cells(x * f, y * f, 0.9);
      const keep = noise.cell, r = 0.16 + 0.28 * noise.cell * noise.cell, d = noise.f1 / r;
      if (keep < 0.35 || d > 1.5) return 0;
      return depth * (d < 1 ? d * d * 0.9 - 0.5 : 0.4 * smooth(1.5, 1, d));
    };
    const relief = (x: number, y: number) => 0.010 * noise.fbm(x * 9, y * 9, 5, 0.6) + bump(x, y, 3.2, 0.02) + bump(x + 9, y, 7, 0.013) + bump(x, y + 7, 15, 0.007) + bump(x + 3, y + 2, 31, 0.0035);
    shade(frame, (u, v, out) => {
      const t = smooth(0.1, 1, v), murk = noise.fbm(u * 1.2, v * 3, 4);
      for (let c = 0; c < 3; c++) out[c] = sky[c]! + (low[c]! - sky[c]!) * t * (1 + 0.4 * murk);
      const dx = (u - cu) / radius, dy = (v - cv) / radius, q = dx * dx + dy * dy;
      if (q > 1.02) return;
      const z = Math.sqrt(Math.max(0, 1 - q)), e = 0.008;
      // Unrolled a little towards the limb, so that craters flatten there.
      const k = 1 + 0.35 * q, x = dx * k * Math.cos(turn) - dy * k * Math.sin(turn), y = dx * k * Math.sin(turn) + dy * k * Math.cos(turn);
      const h = relief(x, y), gx = (relief(x + e, y) - h) / e, gy = (relief(x, y + e) - h) / e;
      const nx = dx - (gx * Math.cos(turn) + gy * Math.sin(turn)) * 0.9;
      const facing = clamp((nx * lx + z * lz) * 1.0);
      const maria = 0.85 * smooth(-0.06, 0.34, noise.fbm(x * 1.05 + 3 + 0.3 * noise.fbm(x * 3, y * 3, 3), y * 1.05, 6, 0.55)), rays = 0.12 * noise.fbm(x * 14, y * 14, 4, 0.65);
      const albedo = (0.9 - 0.42 * maria + rays + 0.25 * bump(x, y, 3.2, 1) * (1 - maria)) * (facing ** 0.72) * (day ? 0.75 : 1.05);
      const edge = clamp(((1 - Math.sqrt(q)) * radius * frame.height) / 1.4);
      for (let c = 0; c < 3; c++) {
        const surface = light[c]! * albedo + (day ? out[c]! * 0.96 : 0.004);
        out[c] = out[c]! + (surface - out[c]!) * edge;
      }
    });
    glow(frame, cu * frame.height + frame.width / 2, cv * frame.height, radius * frame.height * 1.7, mix([0, 0, 0], light, day ? 0.0 : 0.025));
    if (framed === "branch") {
      let stems = "";
      for (let i = 0; i < 3; i++) stems += plant(PLANTS[1]!, random, random.range(-500, -250), random.range(500, 1050), random.range(0.5, 1), random.range(500, 900));
      cover(frame, await silhouette(frame.width, frame.height, stems), mix(sky, [0, 0, 0], day ? 0.75 : 0.6), 0.97);
    }
    if (framed === "ridge") shade(frame, (u, v, out) => {
      const top = 0.82 - 0.2 * noise.ridged(u * 1.4 + 2, 5, 6) - 0.01 * Math.abs(noise.fbm(u * 60, 3, 3)), a = clamp((v - top) * frame.height);
      for (let c = 0; c < 3; c++) out[c] = out[c]! + (low[c]! * 0.12 - out[c]!) * a;
    });
  };
  return {
    description: `The moon ${day ? "in a daytime sky" : rising ? "rising, coloured by the haze" : "at night"}${framed === "branch" ? " behind a branch" : framed === "ridge" ? " over a ridge" : ", its craters sharp along the shadow"}`,
    subject: "moon", paint,
    finish: { bloom: 0.05, halation: 0.01, vignette: 0.15, contrast: 0.08, grain: 0.028, fade: 0.01 },
  };
};
