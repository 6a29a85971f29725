import { blurFrame, blurPlane } from "../blur";
import { hex, mix, smooth, type Colour } from "../colour";
import { glow, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import { leafShape } from "../plants";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";
import { silhouette } from "../vector";

const HOURS = [
  { name: "in the evening sun", top: "#c98f52", mid: "#f3c777", low: "#7a5a26", stem: "#5a3f16", tip: "#ffdc96" }, { name: "on a green morning", top: "#a9c08a", mid: "#dfe6b4", low: "#4a6330", stem: "#2c4a1c", tip: "#eef2b8" },
  { name: "in pink dusk", top: "#a88aa5", mid: "#eab9a5", low: "#5a4452", stem: "#3a2833", tip: "#ffd6be" }, { name: "under blue light", top: "#7fa3bd", mid: "#c2d6d8", low: "#3a5560", stem: "#1f363c", tip: "#e6f2ee" },
] as const;

function grass(random: Random, count: number, aspect: number, tall: number, wide: number): string {
  let shape = "";
  for (let i = 0; i < count; i++) {
    const x = random.range(-560, 560) * aspect, h = tall * random.range(0.5, 1.15), lean = random.normal() * 0.22 * h + 0.06 * h, w = wide * random.range(0.6, 1.3), y = 1010;
    shape += `M${x - w} ${y}Q${x - w * 0.6} ${y - h * 0.6} ${x + lean} ${y - h}Q${x + w * 0.9} ${y - h * 0.55} ${x + w} ${y}Z`;
  }
  return `<path d="${shape}"/>`;
}

/** Ears of wild grass or wheat on bent stems. */
function ears(random: Random, count: number, aspect: number, tall: number, size: number): { stems: string; heads: string } {
  let stems = "", heads = "";
  for (let i = 0; i < count; i++) {
    const x = random.range(-520, 520) * aspect, h = tall * random.range(0.72, 1.12), lean = random.normal() * 0.16 * h + 0.08 * h, y = 1010 - h, s = size * random.range(0.75, 1.2);
    stems += `<path d="M${x} 1010Q${x} ${1010 - h * 0.6} ${x + lean} ${y}" stroke="#fff" stroke-width="${s * 0.07}" fill="none"/>`;
    let px = x + lean, py = y, angle = -Math.PI / 2 + lean / h * 1.5;
    const bend = random.range(0.3, 1.1) * Math.sign(lean), steps = 11;
    for (let k = 0; k < steps; k++) {
      angle += bend / steps;
      px += Math.cos(angle) * s * 0.13;
      py += Math.sin(angle) * s * 0.13;
      const taper = Math.sin(Math.PI * (0.2 + (0.72 * k) / steps));
      for (const side of [-1, 1]) {
        heads += leafShape(px, py, angle + side * 0.5, s * 0.27 * taper + 2, s * 0.075 * taper + 0.8, 0.4);
        stems += `<path d="M${px} ${py}L${px + Math.cos(angle + side * 0.28) * s * 0.75} ${py + Math.sin(angle + side * 0.28) * s * 0.75}" stroke="#fff" stroke-width="${s * 0.016 + 0.3}"/>`;
      }
    }
  }
  return { stems, heads: `<path d="${heads}"/>` };
}

/** Grasses against the light, the far ones dissolved into discs. */
export const meadow: SceneMaker = (mood, shot) => {
  const hour = mood.pick(HOURS), wheat = mood.chance(0.6);
  const paint = async (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint"), { width, height } = frame, aspect = width / height, unit = height / 1000;
    const top = hex(hour.top), mid = hex(hour.mid), low = hex(hour.low), stem = hex(hour.stem), tip = hex(hour.tip, 1.15);
    const sunU = random.range(-0.3, 0.3), sunV = random.range(0.08, 0.4), rise = random.range(0.42, 0.62);
    shade(frame, (u, v, out) => {
      const trees = smooth(-0.2, 0.35, noise.fbm(u * 2.2 + 4, v * 2.2, 3) + (v - 0.28) * 1.2) * smooth(rise + 0.05, rise - 0.12, v) * 0.4, d = Math.exp(-((u - sunU) ** 2 + (v - sunV) ** 2) * 7);
      for (let c = 0; c < 3; c++) {
        const sky = top[c]! + (mid[c]! - top[c]!) * smooth(0, rise, v), ground = mid[c]! + (low[c]! - mid[c]!) * smooth(rise, 1, v);
        out[c] = (v < rise ? sky * (1 - trees) + low[c]! * trees : ground) * (1 + 0.14 * noise.fbm(u * 3, v * 5, 3)) + tip[c]! * d * 0.5;
      }
    });
    blurFrame(frame, 26 * unit);
    for (let i = 0; i < 70; i++) {
      const x = (sunU + random.normal() * 0.34) * height + width / 2, y = random.range(0.1, 0.85) * height, r = random.range(9, 34) * unit, k = random.range(0.05, 0.3);
      disc(frame, x, y, r, [tip[0] * k, tip[1] * k, tip[2] * k]);
    }
    blurFrame(frame, 2.5 * unit);
    const rim = (u: number, v: number) => Math.exp(-((u - sunU) ** 2 * 5 + (v - sunV) ** 2 * 3.5));
    const layer = async (shapes: string, blur: number, shade0: number, power: number, head = 0) => {
      const mask = await silhouette(width, height, shapes);
      if (blur) blurPlane(mask, blur * unit);
      const soft = { ...mask, data: mask.data.slice() };
      blurPlane(soft, 2.4 * unit + blur);
      shade(frame, (u, v, out, i) => {
        const a = mask.data[i]!;
        if (a <= 0.004) return;
        // Light comes from behind: thin edges glow, thick middles stay dark.
        const edge = 1 - soft.data[i]! * 0.85, lit = (0.22 + 1.2 * rim(u, v)) * (edge * 0.8 + head) * power, down = smooth(0.45, 1.05, v);
        for (let c = 0; c < 3; c++) {
          const own = stem[c]! * (shade0 - 0.45 * down) + tip[c]! * lit * (1 - 0.65 * down);
          out[c] = out[c]! + (own - out[c]!) * Math.min(1, a);
        }
      });
    };
    const tall = random.range(420, 640);
    await layer(grass(random, 150, aspect, tall * 0.82, 5), 9, 1.6, 0.8);
    await layer(grass(random, 130, aspect, tall * 0.8, 4), 3.4, 1.3, 0.8);
    if (wheat) {
      const back = ears(random, 16, aspect, tall * 1.05, 80), front = ears(random, random.int(5, 9), aspect, tall * 1.2, 118);
      await layer(back.stems + back.heads, 4, 1.3, 0.9, 0.1);
      await layer(front.stems, 0, 1, 1);
      await layer(front.heads, 0, 1, 0.9, 0.22);
    } else await layer(grass(random, 60, aspect, tall * 1.1, 4.5), 0, 1, 1.1);
    await layer(grass(random, 26, aspect, tall * 0.5, 11), 12, 0.7, 0.5);
    glow(frame, sunU * height + width / 2, sunV * height, height * 0.3, mix([0, 0, 0], tip, 0.07));
  };
  return {
    description: `${wheat ? "Ears of wheat" : "Tall grass"} against the light ${hour.name}`,
    subject: "meadow", paint,
    finish: { exposure: -0.35, bloom: 0.06, halation: 0.05, vignette: 0.28, contrast: 0.16, saturation: 1.04, grain: 0.026, fade: 0.02 },
  };
};

function disc(frame: Frame, cx: number, cy: number, r: number, colour: Colour): void {
  const { width, height, data } = frame;
  for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(height, cy + r); y++) {
    for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(width, cx + r); x++) {
      const d = Math.hypot(x - cx, y - cy) / r;
      if (d >= 1) continue;
      const w = smooth(1, 0.93, d) * (0.75 + 0.35 * d * d), k = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) data[k + c]! += colour[c]! * w;
    }
  }
}
