import { clamp, gradient, hex, readGradient, smooth } from "../colour";
import { shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const TONES = [["#04151f", "#0e4a5e", "#5fb3bf"], ["#06121a", "#1d3f55", "#8fb3c4"], ["#031a1c", "#0c6160", "#8fe0cf"], ["#0d1014", "#2c3a46", "#9aa8b2"]] as const;

/** Clear lake ice with cracks that reach into the depth, and frozen bubbles. */
export const ice: SceneMaker = (mood, shot) => {
  const tone = mood.pick(TONES);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const depths = gradient([[0, hex(tone[0])], [0.55, hex(tone[1])], [1, hex(tone[2])]]);
    const white = hex("#eaf6f8"), zoom = random.range(1, 1.8), lean = random.range(-0.05, 0.05), leanV = random.range(0.02, 0.06);
    const crack = (x: number, y: number, f: number, width: number, key: number) => {
      const wx = x + 0.11 * noise.fbm(x * 2.4 + key, y * 2.4, 3), wy = y + 0.11 * noise.fbm(x * 2.4, y * 2.4 + key, 3);
      noise.cells(wx * f + key, wy * f, 1);
      return smooth(width * f, 0, noise.f2 - noise.f1);
    };
    shade(frame, (u, v, out, i) => {
      const x = u * zoom, y = (v - 0.5) * zoom;
      const cloud = noise.fbm(x * 1.5 + 8, y * 1.5, 5), vein = noise.fbm(x * 4 + cloud * 2, y * 4, 5);
      readGradient(depths, clamp(0.36 + cloud * 0.5 + vein * 0.16), out);
      // The walls of the big cracks slant down: a smear of ever fainter copies.
      let wall = 0;
      const jitter = noise.value(i % 5003, (i / 5003) | 0), streak = 0.55 + 0.6 * noise.fbm(x * 16, y * 5, 4);
      for (let k = 0; k < 3; k++) {
        const q = (k + jitter) * 0.6;
        wall += crack(x + lean * q, y + leanV * q, 1.25, 0.01 + 0.012 * q, 3) * (0.3 - 0.12 * q) * streak;
      }
      const top = crack(x, y, 1.25, 0.0065, 3), second = crack(x, y, 3.1, 0.0032, 40) * smooth(-0.2, 0.25, noise.at(x * 1.4 + 7, y * 1.4));
      const hair = crack(x, y, 7.5, 0.0016, 80) * smooth(0, 0.3, noise.at(x * 2 + 70, y * 2));
      const frost = smooth(0.25, 0.6, noise.fbm(x * 9, y * 9, 5)) * 0.14 * smooth(0, 0.4, cloud), snow = smooth(0.34, 0.5, noise.fbm(x * 1.1 + 90, y * 1.1, 6)) * 0.8;
      let w = wall + top * 0.85 + second * 0.6 + hair * 0.35 + frost;
      w = clamp(Math.max(w, snow * (0.8 + 0.2 * noise.fbm(x * 60, y * 60, 3))), 0, 0.96);
      const sheen = 0.06 * smooth(0.6, -0.2, v) * (1 + vein);
      for (let c = 0; c < 3; c++) out[c] = out[c]! + (white[c]! * 0.93 - out[c]!) * w + sheen * white[c]!;
    });
  };
  return {
    description: `Clear, dark lake ice crossed by white cracks`,
    subject: "ice", paint,
    finish: { bloom: 0.04, halation: 0, vignette: 0.28, contrast: 0.15, grain: 0.022, saturation: 1.02 },
  };
};
