import { clamp, gradient, hex, mix, readGradient, scale, smooth } from "../colour";
import { samplePlane, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";
import { buildTerrain, paintTerrain } from "../terrain";

const LIGHTS = [
  { name: "in the last light", sun: "#ff9a6a", power: 2.1, ambient: "#5a6c9c", top: "#4a6496", low: "#f2c2b0", haze: "#c3a6b4", el: 0.16 },
  { name: "on a clear morning", sun: "#fff0da", power: 2.0, ambient: "#7f9cc8", top: "#2a66a8", low: "#bcd8e8", haze: "#a9c2d6", el: 0.42 },
  { name: "after a storm", sun: "#e6ecf2", power: 1.7, ambient: "#9aa8ba", top: "#6c7a88", low: "#c8ced2", haze: "#b3bcc3", el: 0.5 },
] as const;

/** High mountains: rock, snow where it can lie, haze between the ranges. */
export const alpine: SceneMaker = (mood, shot) => {
  const light = mood.pick(LIGHTS), snow = mood.range(0.35, 0.95), green = mood.chance(0.4) && snow < 0.7;
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const ox = random.range(0, 40), oz = random.range(0, 40);
    const height = (x: number, z: number) => {
      const wx = x + 0.05 * noise.fbm(x * 5 + ox, z * 5, 3), wz = z + 0.05 * noise.fbm(x * 5, z * 5 + oz, 3);
      const range = noise.ridged(wx * 2.6 + ox, wz * 2.6 + oz, 8, 0.47);
      const valley = smooth(0.02, 0.55, z) * 0.9 + 0.1;
      return 0.235 * range ** 1.25 * valley + 0.004 * noise.fbm(x * 60, z * 60, 4) * range;
    };
    const terrain = buildTerrain(1000, height, random.pick([0.2, Math.PI - 0.2, -0.5, Math.PI + 0.5]) + random.range(-0.2, 0.2), light.el, 0.005);
    const horizon = random.range(0.42, 0.56), low = hex(light.low), haze = hex(light.haze);
    const sky = gradient([[0, low], [1, hex(light.top)]]);
    const cover = random.range(-0.25, 0.15);
    shade(frame, (u, v, out) => {
      readGradient(sky, (horizon - v) / 0.5, out);
      const far = 1 / (horizon - v + 0.16);
      const cloud = smooth(0, 0.5, noise.fbm(u * far * 0.5 + 8, far * 1.1, 6, 0.55) + cover) * smooth(horizon + 0.1, horizon - 0.3, v);
      for (let c = 0; c < 3; c++) out[c] = out[c]! + ((low[c]! * 0.5 + 0.48) - out[c]!) * cloud * 0.7;
    });
    const size = terrain.heights.width, [lx, ly, lz] = terrain.light;
    const rock = mix(hex("#6b625a"), hex("#4d5560"), random.next()), pale = mix(rock, hex("#a8998a"), 0.6), white = hex("#eef3fa", 1.05), grass = hex("#5c6a3a");
    const sun = scale(hex(light.sun), light.power), ambient = scale(hex(light.ambient), 0.85);
    const line = 0.2 - 0.2 * snow;
    paintTerrain(frame, terrain, { x: 0.5, z: 0.02, above: random.range(0.1, 0.2), heading: Math.PI / 2 + random.range(-0.3, 0.3), focal: random.range(1, 2), horizon, far: 1.05 }, (x, z, d, out) => {
      const y = samplePlane(terrain.heights, x * size, z * size);
      let nx = -samplePlane(terrain.dx, x * size, z * size), nz = -samplePlane(terrain.dz, x * size, z * size);
      const rough = noise.fbm(x * 130, z * 130, 4), strata = noise.fbm(y * 150 + rough, x * 6, 3);
      nx += noise.at(x * 320, z * 320) * 0.35;
      nz += noise.at(x * 320 + 50, z * 320) * 0.35;
      const n = 1 / Math.sqrt(nx * nx + nz * nz + 1);
      const lies = smooth(line - 0.03, line + 0.05, y + rough * 0.03) * smooth(0.5, 0.7, n + rough * 0.12 + strata * 0.05);
      const lush = green ? smooth(0.1, 0.05, y + rough * 0.02) * smooth(0.55, 0.8, n) : 0;
      const facing = Math.max(0, (nx * lx + ly + nz * lz) * n) * samplePlane(terrain.sun, x * size, z * size);
      const far = 1 - Math.exp(-d * 0.95 * smooth(0.3, 0, y * 0.8)), skyLit = 0.45 + 0.55 * n;
      const stone = clamp(0.5 + strata * 0.9 + rough * 0.5);
      for (let c = 0; c < 3; c++) {
        let albedo = rock[c]! + (pale[c]! - rock[c]!) * stone;
        albedo += (grass[c]! * (0.8 + rough * 0.5) - albedo) * lush;
        albedo += (white[c]! - albedo) * lies;
        const lit = albedo * (sun[c]! * facing + ambient[c]! * skyLit);
        out[c] = lit + (haze[c]! - lit) * far * 0.85;
      }
    });
  };
  return {
    description: `A mountain range ${light.name}, ${snow > 0.65 ? "deep in snow" : "rock and snowfields"}${green ? ", green slopes below" : ""}`,
    subject: "mountains", paint,
    finish: { bloom: 0.04, halation: 0.02, vignette: 0.22, contrast: 0.12, saturation: 1.04, grain: 0.022 },
  };
};
