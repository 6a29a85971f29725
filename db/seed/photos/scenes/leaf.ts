import { clamp, hex, smooth } from "../colour";
import { blurFrame } from "../blur";
import { createFrame, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const LEAVES = [
  { name: "green", lit: "#a8cf3a", deep: "#2f6a1c", vein: "#e6f2a8", back: "#c9d98a" }, { name: "autumn red", lit: "#e0552a", deep: "#7a1414", vein: "#ffc07a", back: "#e9a060" },
  { name: "golden", lit: "#f0b52e", deep: "#9a5a10", vein: "#fff0b0", back: "#d9c07a" }, { name: "young green", lit: "#c9e06a", deep: "#5f8f2a", vein: "#f4f7cf", back: "#e6efc0" },
  { name: "dark green", lit: "#4f9150", deep: "#0d3a26", vein: "#b9dca8", back: "#28553f" }, { name: "purple", lit: "#a84a6a", deep: "#3a1230", vein: "#f2b6bc", back: "#6a3550" },
] as const;

/** A leaf against the light, near enough to see its smallest veins. */
export const leaf: SceneMaker = (mood, shot) => {
  const kind = mood.pick(LEAVES), dew = shot.chance(0.35);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const lit = hex(kind.lit), deep = hex(kind.deep), vein = hex(kind.vein);
    const turn = random.range(-0.9, 0.9) + Math.PI / 2, ct = Math.cos(turn), st = Math.sin(turn), zoom = random.range(0.55, 1.1), off = random.range(-0.25, 0.25);
    const spacing = random.range(0.13, 0.19), sweep = random.range(0.55, 1.1), focus = random.range(-0.2, 0.2);
    const sunU = random.range(-0.4, 0.4), sunV = random.range(0.1, 0.7);
    shade(frame, (u, v, out) => {
      const px = u * zoom, py = (v - 0.5) * zoom;
      let s = px * ct + py * st, t = -px * st + py * ct + off * zoom;
      s += 0.02 * noise.fbm(px * 3, py * 3, 3);
      t += 0.03 * noise.at(s * 1.4 + 5, 2) + 0.004 * noise.at(s * 20, 4);
      const side = Math.abs(t);
      // Side veins leave the midrib at an angle and bend towards the tip.
      const along = (s - sweep * side + 0.55 * side * side + (t > 0 ? 0.4 * spacing : 0)) / spacing + 0.06 * noise.at(px * 7, py * 7);
      const near = Math.abs(along - Math.round(along)) * spacing / Math.hypot(1, sweep);
      const main = smooth(0.012 - 0.004 * s, 0.002, side), second = smooth(0.0062 * (1.15 - side), 0.0008, near) * smooth(1.1, 0.2, side);
      const bulge = Math.abs(along - Math.round(along)) * 2;
      const warp = 0.3 * noise.at(px * 9, py * 9);
      noise.cells(s * 17 + warp, t * 17 - warp, 0.95);
      const third = smooth(0.07, 0.0, noise.f2 - noise.f1), cell = noise.cell;
      noise.cells(s * 58 + warp * 2, t * 58, 0.95);
      const fourth = smooth(0.14, 0.0, noise.f2 - noise.f1), tiny = noise.cell;
      const sun = Math.exp(-((u - sunU) ** 2 + (v - sunV) ** 2) * 2.2);
      const mottle = noise.fbm(px * 5, py * 5, 4);
      const body = clamp(0.2 + 0.75 * sun + 0.22 * mottle + 0.12 * (cell - 0.5) + 0.1 * (tiny - 0.5) + 0.22 * bulge - 0.1);
      const net = clamp(main * 1 + second * 0.9 + third * 0.42 + fourth * 0.17);
      const shadow = smooth(0.03, 0.006, side) * 0.25 + smooth(0.016, 0.004, near) * 0.14;
      for (let c = 0; c < 3; c++) {
        const flesh = (deep[c]! + (lit[c]! - deep[c]!) * body) * (0.62 + 0.55 * sun) * (1 - shadow);
        out[c] = flesh + (vein[c]! * (0.55 + 0.55 * sun) - flesh) * net * 0.85;
      }
    });
    if (dew) scatterDew(frame, random.fork("dew"), noise);
    // Only a band of the leaf is sharp.
    const soft = blurFrame({ ...createFrame(1, 1), width: frame.width, height: frame.height, data: frame.data.slice() }, frame.height * 0.011);
    shade(frame, (u, v, out, i) => {
      const band = smooth(0.12, 0.62, Math.abs((v - 0.5) * 0.8 + u * 0.5 - focus));
      for (let c = 0; c < 3; c++) out[c] = out[c]! + (soft.data[i * 3 + c]! - out[c]!) * band;
    });
  };
  return {
    description: `A ${kind.name} leaf against the light, its fine net of veins in focus${dew ? ", with drops of dew" : ""}`,
    subject: "leaf", paint,
    finish: { bloom: 0.06, halation: 0.01, vignette: 0.3, contrast: 0.14, saturation: 1.02, grain: 0.022 },
  };
};

function scatterDew(frame: Frame, random: { range(a: number, b: number): number; next(): number }, noise: Noise): void {
  const { width, height, data } = frame, source = data.slice();
  for (let n = 0; n < 70; n++) {
    const r = height * (0.004 + 0.035 * random.next() ** 5), cx = random.next() * width, cy = random.next() * height;
    for (let y = Math.max(0, Math.floor(cy - r * 1.5)); y < Math.min(height, cy + r * 1.5); y++) {
      for (let x = Math.max(0, Math.floor(cx - r * 1.5)); x < Math.min(width, cx + r * 1.5); x++) {
        let dx = (x - cx) / r, dy = (y - cy) / r;
        const wobble = 1 + 0.1 * noise.at(dx + n * 9, dy);
        dx *= wobble;
        dy *= wobble;
        const q = dx * dx + dy * dy, k = (y * width + x) * 3;
        if (q > 1) {
          const under = smooth(1.45, 1, Math.hypot(dx - 0.1, dy - 0.14)) * 0.35;
          for (let c = 0; c < 3; c++) data[k + c] = data[k + c]! * (1 - under);
          continue;
        }
        const z = Math.sqrt(1 - q), bend = 1 - 0.75 * (1 - z);
        const sx = clamp(cx - dx * r * bend * 1.2, 0, width - 1) | 0, sy = clamp(cy - dy * r * bend * 1.2, 0, height - 1) | 0, j = (sy * width + sx) * 3;
        const inner = 0.5 + 0.9 * smooth(-0.7, 0.8, dx * 0.5 + dy * 0.8), shine = 1.6 * smooth(0.2, 0.05, Math.hypot(dx + 0.38, dy + 0.45)), a = clamp((1 - Math.sqrt(q)) * r * 0.9);
        for (let c = 0; c < 3; c++) data[k + c] = data[k + c]! + (source[j + c]! * inner * 1.1 + shine - data[k + c]!) * a;
      }
    }
  }
}
