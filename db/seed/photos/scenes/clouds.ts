import { clamp, gradient, hex, readGradient, scale, smooth } from "../colour";
import { createFrame, sample, shade, type Frame } from "../frame";
import { Noise } from "../noise";
import type { Random } from "../random";
import type { SceneMaker } from "../scene";

const LIGHTS = [
  { name: "at sunset", top: "#35518c", low: "#ffb27a", sun: "#ffb070", shade: "#6d6c98", power: 1.5, el: 0.1 },
  { name: "at noon", top: "#1f66b4", low: "#cfe6f2", sun: "#fff6e6", shade: "#6f93c4", power: 0.95, el: 0.4 },
  { name: "at first light", top: "#5a74aa", low: "#ffd2bd", sun: "#ffcdb0", shade: "#8a86b0", power: 1.3, el: 0.16 },
  { name: "in the blue hour", top: "#16284a", low: "#c77f8a", sun: "#e79a94", shade: "#34456f", power: 0.85, el: 0.06 },
] as const;

const N = 64;
/** A block of noise that repeats in all directions: billows over billows. */
function block(random: Random): Float32Array {
  const volume = new Float32Array(N * N * N);
  let amplitude = 1, total = 0;
  for (const cells of [4, 8, 16, 32]) {
    const lattice = Float32Array.from({ length: cells ** 3 }, () => random.next());
    const k = N / cells;
    for (let z = 0, i = 0; z < N; z++) for (let y = 0; y < N; y++) for (let x = 0; x < N; x++, i++) {
      const gx = x / k, gy = y / k, gz = z / k, xi = gx | 0, yi = gy | 0, zi = gz | 0;
      const ease = (t: number) => t * t * (3 - 2 * t);
      const fx = ease(gx - xi), fy = ease(gy - yi), fz = ease(gz - zi);
      const at = (a: number, b: number, c: number) => lattice[(((c % cells) * cells) + (b % cells)) * cells + (a % cells)]!;
      const plane = (c: number) => {
        const top = at(xi, yi, c) + (at(xi + 1, yi, c) - at(xi, yi, c)) * fx, bottom = at(xi, yi + 1, c) + (at(xi + 1, yi + 1, c) - at(xi, yi + 1, c)) * fx;
        return top + (bottom - top) * fy;
      };
      const near = plane(zi), value = near + (plane(zi + 1) - near) * fz;
      volume[i]! += (1 - Math.abs(value * 2 - 1)) * amplitude * 0.55 + value * amplitude * 0.45;
    }
    total += amplitude;
    amplitude *= 0.5;
  }
  for (let i = 0; i < volume.length; i++) volume[i]! /= total;
  return volume;
}

function reader(volume: Float32Array) {
  const m = N - 1;
  return (x: number, y: number, z: number) => {
    x = (x - Math.floor(x / N) * N);
    y = (y - Math.floor(y / N) * N);
    z = (z - Math.floor(z / N) * N);
    const xi = x | 0, yi = y | 0, zi = z | 0, fx = x - xi, fy = y - yi, fz = z - zi;
    const x0 = xi & m, x1 = (xi + 1) & m, y0 = (yi & m) * N, y1 = ((yi + 1) & m) * N, z0 = (zi & m) * N * N, z1 = ((zi + 1) & m) * N * N;
    const a = volume[z0 + y0 + x0]! * (1 - fx) + volume[z0 + y0 + x1]! * fx, b = volume[z0 + y1 + x0]! * (1 - fx) + volume[z0 + y1 + x1]! * fx;
    const c = volume[z1 + y0 + x0]! * (1 - fx) + volume[z1 + y0 + x1]! * fx, d = volume[z1 + y1 + x0]! * (1 - fx) + volume[z1 + y1 + x1]! * fx;
    const near = a + (b - a) * fy, far = c + (d - c) * fy;
    return near + (far - near) * fz;
  };
}

