import { clamp, hex, hsl, mix, smooth, type Colour } from "../colour";
import { cover, glow, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import { spruce } from "../plants";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";
import { silhouette } from "../vector";

function stars(frame: Frame, random: Random, count: number, below: (u: number) => number): void {
  const unit = frame.height / 1000;
  for (let i = 0; i < count; i++) {
    const u = random.range(-0.95, 0.95), v = random.next();
    const power = 0.075 / (random.next() + 0.006) ** 0.85;
    const colour = mix(hex("#bcd2ff"), hex("#ffe2bd"), random.next() ** 2);
    if (v > below(u)) continue;
    const k = Math.min(power, 4) * 0.5;
    glow(frame, u * frame.height + frame.width / 2, v * frame.height, (0.62 + Math.min(0.9, power * 0.2)) * unit + 0.15, [colour[0] * k, colour[1] * k, colour[2] * k]);
  }
}

/** Each star drawn out to an arc around the pole. */
function trails(frame: Frame, random: Random, below: (u: number) => number): void {
  const poleU = random.range(-0.25, 0.25), poleV = random.range(0.15, 0.5), sweep = random.range(0.35, 0.8);
  for (let i = 0; i < 900; i++) {
    const radius = 0.012 + 1.15 * Math.sqrt(random.next()), start = random.range(0, Math.PI * 2);
    const power = 0.05 + 0.5 * random.next() ** 6, colour = mix(hex("#a9c5ff"), hex("#ffd7a6"), random.next());
    const steps = Math.ceil(radius * sweep * frame.height * 1.1) + 4;
    for (let s = 0; s < steps; s++) {
      const a = start + (s / steps) * sweep;
      const u = poleU + Math.cos(a) * radius, v = poleV + Math.sin(a) * radius;
      if (v < 0 || v > below(u)) continue;
      const x = u * frame.height + frame.width / 2, y = v * frame.height;
      const xi = Math.floor(x), yi = Math.floor(y), fx = x - xi, fy = y - yi;
      for (let j = 0; j < 4; j++) {
        const px = xi + (j & 1), py = yi + (j >> 1);
        if (px < 0 || py < 0 || px >= frame.width || py >= frame.height) continue;
        const w = power * (j & 1 ? fx : 1 - fx) * (j >> 1 ? fy : 1 - fy), k = (py * frame.width + px) * 3;
        for (let c = 0; c < 3; c++) frame.data[k + c]! += colour[c]! * w;
      }
    }
  }
}

function aurora(noise: Noise, random: Random, low: Colour, high: Colour) {
  const curtains = Array.from({ length: random.int(2, 4) }, (_, k) => ({
    base: random.range(0.34, 0.6) - k * 0.06, sway: random.range(0.08, 0.2), length: random.range(0.08, 0.2), power: random.range(0.45, 1), key: random.range(0, 50),
  }));
  return (u: number, v: number, out: Float32Array) => {
    for (const c of curtains) {
      const bent = u + 0.16 * noise.at(v * 1.6 + c.key, u * 0.9) + 0.05 * noise.at(u * 4, v * 3 + c.key);
      const edge = c.base + c.sway * noise.fbm(bent * 1.3 + c.key, 4, 3) * 1.6;
      const h = edge - v;
      if (h < -0.05) continue;
      const ray = 0.45 + 0.55 * noise.fbm(bent * 17 + c.key, v * 0.8, 4) + 0.35 * noise.at(bent * 3.1 + c.key, 2);
      const body = smooth(-0.035, 0.025, h) * Math.exp(-Math.max(0, h) / (c.length * (0.6 + 0.6 * ray)));
      const w = Math.max(0, ray) * body * c.power * 0.62, t = smooth(0.03, 0.3, h);
      for (let n = 0; n < 3; n++) out[n]! += (low[n]! + (high[n]! - low[n]!) * t) * w;
    }
  };
}

/** The night sky over a dark ridge: aurora, Milky Way or star trails; sometimes a lit tent, or a lake. */
export const nightSky: SceneMaker = (mood, shot) => {
  const kind = mood.pick(["aurora", "aurora", "milky way", "milky way", "trails"] as const);
  const lake = kind !== "trails" && mood.chance(0.45), tent = !lake && mood.chance(0.5), trees = mood.chance(0.6);
  const tone = mood.pick([["#39ff9c", "#9b4dff"], ["#52ffb8", "#ff5ab0"], ["#7dff6a", "#3d7bff"]] as const);
  const paint = async (frame: Frame) => {
    const noise = new Noise(shot.fork("noise")), random = shot.fork("paint");
    const shore = lake ? random.range(0.6, 0.7) : 1.2, base = lake ? shore : random.range(0.78, 0.9);
    const hill = (u: number) => base - 0.015 - (lake ? 0.14 : 0.1) * (noise.ridged(u * 1.5 + 4, 2, 5) * 0.9 - 0.1);
    const top = hsl(0.62, 0.65, 0.085), low = mix(hsl(0.57, 0.5, 0.2), hex("#d98b4a"), kind === "trails" ? 0.07 : 0.035);
    const veil = aurora(noise, random, hex(tone[0]), hex(tone[1]));
    const slope = random.range(-1.1, 1.1), through = random.range(-0.15, 0.15);
    const sky = (u: number, v: number, out: Float32Array) => {
      const t = smooth(-0.05, base, v) ** 1.6;
      for (let c = 0; c < 3; c++) out[c] = top[c]! + (low[c]! - top[c]!) * t;
      if (kind === "aurora") veil(u, v, out);
      if (kind !== "milky way") return;
      const d = (u - through - slope * (v - 0.4)) / Math.hypot(1, slope), along = (u * slope + v) * 1.2;
      const cloud = 0.55 + 0.75 * noise.fbm(d * 5 + 3, along * 2.4, 6, 0.58);
      const core = Math.exp(-(along - 0.75) * (along - 0.75) * 1.6);
      const band = Math.exp(-d * d * 55) * clamp(cloud, 0, 1.4) * (0.35 + core);
      const dust = smooth(0.42, 0.85, noise.ridged(d * 4 + 0.3 * noise.at(along * 3, d * 3), along * 1.5 + 8, 5)) * Math.exp(-d * d * 110);
      const dots = smooth(0.5, 0.9, noise.at(u * 330, v * 330)) * 0.5 + smooth(0.55, 0.85, noise.at(u * 190 + 9, v * 190)) * 0.5;
      const w = band * (1 - 0.78 * dust) * (0.27 + 0.3 * dots);
      out[0]! += w * (0.95 + 0.2 * core);
      out[1]! += w * (0.78 + 0.06 * core);
      out[2]! += w * 0.86;
    };
    shade(frame, sky);
    if (kind === "trails") trails(frame, random, hill);
    else stars(frame, random, kind === "milky way" ? 3600 : 1300, hill);
    const ground = [0.0035, 0.0045, 0.007];
    shade(frame, (u, v, out, i) => {
      if (v > shore) {
        const ripple = noise.fbm(u * 5, (v - shore) * 60, 3) * (v - shore) * 0.14;
        const mv = 2 * shore - v + ripple;
        const x = Math.min(frame.width - 1, Math.max(0, (i % frame.width) + ripple * 200)) | 0, y = clamp(mv * frame.height, 0, frame.height - 1) | 0;
        const k = (y * frame.width + x) * 3, dark = mv > hill(u);
        for (let c = 0; c < 3; c++) out[c] = (dark ? ground[c]! : frame.data[k + c]!) * 0.72 + 0.004;
        return;
      }
      const a = clamp((v - hill(u)) * frame.height * 0.8);
      const rough = 1 + 0.6 * noise.fbm(u * 9, v * 14, 4);
      for (let c = 0; c < 3; c++) out[c] = out[c]! * (1 - a) + a * ground[c]! * rough * (kind === "aurora" ? 1.5 : 1);
    });
    if (trees) {
      let wood = "";
      for (let i = 0, n = random.int(14, 34); i < n; i++) {
        const x = random.range(-900, 900), tall = random.range(40, 105) * (lake ? 0.6 : 1) * (0.7 + 0.6 * noise.at(x / 200, 4));
        wood += spruce(random, x, hill(x / 1000) * 1000 + 12, Math.max(24, tall));
      }
      cover(frame, await silhouette(frame.width, frame.height, wood), [0.004, 0.005, 0.008]);
    }
    if (tent) pitchTent(frame, random, base + 0.015);
  };
  const what = { aurora: "Aurora", "milky way": "The Milky Way", trails: "Star trails" }[kind];
  return {
    description: `${what} over a dark ridge${trees ? " with spruce trees" : ""}${lake ? ", mirrored in a lake" : ""}${tent ? ", a small tent lit from inside" : ""}`,
    subject: kind === "trails" ? "star trails" : kind, paint,
    finish: { bloom: 0.06, halation: 0.02, curve: "film", exposure: 0.35, vignette: 0.3, contrast: 0.03, saturation: 1.05, grain: 0.02, fade: 0.012 },
  };
};

function pitchTent(frame: Frame, random: Random, ground: number): void {
  const u0 = random.range(-0.22, 0.22), w = random.range(0.035, 0.055), h = w * 1.05;
  shade(frame, (u, v, out) => {
    const x = (u - u0) / w, y = (ground - v) / h;
    const light = Math.exp(-(x * x + (y - 0.2) ** 2) * 0.35) * 0.07;
    out[0]! += light;
    out[1]! += light * 0.55;
    out[2]! += light * 0.18;
    const roof = 1 - Math.abs(x) ** 1.4;
    const inside = clamp(((roof - y) * h * frame.height) / 1.5) * clamp(y * h * frame.height);
    if (inside <= 0 || Math.abs(x) > 1) return;
    const seam = 1 - 0.35 * smooth(0.05, 0, Math.abs(x - 0.12 * (1 - y)));
    const k = (1.5 - y * 0.9 - Math.abs(x) * 0.45) * seam;
    out[0] = out[0]! * (1 - inside) + inside * k * 1.2;
    out[1] = out[1]! * (1 - inside) + inside * k * 0.66;
    out[2] = out[2]! * (1 - inside) + inside * k * 0.2;
  });
}
