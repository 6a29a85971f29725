import sharp from "sharp";
import { planeOfBytes } from "./blur";
import type { Plane } from "./frame";

/**
 * Coverage of SVG shapes as a plane, anti-aliased. The view box is the frame's: y from 0 to 1000 from top to bottom,
 * x centred, so that a shape keeps its place and proportions at every size.
 */
export async function silhouette(width: number, height: number, shapes: string): Promise<Plane> {
  const w = (1000 * width) / height;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-w / 2} 0 ${w} 1000">${shapes}</svg>`;
  const alpha = await sharp(Buffer.from(svg), { unlimited: true }).extractChannel(3).raw().toBuffer();
  return planeOfBytes(alpha, width, height);
}

/** A closed path through points given as x, y pairs. */
export function polygon(points: readonly (readonly [number, number])[]): string {
  return `<path d="M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z"/>`;
}
