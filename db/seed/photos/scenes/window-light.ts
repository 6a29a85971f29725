import { blurPlane } from "../blur";
import { hex, mix } from "../colour";
import { shade, type Frame, type Plane } from "../frame";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";
import { plant, PLANTS } from "../plants";
import { silhouette } from "../vector";

const WALLS = [
  { name: "white plaster", colour: "#e9e2d8" }, { name: "terracotta", colour: "#c98a66" }, { name: "sage green", colour: "#a9b39a" },
  { name: "ochre", colour: "#d8b27a" }, { name: "pale pink", colour: "#e2c0b2" }, { name: "grey-blue", colour: "#9fb0bb" }, { name: "concrete", colour: "#b9b5ae" },
] as const;

const panes: Record<string, (random: Random) => string> = {
  window(random) {
    const columns = random.int(2, 3), rows = random.int(2, 4), w = random.range(110, 170), h = random.range(120, 190), bar = random.range(10, 20);
    let shapes = "";
    for (let i = 0; i < columns; i++) for (let j = 0; j < rows; j++) shapes += `<rect x="${i * (w + bar)}" y="${j * (h + bar)}" width="${w}" height="${h}"/>`;
    return shapes;
  },
  blinds(random) {
    const slat = random.range(20, 34);
    let shapes = "";
    for (let i = 0; i < 22; i++) shapes += `<rect x="0" y="${i * slat}" width="${420 + random.range(-4, 4)}" height="${slat * 0.55}"/>`;
    return shapes;
  },
  arch: () => `<path d="M0 640V180a170 190 0 0 1 340 0V640Z"/>`,
  doorway: (random) => `<rect x="0" y="-300" width="${random.range(160, 330)}" height="1600"/>`,
  open: () => `<rect x="-900" y="-900" width="2800" height="2800"/>`,
};

/** Sunlight through a window, and the shadow of a plant, on a wall. */
export const windowLight: SceneMaker = (mood, shot) => {
  const wall = mood.pick(WALLS), hour = mood.range(0, 1);
  const kind = mood.pick(Object.keys(panes)), leaf = mood.pick(PLANTS);
  const leafy = kind === "open" || shot.chance(0.75);
  const paint = async (frame: Frame) => {
    const noise = new Noise(mood.fork("wall")), random = shot.fork("paint"), unit = frame.height / 1000;
    const lean = random.range(-24, 24), tilt = random.range(-10, 10), size = random.range(1.2, 1.85);
    const shapes = `<g transform="translate(${random.range(-390, -150)} ${random.range(40, 230)}) scale(${size}) skewY(${lean}) skewX(${tilt})">${panes[kind]!(random)}</g>`;
    const light = blurPlane(await silhouette(frame.width, frame.height, shapes), 3.2 * unit, 3.2 * unit);
    const shadows: Plane[] = [];
    if (leafy) {
      for (const soft of [4, 11]) {
        let stems = "";
        for (let i = 0, n = random.int(2, 4); i < n; i++) stems += plant(leaf, random, random.range(-520, 380), random.range(1015, 1120), random.range(-0.7, 0.7), random.range(520, 960));
        shadows.push(blurPlane(await silhouette(frame.width, frame.height, stems), soft * unit));
      }
    }
    const base = hex(wall.colour), sun = mix(hex("#fff0da"), hex("#ffb56a"), hour), dim = mix(hex("#c3cbd8"), hex("#8d93ad"), hour);
    const falloff = random.range(-0.25, 0.25);
    shade(frame, (u, v, out, i) => {
      const rough = noise.fbm(u * 26, v * 26, 4), trowel = noise.fbm(u * 3 + 0.5 * noise.at(u * 2, v * 3), v * 5, 4);
      const relief = noise.fbm((u + 0.004) * 60, (v + 0.003) * 60, 3) - noise.fbm(u * 60, v * 60, 3);
      let lit = light.data[i]!;
      for (const s of shadows) lit *= 1 - s.data[i]! * 0.9;
      const even = 1 - 0.35 * Math.abs(v - 0.4) + falloff * u;
      const body = 1 + 0.05 * rough + 0.07 * trowel;
      for (let c = 0; c < 3; c++) {
        out[c] = base[c]! * body * even * (dim[c]! * 0.42 * (1 + relief * 0.06) + sun[c]! * lit * (0.92 + relief * 0.3) + sun[c]! * 0.05);
      }
    });
  };
  const through = { window: "through a window", blinds: "through blinds", arch: "through an arch", doorway: "through an open door", open: "late in the day" }[kind]!;
  return {
    description: `Sunlight ${through} on a wall of ${wall.name}${leafy ? `, with the shadow of ${leaf.name}` : ""}`,
    subject: "light", paint,
    finish: { bloom: 0.05, halation: 0.03, vignette: 0.3, contrast: 0.14, grain: 0.03, fade: 0.03, highlights: [0.012, 0.004, -0.014] },
  };
};
