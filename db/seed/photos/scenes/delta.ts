import { clamp, gradient, hex, readGradient, smooth } from "../colour";
import { shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const RIVERS = [
  { land: ["#1d1c1b", "#2d2a28", "#45403b"], water: ["#7f9aa0", "#a9c0bf", "#3f626d"], rust: "#a8642c", name: "black sand" },
  { land: ["#c79a5a", "#d9b680", "#a87642"], water: ["#2f7f8a", "#6fb3ac", "#d9e3d0"], rust: "#b5472a", name: "ochre silt" },
  { land: ["#6f7a4a", "#8a8f5a", "#4f5a3a"], water: ["#26434a", "#4a6a68", "#8fa59a"], rust: "#c2a13a", name: "green marsh" },
  { land: ["#a99c8c", "#c9beb0", "#8a7c6c"], water: ["#4f97a6", "#86c0c0", "#2c6f86"], rust: "#b5705c", name: "pale salt" },
] as const;

/** A braided river from the air, nearly abstract: threads of water over silt. */
export const delta: SceneMaker = (mood, shot) => {
  const river = mood.pick(RIVERS);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const land = gradient([[0, hex(river.land[0])], [0.5, hex(river.land[1])], [1, hex(river.land[2])]]), water = gradient([[0, hex(river.water[2])], [0.5, hex(river.water[0])], [1, hex(river.water[1])]]);
    const rust = hex(river.rust), turn = random.range(0, 6.2), ct = Math.cos(turn), st = Math.sin(turn), zoom = random.range(0.8, 1.5), flood = random.range(-0.06, 0.1);
    const w = new Float32Array(3);
    shade(frame, (u, v, out) => {
      const px = u * zoom, py = (v - 0.5) * zoom;
      let x = px * ct - py * st, y = px * st + py * ct;
      y += 0.16 * noise.fbm(x * 1.5, y * 1.2 + 5, 3);
      x += 0.1 * noise.fbm(x * 1.2 + 9, y * 2, 3);
      // Threads run along x: stretched crests that meet and part.
      const wide = 1 - Math.abs(noise.at(x * 1.1 + 3, y * 3.2)), mid = 1 - Math.abs(noise.at(x * 2.1 + 20, y * 6.5 + 0.7 * noise.at(x * 3, y * 3))), thin = 1 - Math.abs(noise.at(x * 4.2 + 40, y * 13 + 0.8 * noise.at(x * 6, y * 6)));
      const silt = noise.fbm(x * 4, y * 15, 5, 0.55), grit = noise.fbm(px * 60, py * 60, 3);
      const level = Math.max(smooth(0.9 - flood, 0.985, wide), smooth(0.925 - flood, 0.99, mid) * 0.85, smooth(0.93 - flood * 0.6, 0.99, thin) * 0.6 * smooth(-0.3, 0.2, noise.at(x * 1.3 + 60, y * 2)));
      const wet = clamp(level * 1.3 + silt * 0.1);
      readGradient(land, clamp(0.5 + silt * 0.75 + 0.12 * grit), out);
      const ore = smooth(0.08, 0.5, noise.fbm(x * 1.6 + 70, y * 5, 4)) * smooth(0.75, 0.15, wet);
      const bank = smooth(0.02, 0.16, wet) * smooth(0.4, 0.16, wet), flow = noise.fbm(x * 5 + 30, y * 42 + 2 * wet, 4);
      for (let c = 0; c < 3; c++) {
        out[c] = out[c]! + (rust[c]! * (1 + 0.4 * silt) - out[c]!) * ore * 0.7;
        out[c]! *= 1 - 0.3 * bank;
      }
      readGradient(water, clamp(0.3 + 0.55 * wet + 0.35 * flow), w);
      const a = smooth(0.14, 0.34, wet);
      for (let c = 0; c < 3; c++) out[c] = (out[c]! + (w[c]! - out[c]!) * a) * (1 + 0.05 * grit);
    });
  };
  return {
    description: `A braided river seen from the air, threads of water over ${river.name}`,
    subject: "delta", paint,
    finish: { bloom: 0.02, halation: 0, vignette: 0.2, contrast: 0.16, saturation: 1.02, grain: 0.022 },
  };
};
