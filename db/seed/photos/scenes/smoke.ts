import { hex, smooth, type Colour } from "../colour";
import { createPlane, samplePlane, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const TONES = [
  { ground: "#f4f1ea", inks: ["#16324f", "#0d5c63"], dark: false, name: "blue ink" }, { ground: "#f6efe8", inks: ["#b3202c", "#3a0f2a"], dark: false, name: "red ink" },
  { ground: "#0b0c10", inks: ["#dfe6ee", "#7d93b0"], dark: true, name: "white smoke" }, { ground: "#0d0a12", inks: ["#ff8a5c", "#7b3fe0"], dark: true, name: "coloured smoke" },
  { ground: "#eef1ee", inks: ["#1c1c1e", "#3c3f46"], dark: false, name: "black ink" }, { ground: "#071019", inks: ["#43e0d0", "#2a6bff"], dark: true, name: "blue-green smoke" },
  { ground: "#f3e9d8", inks: ["#d98e04", "#7a2e0b"], dark: false, name: "amber ink" },
] as const;

/** Ink falling through water, or smoke rising in a beam of light. */
export const smoke: SceneMaker = (mood, shot) => {
  const tone = mood.pick(TONES);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const inks = tone.inks.map((c) => hex(c)), ground = hex(tone.ground);
    // The flow: curl of a noise potential, on a coarse grid.
    const n = 192, fx = createPlane(n, n), fy = createPlane(n, n), e = 0.004;
    const potential = (x: number, y: number) => noise.fbm(x * 2.1, y * 1.7, 2) + 0.42 * noise.fbm(x * 6.5 + 9, y * 5.5, 3, 0.55);
    for (let j = 0, i = 0; j < n; j++) {
      for (let k = 0; k < n; k++, i++) {
        const x = (k / n) * 2 - 1, y = (j / n) * 1.4 - 0.2, p = potential(x, y);
        fx.data[i] = (potential(x, y + e) - p) / e;
        fy.data[i] = -(potential(x + e, y) - p) / e;
      }
    }
    const plumes = Array.from({ length: random.int(1, 3) }, () => ({ x: random.range(-0.22, 0.22), w: random.range(0.035, 0.1), reach: random.range(0.5, 0.95), fine: random.range(12, 26) }));
    const steps = 26, dt = random.range(0.0052, 0.0075), drift = random.range(0.009, 0.014);
    const flip = tone.dark;
    shade(frame, (u, v, out) => {
      let x = u, y = flip ? 1 - v : v;
      let stretch = 0;
      for (let s = 0; s < steps; s++) {
        const gx = (x + 1) * 0.5 * n, gy = ((y + 0.2) / 1.4) * n;
        const k = dt * (0.35 + y * 1.1);
        const vx = samplePlane(fx, gx, gy), vy = samplePlane(fy, gx, gy);
        x -= vx * k * 0.5;
        y -= vy * k * 0.5 + drift * 0.55;
        stretch += Math.abs(vx);
      }
      const light = 1 - 0.45 * Math.hypot(u * 0.9, v - 0.45);
      let a = 0, b = 0;
      for (const [k, plume] of plumes.entries()) {
        const d = Math.abs(x - plume.x) / (plume.w * (0.5 + 1.5 * Math.max(0, y + 0.25)));
        if (d > 2.2) continue;
        const veil = Math.exp(-d * d * 1.1), strand = 0.5 + 0.5 * noise.fbm(x * plume.fine + k * 31, y * 3.2, 4, 0.55);
        const sheet = smooth(0.18, 0.02, Math.abs(strand - 0.5)) * 0.8 + smooth(0.2, 0.95, strand) * 0.75;
        const density = veil * sheet * smooth(plume.reach + 0.15, plume.reach - 0.45, y);
        if (k % 2) b += density;
        else a += density;
      }
      const first = inks[0] as Colour, second = inks[1] as Colour;
      const shift = smooth(4, 16, stretch / steps * 4);
      for (let c = 0; c < 3; c++) {
        const ink = first[c]! + (second[c]! - first[c]!) * shift, other = second[c]! + (first[c]! - second[c]!) * shift * 0.5;
        if (flip) out[c] = ground[c]! * light + (ink * a + other * b) * 0.95;
        else out[c] = ground[c]! * light * Math.exp(-(1 - ink) * a * 2.3 - (1 - other) * b * 2.3) ;
      }
    });
  };
  return {
    description: tone.dark ? `Curling ${tone.name} in a beam of light against black` : `${tone.name[0]!.toUpperCase()}${tone.name.slice(1)} unfolding in clear water`,
    subject: "abstract", paint,
    finish: { bloom: 0.05, halation: 0.01, vignette: 0.2, contrast: 0.12, grain: 0.02, saturation: 1.05 },
  };
};
