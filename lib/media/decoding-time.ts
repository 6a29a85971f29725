import { probeFile } from "./probe";

export type Kind = "essential" | "avatar" | "rest" | "width" | "source" | "facts";

/**
 * Seconds that a decoder may take, and more for each megapixel: three times what the slowest format takes on one core
 * (AVIF; edited with everything where it is rendered in full; the longest animations), and six times what JPEG XL does.
 */
const LIMITS: Record<Kind, readonly [always: number, perMegapixel: number]> = { essential: [30, 0.22], avatar: [30, 0.22], source: [30, 0.22], facts: [30, 0], width: [30, 1.2], rest: [150, 1.4] };
const MORE_FOR_JXL = 3;

/** Whether files of this type take half a second a megapixel: they wait in queues of their own. */
export const takesLong = (type: string) => type === "image/jxl";

/** How long a picture may take, in ms, and whether that is likely to be long. Of a file that is no photo, the least. */
export async function judgeTime(kind: Kind, path: string): Promise<{ limit: number; isSlow: boolean }> {
  const probe = await probeFile(path).catch(() => null);
  const [always, perMegapixel] = LIMITS[kind];
  const megapixels = probe ? (probe.width * probe.height) / 1e6 : 0;
  const isSlow = probe !== null && takesLong(probe.type);
  return { limit: 1000 * (always + megapixels * (perMegapixel + (isSlow ? MORE_FOR_JXL : 0))), isSlow };
}
