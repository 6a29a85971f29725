import { clamp, gradient, hex, readGradient, smooth } from "../colour";
import { shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const COASTS = [
  { deep: "#0a4a6e", mid: "#1c9aa8", low: "#8fdccb", wet: "#b99a72", sand: "#ecd9b4", name: "a turquoise coast" },
  { deep: "#12333d", mid: "#2f6b6e", low: "#9fb8a8", wet: "#3a3633", sand: "#56504b", name: "a black beach" },
  { deep: "#0e3a5c", mid: "#2c7a9c", low: "#a9d3d2", wet: "#c2a184", sand: "#e6cbb0", name: "an Atlantic beach" },
  { deep: "#0b5a6a", mid: "#35b7b0", low: "#c2efdc", wet: "#d9b9a0", sand: "#f4e3d4", name: "a pale pink beach" },
] as const;

/** Straight down on a beach: deep to shallow water, lines of foam, wet and dry sand. */
export const aerialCoast: SceneMaker = (mood, shot) => {
  const coast = mood.pick(COASTS);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const turn = random.range(0, Math.PI * 2), ct = Math.cos(turn), st = Math.sin(turn), shore = random.range(-0.22, 0.16), zoom = random.range(0.75, 1.35), bay = random.range(0.1, 0.34);
    const depths = gradient([[0, hex(coast.low)], [0.28, hex(coast.mid)], [1, hex(coast.deep)]]);
    const wet = hex(coast.wet), sand = hex(coast.sand), foam = hex("#f7fbfa");
    const rocks = random.chance(0.5);
    const waves = Array.from({ length: 4 }, (_, k) => ({ at: 0.012 + 0.075 * k * random.range(0.8, 1.25), key: k * 17 + 3, power: k === 0 ? 1 : random.range(0.45, 1) }));
    const line = new Float32Array(3);
    shade(frame, (u, v, out) => {
      const px = u * zoom, py = (v - 0.5) * zoom;
      const x = px * ct - py * st, y = px * st + py * ct;
      const curve = bay * noise.fbm(x * 1.3 + 4, 7, 3) + 0.02 * noise.fbm(x * 6, 3, 3);
      const reach = y - shore - curve;
      const swash = 0.022 * noise.fbm(x * 4 + 20, 1, 4) + 0.008 * noise.at(x * 17, 4);
      const depth = reach + 0.0 - swash;
      const grit = noise.fbm(px * 90, py * 90, 3), drifts = noise.fbm(x * 5, y * 14, 4);
      if (depth < 0) {
        const damp = smooth(-0.085 - 0.03 * drifts, -0.012, depth) * (0.85 + 0.15 * grit);
        const print = 0.05 * noise.fbm(px * 34, py * 34, 4) * smooth(-0.06, -0.2, depth);
        const mirror = smooth(-0.03, 0, depth) * 0.12;
        for (let c = 0; c < 3; c++) out[c] = (sand[c]! + (wet[c]! - sand[c]!) * damp) * (1 + 0.06 * grit + 0.1 * drifts + print) + mirror * 0.5;
      } else {
        const floor = noise.fbm(x * 3.2 + 11, y * 3.2, 5), reef = smooth(0.12, 0.5, floor) * smooth(0.06, 0.3, depth);
        readGradient(depths, clamp((depth / 0.85) ** 0.8 - floor * 0.14 + reef * 0.25), line);
        const chop = noise.fbm(x * 40 + noise.at(x * 9, y * 9) * 2, y * 75, 4) * 0.1 + noise.fbm(px * 12, py * 22, 3) * 0.05;
        const clear = smooth(0.05, 0, depth);
        for (let c = 0; c < 3; c++) {
          const body = line[c]! * (1 + chop - reef * 0.12);
          out[c] = body + (wet[c]! * 1.15 - body) * clear * 0.6;
        }
      }
      let white = smooth(0.0045, 0.0, Math.abs(depth - 0.0015)) * 0.9;
      let lace = -1;
      if (depth > -0.05 && depth < 0.6) for (const w of waves) {
        const along = noise.fbm(x * 2.2 + w.key, w.key, 4);
        const front = depth - w.at * (1 + 0.5 * noise.fbm(x * 1.6 + w.key * 3, 2, 3)) - 0.012 * noise.fbm(x * 9, w.key + 3, 4);
        if (front < -0.006 || front > 0.09) continue;
        const present = smooth(-0.32, 0.2, along) * w.power;
        const wide = 0.016 + 0.03 * Math.max(0, along);
        // Thick at the front, torn to lace behind it.
        if (lace < 0) {
          noise.cells(px * 46 + 2.4 * noise.at(px * 14, py * 14), py * 46 + 2.4 * noise.at(px * 14 + 9, py * 14));
          lace = Math.max(0, smooth(0.34, 0.02, noise.f2 - noise.f1) + 0.35 * noise.fbm(px * 130, py * 130, 2));
        }
        const body = smooth(-0.004, 0.002, front) * smooth(wide, 0.001, front);
        const trail = smooth(0, 0.006, front) * smooth(0.085, 0.008, front) * lace;
        white = Math.max(white, present * Math.max(body * (0.75 + 0.4 * noise.fbm(px * 60, py * 60, 3)), trail * 0.75));
        // The face of a wave that has not broken yet.
        if (present < 0.5) for (let c = 0; c < 3; c++) out[c]! *= 1 - 0.1 * smooth(0.02, 0, Math.abs(front)) * (1 - present);
      }
      const w = clamp(white);
      for (let c = 0; c < 3; c++) out[c] = out[c]! + (foam[c]! * 0.93 - out[c]!) * w;
      if (!rocks) return;
      const stone = noise.fbm(x * 4.2 + 60, y * 4.2 + 30, 5) - 0.34 - Math.abs(depth - 0.1) * 1.1;
      if (stone > -0.05) {
        const spray = smooth(-0.05, 0, stone) * (0.5 + 0.5 * grit);
        const a = smooth(0, 0.012, stone), relief = noise.fbm(px * 30 + 0.05, py * 30, 4) - noise.fbm(px * 30, py * 30 + 0.1, 4);
        for (let c = 0; c < 3; c++) {
          out[c] = out[c]! + (0.9 - out[c]!) * spray * 0.55 * (depth > 0 ? 1 : 0.1);
          out[c] = out[c]! + ([0.075, 0.066, 0.058][c]! * (1 + relief * 2.4 + grit * 0.4) - out[c]!) * a;
        }
      }
    });
  };
  return {
    description: `${coast.name[0]!.toUpperCase()}${coast.name.slice(1)} seen from straight above, waves breaking into white lace`,
    subject: "coast", paint,
    finish: { bloom: 0.03, halation: 0.01, vignette: 0.15, contrast: 0.12, saturation: 1.02, grain: 0.018 },
  };
};