/** A sea of cloud from above, marched through a volume. */
export const clouds: SceneMaker = (mood, shot) => {
  const light = mood.pick(LIGHTS);
  const paint = (frame: Frame) => {
    const random = shot.fork("paint"), noise = new Noise(shot.fork("noise")), read = reader(block(shot.fork("volume")));
    const horizon = random.range(0.3, 0.48);
    const az = random.range(0.7, 2.2) * random.pick([-1, 1]), el = light.el + 0.12;
    const sun = [Math.sin(az) * Math.cos(el), Math.sin(el), Math.cos(az) * Math.cos(el)] as const;
    const ox = random.range(0, 64), oz = random.range(0, 64), thin = random.range(0.47, 0.53);
    const density = (x: number, y: number, z: number) => {
      // y runs 0 (base) to 1 (top) within the layer.
      const base = read(x * 15 + ox, y * 11, z * 15 + oz);
      const tower = read(x * 3.7 + oz, 9, z * 3.7 + ox);
      const cover = thin - 0.06 - 0.55 * (tower - 0.5) + 0.3 * y * y;
      let d = base - cover;
      if (d < -0.12) return 0;
      d += (read(x * 52, y * 46, z * 52) - 0.5) * 0.2 + (read(x * 150, y * 130, z * 150) - 0.5) * 0.07;
      return d > 0 ? Math.min(1, d * 8) * smooth(-0.02, 0.14, y) : 0;
    };
    const skyTable = gradient([[0, hex(light.low)], [0.14, hex(light.low)], [0.75, hex(light.top)], [1, scale(hex(light.top), 0.8)]]);
    const lit = scale(hex(light.sun), light.power), dim = scale(hex(light.shade), 0.7), haze = hex(light.low, 0.9);
    const small = createFrame(Math.ceil(frame.width / 2.6), Math.ceil(frame.height / 2.6));
    const eyeY = 1.55, sky = new Float32Array(3);
    shade(small, (u, v, out, index) => {
      const dy0 = (horizon - v) * 0.85, n = 1 / Math.hypot(u * 0.85, dy0, 1), dx = u * 0.85 * n, dy = dy0 * n, dz = n;
      readGradient(skyTable, (horizon - v) / 0.85 + 0.12, sky);
      const toSun = Math.max(0, dx * sun[0] + dy * sun[1] + dz * sun[2]);
      for (let c = 0; c < 3; c++) out[c] = sky[c]! + lit[c]! * (0.25 * toSun ** 24 + 0.1 * toSun ** 5);
      const t0 = dy < -0.004 ? (1 - eyeY) / dy : 99;
      const t1 = Math.min(26, dy < 0 ? -eyeY / dy : 99);
      if (t0 >= t1) return;
      const steps = 64, jitter = noise.value(index % 7919, index >> 8);
      let through = 1, r = 0, g = 0, b = 0, depth = 0;
      let t = t0 + jitter * 0.03;
      for (let s = 0; s < steps && t < t1 && through > 0.02; s++) {
        const step = Math.max(0.028, 0.014 * t);
        const x = dx * t, y = eyeY + dy * t, z = dz * t;
        const d = density(x, y, z);
        if (d > 0.01) {
          let shadow = 0;
          for (let k = 1; k <= 4; k++) {
            const l = k * k * 0.022;
            shadow += density(x + sun[0] * l, y + sun[1] * l, z + sun[2] * l) * (2 * k - 1) * 0.022;
          }
          const direct = Math.exp(-shadow * 9) * 0.95 + Math.exp(-shadow * 2) * 0.2, powder = 1 - Math.exp(-d * 3);
          const a = 1 - Math.exp(-d * step * 26), w = through * a, skyLit = 0.45 + 0.55 * clamp(y);
          const silver = 1 + 1.3 * toSun ** 10 * Math.exp(-shadow * 4);
          r += w * (lit[0]! * direct * (0.5 + 0.5 * powder) * silver + dim[0]! * skyLit);
          g += w * (lit[1]! * direct * (0.5 + 0.5 * powder) * silver + dim[1]! * skyLit);
          b += w * (lit[2]! * direct * (0.5 + 0.5 * powder) * silver + dim[2]! * skyLit);
          depth += w * t;
          through *= 1 - a;
        }
        t += step;
      }
      const body = 1 - through;
      if (body <= 0.001) return;
      const far = 1 - Math.exp(-((depth / body) ** 1.5) * 0.006);
      const rgb = [r, g, b];
      for (let c = 0; c < 3; c++) out[c] = out[c]! * through + rgb[c]! * (1 - far) + haze[c]! * far * body * 0.9;
    });
    shade(frame, (_, v, out, i) => sample(small, ((i % frame.width) + 0.5) / 2.6 - 0.5, (v * frame.height) / 2.6 - 0.5, out));
  };
  return {
    description: `A sea of clouds from above ${light.name}`,
    subject: "clouds", paint,
    finish: { bloom: 0.05, halation: 0.03, vignette: 0.18, contrast: 0.1, saturation: 1.05, grain: 0.014 },
  };
};
