import { blurFrame } from "../blur";
import { clamp, hex, hsl, mix, smooth, type Colour } from "../colour";
import { createFrame, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { SceneMaker } from "../scene";

const KINDS = [
  { name: "dahlia", tip: "#f6c6b4", base: "#b5304a", ground: "#16241a", count: 190, long: 0.23, wide: 0.42, pointed: 0.5 }, { name: "white dahlia", tip: "#fbf4ea", base: "#d9c69a", ground: "#1a2a20", count: 170, long: 0.25, wide: 0.42, pointed: 0.45 },
  { name: "succulent", tip: "#d08a9a", base: "#8fb5a0", ground: "#20241f", count: 70, long: 0.34, wide: 0.6, pointed: 0.72 }, { name: "orange dahlia", tip: "#ffd08a", base: "#d9481a", ground: "#10180f", count: 210, long: 0.2, wide: 0.4, pointed: 0.5 },
  { name: "blue-green succulent", tip: "#b9cfc9", base: "#4f8078", ground: "#14201e", count: 62, long: 0.36, wide: 0.62, pointed: 0.75 }, { name: "violet chrysanthemum", tip: "#e0c9f0", base: "#6a3a9a", ground: "#120f1c", count: 240, long: 0.25, wide: 0.24, pointed: 0.3 },
  { name: "camellia", tip: "#ffd9dc", base: "#e5849a", ground: "#12201a", count: 64, long: 0.33, wide: 1.05, pointed: 0.2 },
] as const;

/** A flower or succulent from above: petals set by the golden angle, each shading the one beneath. */
export const flower: SceneMaker = (mood, shot) => {
  const kind = mood.pick(KINDS);
  const paint = (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint"), { width, height, data } = frame;
    const tip = hex(kind.tip), base = hex(kind.base), ground = hex(kind.ground);
    const cu = random.range(-0.2, 0.2), cv = random.range(0.35, 0.65), zoom = random.range(0.9, 1.5), leafTone = hsl(0.33, 0.3, 0.2);
    shade(frame, (u, v, out) => {
      const n = noise.fbm(u * 2, v * 2, 4), k = smooth(0, 0.5, n);
      for (let c = 0; c < 3; c++) out[c] = ground[c]! * (0.8 + 0.5 * n) + leafTone[c]! * k * 0.5;
    });
    blurFrame(frame, height * 0.02);
    const lx = -0.55, ly = -0.62;
    for (let i = kind.count; i >= 1; i--) {
      const t = i / kind.count, angle = i * 2.399963 + random.range(-0.05, 0.05), out = t ** 0.62;
      const long = kind.long * zoom * (0.28 + 0.85 * t ** 0.6) * random.range(0.92, 1.06), wide = long * kind.wide * (0.7 + 0.3 * t) * 0.5;
      const r0 = 0.2 * zoom * out * 0.92, ax = Math.cos(angle), ay = Math.sin(angle);
      const bx = cu + ax * r0, by = cv + ay * r0, curl = random.range(-0.12, 0.12), tone = random.range(0.88, 1.08);
      const reach = long * 1.25, cx = bx + ax * long * 0.5, cy = by + ay * long * 0.5;
      const x0 = Math.max(0, Math.floor((cx - reach * 0.75) * height + width / 2)), x1 = Math.min(width - 1, Math.ceil((cx + reach * 0.75) * height + width / 2));
      const y0 = Math.max(0, Math.floor((cy - reach * 0.75) * height)), y1 = Math.min(height - 1, Math.ceil((cy + reach * 0.75) * height));
      const open = 0.35 + 0.65 * t, px = 1.2 / height;
      for (let y = y0; y <= y1; y++) {
        for (let x = x0; x <= x1; x++) {
          const du = (x + 0.5 - width / 2) / height - bx, dv = (y + 0.5) / height - by;
          const l = (du * ax + dv * ay) / long;
          if (l < -0.1 || l > 1.15) continue;
          const bend = curl * l * l * long, w = -du * ay + dv * ax - bend;
          const half = profile(l, kind.pointed) * wide;
          const edge = half - Math.abs(w);
          const k = (y * width + x) * 3;
          if (edge < 0 || half <= 0) {
            const near = edge > -0.03 && l > 0 ? smooth(-0.028 * (0.5 + t), 0, edge) * 0.3 : l > 1 ? smooth(1.12, 1, l) * 0.2 * smooth(wide, 0, Math.abs(w)) : 0;
            if (near > 0) for (let c = 0; c < 3; c++) data[k + c] = data[k + c]! * (1 - near);
            continue;
          }
          const s = w / half, cup = s * 0.75, rise = (0.85 - open) - 0.9 * (l - 0.45) * (0.6 + open * 0.6);
          // The normal in picture space: across by cupping, along by arching.
          const nx = -ay * cup * -1 + ax * -rise, ny = ax * cup * -1 + ay * -rise;
          const lit = clamp((nx * lx + ny * ly) * 0.75 + 0.72, 0.1, 1.35);
          const deep = smooth(-0.05, 0.6, l) * (0.55 + 0.45 * t), streak = 0.08 * noise.at(s * 6 + i * 3, l * 1.4);
          const rim = smooth(0.72, 1, Math.abs(s)) * 0.16 + smooth(0.85, 1, l) * 0.22;
          const colour: Colour = mix(base, tip, clamp(l * 0.85 + rim + streak - 0.08 + 0.2 * (t - 0.5)));
          const ao = 0.28 + 0.72 * deep, through = 0.12 * smooth(0.3, 1, l), a = clamp(edge / px);
          for (let c = 0; c < 3; c++) data[k + c] = data[k + c]! + (colour[c]! * tone * (lit * ao * 0.95 + through) - data[k + c]!) * a;
        }
      }
    }
    const soft = blurFrame({ ...createFrame(1, 1), width, height, data: data.slice() }, height * 0.009);
    const ring = random.range(0.12, 0.22);
    shade(frame, (u, v, out, i) => {
      const far = smooth(ring, 0.62, Math.hypot(u - cu, v - cv));
      for (let c = 0; c < 3; c++) out[c] = out[c]! + (soft.data[i * 3 + c]! - out[c]!) * far;
    });
  };
  return {
    description: `${/^[aeiou]/.test(kind.name) ? "An" : "A"} ${kind.name} from above, its petals turning outwards in a spiral`,
    subject: "flower", paint,
    finish: { bloom: 0.05, halation: 0.01, vignette: 0.35, contrast: 0.14, saturation: 1.04, grain: 0.022 },
  };
};

function profile(l: number, pointed: number): number {
  if (l <= 0) return 0.5 + 2 * l;
  if (l >= 1) return 0;
  const round = Math.sqrt(Math.max(0, 1 - ((l - 0.5) / 0.5) ** 4)), sharp = Math.sin(Math.PI * Math.min(1, l ** 0.8)) ** 0.8;
  return Math.max(0.5 * (1 - l * 3), round * (1 - pointed) + sharp * pointed);
}
