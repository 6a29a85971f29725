import { gradient, hex, mix, readGradient, scale, smooth } from "../colour";
import { samplePlane, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";
import { buildTerrain, paintTerrain } from "../terrain";

const LIGHTS = [
  { name: "in the last sun", sand: "#d98a4e", sun: "#ffb066", ambient: "#6a6f9c", top: "#5b7fb0", low: "#f0c9a0", haze: "#e8b890", el: 0.2 },
  { name: "in the morning", sand: "#e2b483", sun: "#ffdcae", ambient: "#8298bd", top: "#4f88bf", low: "#dfe4dc", haze: "#e6d8c0", el: 0.3 },
  { name: "under a hard blue sky", sand: "#dba36a", sun: "#fff0d8", ambient: "#7a9cd0", top: "#1f5fa8", low: "#9cc4df", haze: "#d9cfb8", el: 0.45 },
  { name: "at dusk", sand: "#b97a66", sun: "#ff9a78", ambient: "#6a5f98", top: "#4a4a80", low: "#eba78e", haze: "#c98f8c", el: 0.17 },
] as const;

/** Wind-blown dunes with sharp crests and raking light. */
export const dunes: SceneMaker = (mood, shot) => {
  const light = mood.pick(LIGHTS);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const wind = random.range(-0.5, 0.5), cw = Math.cos(wind), sw = Math.sin(wind);
    const wave = (x: number, z: number, f: number, key: number, bend: number) => {
      const phase = (x * cw + z * sw) * f + bend * noise.fbm(x * f * 0.42 + key, z * f * 0.3 + key, 3) * 1.7 + 0.18 * noise.at(x * f * 1.3, z * f * 1.3 + key);
      const t = phase - Math.floor(phase), a = 0.7;
      const profile = t < a ? (t / a) * (0.45 + 0.55 * (t / a)) : (1 - (t - a) / (1 - a)) ** 1.5;
      return profile * (0.55 + 0.75 * noise.fbm(x * f * 0.5 + 9 + key, z * f * 0.7, 2));
    };
    const terrain = buildTerrain(900, (x, z) => 0.034 * wave(x, z, 5.2, 3, 1.3) + 0.01 * wave(x + 0.3, z, 12, 40, 1) + 0.04 * noise.fbm(x * 2.2, z * 2.2 + 20, 3),
      random.pick([0.25, Math.PI - 0.25, 2.6, 0.5]) + random.range(-0.3, 0.3), light.el + random.range(0, 0.06), 0.0035);
    const horizon = random.range(0.16, 0.42);
    const sky = gradient([[0, hex(light.low)], [1, hex(light.top)]]);
    shade(frame, (u, v, out) => {
      readGradient(sky, (horizon + 0.12 - v) / 0.6, out);
      const cirrus = smooth(0.15, 0.7, noise.fbm(u * 2 + 3 * v, v * 9 + 3, 5)) * 0.1;
      for (let c = 0; c < 3; c++) out[c]! += cirrus;
    });
    const size = terrain.heights.width, [lx, ly, lz] = terrain.light;
    const sand = hex(light.sand), dark = mix(sand, hex("#7a3a20"), 0.45), sun = scale(hex(light.sun), 1.75), ambient = scale(hex(light.ambient), 0.62), haze = hex(light.haze, 0.95);
    paintTerrain(frame, terrain, { x: 0.5, z: 0.03, above: random.range(0.035, 0.1), heading: Math.PI / 2 + random.range(-0.25, 0.25), focal: random.range(0.9, 1.7), horizon, far: 0.95 }, (x, z, d, out) => {
      let nx = -samplePlane(terrain.dx, x * size, z * size), nz = -samplePlane(terrain.dz, x * size, z * size);
      const fine = smooth(0.3, 0.02, d);
      if (fine > 0) {
        const warp = noise.fbm(x * 30, z * 30, 3) * 5;
        const ripple = Math.cos((x * cw + z * sw) * 900 + warp * 2.4 + noise.at(x * 160, z * 60) * 1.6);
        nx += ripple * 0.2 * fine * cw;
        nz += ripple * 0.2 * fine * sw + noise.at(x * 1900, z * 1900) * 0.1 * smooth(0.1, 0.02, d);
      }
      const n = 1 / Math.sqrt(nx * nx + nz * nz + 1);
      const facing = Math.max(0, (nx * lx + ly + nz * lz) * n) * samplePlane(terrain.sun, x * size, z * size);
      const up = 0.55 + 0.45 * n, tone = 0.5 + 0.5 * noise.fbm(x * 14, z * 14, 4), far = 1 - Math.exp(-d * d * 1.5);
      for (let c = 0; c < 3; c++) {
        const albedo = dark[c]! + (sand[c]! - dark[c]!) * (0.55 + 0.45 * tone);
        const lit = albedo * (sun[c]! * facing * 1.15 + ambient[c]! * up + sun[c]! * 0.05);
        out[c] = lit + (haze[c]! - lit) * far * 0.75;
      }
    });
  };
  return {
    description: `Sand dunes ${light.name}, sharp crests between light and shadow`,
    subject: "dunes", paint,
    finish: { bloom: 0.04, halation: 0.03, vignette: 0.25, contrast: 0.14, saturation: 1.05, grain: 0.022 },
  };
};
