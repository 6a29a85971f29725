/** One step of a ladder: `name` is the length of its shorter side; bits per second of its pictures at most. */
export type Rung = { name: string; width: number; height: number; maxRate: number };

const STEPS = [240, 360, 480, 720, 1080];
/** Bits a second and pixel for 16:9 at up to 30 frames; small pictures need more for each. */
const RATES: [side: number, rate: number][] = [[240, 450_000], [360, 850_000], [480, 1_500_000], [720, 3_000_000], [1080, 5_500_000]];
/** H.264's level 5.1 and old phones end here. */
const MAX_LONG_SIDE = 4_096;
/** A source that is this much larger than the step below gets a step of its own. */
const WORTHWHILE = 1.15;

const even = (length: number) => Math.max(2, Math.floor(length / 2 + 0.001) * 2);

/** The sizes to make of a picture, smallest first: every step below it and the picture itself up to 1080, never above. */
export function ladderFor(size: { width: number; height: number }, framesPerSecond: number): Rung[] {
  const shorter = Math.min(size.width, size.height);
  const top = Math.min(shorter, STEPS.at(-1)!);
  const below = STEPS.filter((step) => step <= top);
  const last = below.at(-1);
  const sides = last === undefined || top >= last * WORTHWHILE ? [...below, top] : below;
  return sides.map((side) => rungOf(size, side, framesPerSecond));
}

function rungOf({ width, height }: { width: number; height: number }, side: number, framesPerSecond: number): Rung {
  const scale = Math.min(1, side / Math.min(width, height), MAX_LONG_SIDE / Math.max(width, height));
  const made = { width: even(width * scale), height: even(height * scale) };
  return { name: String(side), ...made, maxRate: rateOf(side, made.width * made.height, framesPerSecond) };
}

function rateOf(side: number, pixels: number, framesPerSecond: number): number {
  const [near, rate] = RATES.find(([step]) => step >= side) ?? RATES.at(-1)!;
  const share = pixels / (near * near * (16 / 9));
  // Twice the frames need about half as much again.
  const speed = Math.max(1, Math.min(2, framesPerSecond / 30)) ** 0.6;
  return Math.max(120_000, Math.round((rate * Math.max(0.1, share) * speed) / 1_000) * 1_000);
}

/** The step that is also given as one plain MP4: the largest up to 720. */
export function plainRung(rungs: readonly Rung[]): Rung {
  return rungs.findLast((rung) => Number(rung.name) <= 720) ?? rungs[0]!;
}
