import { clamp, gradient, hex, mix, readGradient, smooth } from "../colour";
import { createFrame, sample, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const LIGHTS = [
  { name: "a low golden sun", top: "#5f86b0", mid: "#e9b98c", low: "#ffd58f", water: "#10293a", sun: 1, cloud: "#ffb98a" },
  { name: "a pink evening sky", top: "#6b7fb4", mid: "#d9a5b8", low: "#ffd0b4", water: "#1b2b45", sun: 0.3, cloud: "#f4a3a8" },
  { name: "a grey northern sky", top: "#6f7f8b", mid: "#a9b4ba", low: "#d3d8d8", water: "#16242a", sun: 0, cloud: "#dfe3e3" },
  { name: "a burning sunset", top: "#2c2f55", mid: "#b6524a", low: "#ff9a45", water: "#0c0f1d", sun: 1.3, cloud: "#e2603f" },
  { name: "a clear blue day", top: "#2f78b8", mid: "#86bcdc", low: "#d7ebef", water: "#0a4560", sun: 0.5, cloud: "#ffffff" },
  { name: "moonlight", top: "#0b1526", mid: "#1f3550", low: "#486580", water: "#040a12", sun: 0.6, cloud: "#3b5168" },
] as const;

/** Open water under a big sky, from glassy to rough, with the sun's road on it. */
export const sea: SceneMaker = (mood, shot) => {
  const light = mood.pick(LIGHTS);
  const calm = mood.chance(0.4), moon = light.name === "moonlight";
  const horizon = shot.pick([0.34, 0.42, 0.5, 0.6]) + shot.range(-0.03, 0.03);
  const sunU = shot.range(-0.22, 0.22), sunEl = shot.range(0.03, 0.16) + (moon ? 0.12 : 0);
  const rough = calm ? shot.range(0.012, 0.03) : shot.range(0.05, 0.11);
  const clouds = shot.range(-0.12, 0.2), islands = shot.chance(0.45);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise"));
    const table = gradient([[0, hex(light.low)], [0.28, hex(light.mid)], [1, hex(light.top)]]);
    const sunColour = moon ? hex("#cfe0f2") : hex("#ffd79a"), cloudColour = hex(light.cloud);
    const skyFrame = createFrame(frame.width, Math.ceil(frame.height * 0.8));
    const span = 0.8;
    shade(skyFrame, (a, b, out) => {
      const el = (1 - b) * span, u = a * span;
      readGradient(table, el / 0.62, out);
      const far = 1 / (el + 0.13);
      const x = u * far * 0.9, z = far * 1.5;
      const density = noise.fbm(x + 3 + 0.4 * noise.at(x * 2, z), z * 1.1, 6, 0.55) + clouds - 0.05;
      const d = smooth(0, 0.42, density);
      const under = noise.fbm(x + 3.12, z * 1.1 + 0.1, 3) + clouds;
      const near = Math.exp(-((u - sunU) ** 2 + (el - sunEl) ** 2) * 8);
      const lit = clamp(0.62 - (under - 0.1) * 0.9 + near * 0.7 * light.sun, 0.25, 1.6);
      for (let c = 0; c < 3; c++) {
        const cloud = cloudColour[c]! * lit;
        out[c] = out[c]! + (cloud - out[c]!) * d * 0.82;
        out[c]! += sunColour[c]! * light.sun * (near * 0.5 + (1 - d * 0.8) * Math.exp(-((u - sunU) ** 2 + (el - sunEl) ** 2) * 260) * 0.8);
      }
    });
    const pick = new Float32Array(3);
    const readSky = (u: number, el: number, out: Float32Array) =>
      sample(skyFrame, (u / span) * skyFrame.height + skyFrame.width / 2, (1 - clamp(el, 0, span) / span) * skyFrame.height - 0.5, out);
    const water = hex(light.water);
    const disc = moon ? 0.034 : 0.024;
    const sunAt = (u: number, el: number, size: number) => {
      const d = Math.hypot(u - sunU, el - sunEl);
      return smooth(size, size * 0.85, d);
    };
    const hills = (u: number, k: number) => Math.max(0, (0.05 - 0.018 * k) * (noise.fbm(u * (1.6 + k) + k * 30 + 2, 8, 5) * 1.6 + noise.at(u * 0.8 + k * 10, 1) * 1.6));
    const haze = mix(hex(light.low), hex(light.mid), 0.5);
    const landColour = [0, 1].map((k) => mix(haze, water, 0.35 + 0.3 * k));
    const land = (u: number, el: number, out: Float32Array) => {
      if (islands) for (let k = 0; k < 2; k++) if (el < hills(u, k)) for (let c = 0; c < 3; c++) out[c] = landColour[k]![c]!;
    };
    shade(frame, (u, v, out) => {
      const el = horizon - v;
      if (el >= 0) {
        readSky(u, el, out);
        const s = sunAt(u, el, disc) * light.sun * (moon ? 1.6 : 5);
        for (let c = 0; c < 3; c++) out[c]! += sunColour[c]! * s * (moon ? 0.8 + 0.3 * noise.fbm(u * 60, v * 60, 3) : 1);
        land(u, el, out);
        return;
      }
      const d = 0.16 / (-el + 0.0012), x = u * d, z = d;
      const foot = (d * d * 1.2) / frame.height / 0.16;
      let sx = 0, sy = 0, f = 1.6, a = 1, lost = 0;
      for (let o = 0; o < 6; o++) {
        const seen = smooth(1.1, 0.35, foot * f);
        if (seen > 0) {
          sy += a * seen * noise.at(x * f * 0.55 + o * 13, z * f * 1.1);
          sx += a * seen * noise.at(x * f * 0.8 + o * 29 + 7, z * f * 0.9 + 3) * 0.6;
        }
        lost += a * (1 - seen);
        f *= 2.05;
        a *= 0.74;
      }
      // Waves too fine for a pixel still scatter the light: stretched noise in place of a slope.
      if (lost > 0) {
        const g = noise.at(u * 140, v * 620) * smooth(0.004, 0.03, -el);
        sy += lost * g * 0.45;
        sx += lost * 0.2 * noise.at(u * 160 + 40, v * 700);
      }
      const up = Math.abs(-el + rough * (2.2 * sy + 0.9)), ru = u + rough * sx * 1.6;
      readSky(ru, up, pick);
      if (calm && lost < 0.4) land(ru, up, pick);
      const grazing = clamp(1 - (-el) * 1.35 + rough * sy * 3);
      const fresnel = 0.06 + 0.94 * grazing ** 2.2;
      const glitter = light.sun * sunAt(ru * 1, up * 0.75, disc * (calm ? 1.5 : 2.1)) * (moon ? 0.7 : 2.6);
      const road = light.sun * Math.exp(-((ru - sunU) ** 2) * (calm ? 160 : 60)) * clamp(0.3 + sy * 1.1) * (moon ? 0.3 : 0.35);
      for (let c = 0; c < 3; c++) out[c] = water[c]! * (1 + sy * 0.25) + (pick[c]! - water[c]!) * fresnel * 0.95 + sunColour[c]! * (glitter + road);
    });
  };
  return {
    description: `The ${calm ? "still" : "moving"} sea under ${light.name}${islands ? ", islands on the horizon" : ""}`,
    subject: moon ? "night" : "sea", paint,
    finish: { bloom: 0.07, halation: 0.05, vignette: 0.2, contrast: 0.1, saturation: 1.08, grain: 0.02 },
  };
};
