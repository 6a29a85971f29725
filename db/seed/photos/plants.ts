import type { Random } from "./random";

export type Plant = { kind: "palm" | "olive" | "fern" | "eucalyptus" | "grass"; name: string };
export const PLANTS: readonly Plant[] = [
  { kind: "palm", name: "palm fronds" }, { kind: "olive", name: "an olive branch" }, { kind: "fern", name: "ferns" },
  { kind: "eucalyptus", name: "eucalyptus leaves" }, { kind: "grass", name: "tall grass" },
];

/** A pointed leaf from (x, y) in direction `angle`, bulging where `belly` says (0 base, 1 tip). */
export function leafShape(x: number, y: number, angle: number, length: number, width: number, belly = 0.4): string {
  const c = Math.cos(angle), s = Math.sin(angle);
  const at = (l: number, w: number) => `${(x + c * l - s * w).toFixed(1)} ${(y + s * l + c * w).toFixed(1)}`;
  return `M${at(0, 0)}C${at(length * belly * 0.5, width)} ${at(length * (belly + 0.25), width)} ${at(length, 0)}C${at(length * (belly + 0.25), -width)} ${at(length * belly * 0.5, -width)} ${at(0, 0)}Z`;
}

/** One stem with its leaves as SVG, growing from (x, y); `lean` bends it sideways. */
export function plant(plantKind: Plant, random: Random, x: number, y: number, lean: number, length: number): string {
  const kind = plantKind.kind;
  if (kind === "grass") return blades(random, x, y, length);
  let leaves = "", stem = "";
  let px = x, py = y, angle = -Math.PI / 2 + lean;
  const bend = random.range(0.2, 0.9) * Math.sign(lean || 1);
  const steps = kind === "palm" ? 42 : kind === "fern" ? 36 : kind === "olive" ? 20 : 12;
  for (let i = 0; i < steps; i++) {
    const t = i / steps, step = length / steps;
    angle += bend / steps;
    const qx = px + Math.cos(angle) * step, qy = py + Math.sin(angle) * step;
    stem += `<path d="M${px} ${py}L${qx} ${qy}" stroke="#fff" stroke-width="${(1 - t) * 5 + 1.4}" stroke-linecap="round"/>`;
    px = qx;
    py = qy;
    for (const side of [-1, 1]) {
      const jitter = random.range(-0.12, 0.12);
      if (kind === "palm" && t > 0.12) leaves += leafShape(px, py, angle + side * (0.95 - 0.5 * t) + jitter, length * 0.42 * Math.sin(Math.PI * (0.25 + 0.7 * t)), 6.5, 0.25);
      if (kind === "fern") leaves += leafShape(px, py, angle + side * 1.25 + jitter, length * 0.24 * (1 - t) ** 0.8 + 6, 6, 0.3);
      if (kind === "olive" && t > 0.1) leaves += leafShape(px, py, angle + side * random.range(0.35, 0.9), random.range(50, 84), random.range(8, 12), 0.45);
      if (kind === "eucalyptus" && t > 0.15) leaves += leafShape(px, py, angle + side * random.range(0.8, 1.25), random.range(52, 80) * (1.1 - 0.5 * t), random.range(26, 34), 0.42);
    }
  }
  return `<path d="${leaves}"/>${stem}`;
}

function blades(random: Random, x: number, y: number, length: number): string {
  let shapes = "";
  for (let i = 0; i < 16; i++) {
    const x0 = x + random.normal() * 70, sway = random.normal() * 130, tall = length * random.range(0.5, 1.25);
    const w = random.range(2.5, 6);
    shapes += `M${x0 - w} ${y}Q${x0 - w} ${y - tall * 0.6} ${x0 + sway} ${y - tall}Q${x0 + w} ${y - tall * 0.55} ${x0 + w} ${y}Z`;
  }
  return `<path d="${shapes}"/>`;
}

/** A spruce as SVG, its drooping boughs shorter towards the top. A path for each side: they wind differently, and would cut holes into one another. */
export function spruce(random: Random, x: number, ground: number, tall: number): string {
  const trunk = `M${x - tall * 0.009} ${ground}L${x - tall * 0.009} ${ground - tall * 0.1}L${x - tall * 0.042} ${ground - tall * 0.16}L${x} ${ground - tall}L${x + tall * 0.042} ${ground - tall * 0.16}L${x + tall * 0.009} ${ground - tall * 0.1}L${x + tall * 0.009} ${ground}Z`;
  const boughs: [string, string] = ["", ""];
  const rows = Math.round(26 + tall / 9), thin = random.range(0.75, 1.15);
  for (let i = 0; i < rows; i++) {
    const t = (i + random.next() * 0.7) / rows, y = ground - tall + tall * (0.015 + 0.9 * t);
    for (const side of [-1, 1]) {
      if (random.chance(0.16)) continue;
      const reach = tall * (0.01 + 0.16 * t ** 0.8) * (0.45 + 0.7 * random.next() ** 0.7) * thin;
      boughs[side > 0 ? 0 : 1] += leafShape(x, y, (side > 0 ? 0 : Math.PI) + side * random.range(0.05, 0.6), reach, tall * 0.006 + reach * 0.075, 0.55);
    }
  }
  return `<path d="${trunk}"/><path d="${boughs[0]}"/><path d="${boughs[1]}"/>`;
}
