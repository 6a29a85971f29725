import { clamp, hex, hsl, mix, smooth, type Colour } from "../colour";
import { shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";

const SEASONS = [
  { name: "in early summer", crops: ["#6f8f3a", "#8aa54a", "#c9b96a", "#4f7a35", "#a9b560", "#e0c83a", "#7a6a48"], wood: "#24401f" }, { name: "at harvest", crops: ["#d9b768", "#c79a4a", "#b5823a", "#e3cf98", "#8a7a4a", "#7a5a3a", "#96a052"], wood: "#3a4a24" },
  { name: "in autumn", crops: ["#8a5a36", "#a9713a", "#6b4a32", "#c49a58", "#7f7a45", "#5a4a3a", "#9a8a5a"], wood: "#7a4a1c" }, { name: "with tulips in bloom", crops: ["#b83a4a", "#d9ab4a", "#d995a5", "#6a4a80", "#e2dccf", "#5a7a44", "#c06a44"], wood: "#2a4a24" },
  { name: "under thin snow", crops: ["#dfe4e8", "#cdd3d6", "#b9b6ac", "#e9ecee", "#a39c8c", "#c3c8ca", "#948a78"], wood: "#4a443c" },
] as const;

interface Plot { colour: Colour; turn: number; rows: number; tone: number; wood: boolean; split?: { axis: 0 | 1; at: number; low: Plot; high: Plot } }

function divide(random: Random, w: number, h: number, depth: number, crops: readonly string[], strips: boolean): Plot {
  const plot: Plot = { colour: mix(hex(random.pick(crops)), hsl(random.next(), 0.2, 0.4), 0.06), turn: random.pick([0, 0, Math.PI / 2, 0.3]), rows: random.range(60, 170), tone: random.range(0.85, 1.1), wood: random.chance(0.08) };
  if (depth === 0 || (depth < 3 && random.chance(0.2))) return plot;
  const axis = strips ? 1 : w > h * random.range(0.7, 1.4) ? 0 : 1, at = random.range(0.3, 0.7);
  plot.split = { axis, at, low: divide(random, axis ? w : w * at, axis ? h * at : h, depth - 1, crops, strips), high: divide(random, axis ? w : w * (1 - at), axis ? h * (1 - at) : h, depth - 1, crops, strips) };
  return plot;
}

/** Farmland from a balloon: plots, rows, lanes, hedges with long shadows. */
export const fields: SceneMaker = (mood, shot) => {
  const season = mood.pick(SEASONS), strips = season.name === "with tulips in bloom";
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const root = divide(random, 3, 3, strips ? 6 : 8, season.crops, strips);
    const wood = hex(season.wood), lane = hex(season.name === "under thin snow" ? "#8f8878" : "#d6c6a4");
    const turn = random.range(0, 3), ct = Math.cos(turn), st = Math.sin(turn), zoom = random.range(0.9, 1.6), bend = random.range(0.05, 0.25);
    const sx = random.pick([-1, 1]) * 0.012, sy = 0.009;
    const trees = (x: number, y: number, dense: number) => {
      const wx = x + 0.004 * noise.at(x * 70, y * 70), wy = y + 0.004 * noise.at(x * 70 + 9, y * 70);
      noise.cells(wx * 52, wy * 52, 0.85);
      const r = 0.2 + 0.34 * ((noise.cell * 7) % 1);
      return noise.cell < dense ? clamp((r - noise.f1) / 0.1) : 0;
    };
    shade(frame, (u, v, out) => {
      const px = u * zoom, py = (v - 0.5) * zoom;
      const x = px * ct - py * st + bend * noise.fbm(px * 0.9 + 3, py * 0.9, 3), y = px * st + py * ct + bend * noise.fbm(px * 0.9, py * 0.9 + 8, 3);
      let plot = root, x0 = -1.5, y0 = -1.5, w = 3, h = 3, edge = 9, main = 9, depth = 0;
      while (plot.split) {
        const { axis, at, low, high } = plot.split, line = axis ? y0 + h * at : x0 + w * at, d = (axis ? y : x) - line;
        edge = Math.min(edge, Math.abs(d));
        if (depth < 3) main = Math.min(main, Math.abs(d));
        if (d < 0) { plot = low; if (axis) h *= at; else w *= at; }
        else { plot = high; if (axis) { y0 = line; h *= 1 - at; } else { x0 = line; w *= 1 - at; } }
        depth++;
      }
      const c2 = Math.cos(plot.turn), s2 = Math.sin(plot.turn), across = x * c2 + y * s2;
      const rows = Math.sin(across * plot.rows * 6.28 + noise.at(x * 9, y * 9) * 0.8), tram = smooth(0.94, 0.99, Math.cos(across * plot.rows * 0.45));
      const soil = noise.fbm(x * 3.2 + depth, y * 3.2, 5), fine = noise.fbm(x * 46, y * 46, 4), swath = noise.fbm(across * 30, (y * c2 - x * s2) * 2.5, 3);
      const k = plot.tone * (1 + 0.07 * rows + 0.16 * soil + 0.1 * fine + 0.1 * swath - 0.2 * tram);
      for (let c = 0; c < 3; c++) out[c] = plot.colour[c]! * k;
      const verge = smooth(0.008, 0.003, edge), track = smooth(0.0075, 0.005, main);
      for (let c = 0; c < 3; c++) {
        out[c] = out[c]! + (wood[c]! * 2.2 - out[c]!) * verge * 0.6;
        out[c] = out[c]! + (lane[c]! * (1 + 0.1 * fine) - out[c]!) * track;
      }
      const hedge = edge < 0.03 && main > 0.02 ? 0.34 : plot.wood && edge > 0.012 ? 0.93 : 0.004;
      const shadow = trees(x + sx, y + sy, edge < 0.036 && main > 0.02 ? 0.34 : hedge), crown = trees(x, y, hedge);
      for (let c = 0; c < 3; c++) out[c]! *= 1 - 0.55 * shadow;
      if (crown > 0) {
        const lit = 0.75 + 0.9 * (trees(x + sx * 0.4, y + sy * 0.4, hedge) - trees(x - sx * 0.4, y - sy * 0.4, hedge)) * -0.6 + 0.4 * noise.fbm(x * 160, y * 160, 3);
        for (let c = 0; c < 3; c++) out[c] = out[c]! + (wood[c]! * Math.max(0.3, lit) * 1.5 - out[c]!) * crown;
      }
      const sunlit = 0.92 + 0.22 * noise.fbm(px * 0.8 + 30, py * 0.8, 2);
      for (let c = 0; c < 3; c++) out[c]! *= sunlit;
    });
  };
  return {
    description: `Fields seen from above ${season.name}, hedges and lanes between them`,
    subject: "fields", paint,
    finish: { bloom: 0.02, halation: 0, vignette: 0.18, contrast: 0.13, saturation: 0.98, grain: 0.02, warmth: 0.06 },
  };
};
