import type { Finish } from "./finish";
import type { Frame } from "./frame";
import type { Random } from "./random";

/** A picture that has been thought out and can be painted at any size. */
export interface Scene {
  /** What is to be seen, in words fit for alt text. */
  description: string;
  /** One of a few words that captions and comments are chosen by. */
  subject: string;
  finish: Partial<Finish>;
  paint(frame: Frame): void | Promise<void>;
}

/**
 * Thinks out a picture. `mood` is shared by all shots of one series (palette, weather, place), `shot` differs in each
 * (framing, details).
 */
export type SceneMaker = (mood: Random, shot: Random) => Scene;

export interface Family {
  make: SceneMaker;
  /** Aspect ratios (width / height) that suit the subject. */
  aspects: readonly number[];
  /** Share of the full size at which it is painted: what is slow or soft by nature is enlarged before the grain comes on. */
  scale?: number;
}

export const PORTRAIT = 4 / 5, SQUARE = 1, CLASSIC = 3 / 2, WIDE = 16 / 9;
