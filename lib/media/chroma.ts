import type { Pixels } from "./pixels";

/** Levels (of 255) that lie between the colours of neighbours when 4:2:0, which gives both the same, is seen to smear them. */
const SHARP = 44;
/** Share of blocks that make full colour resolution worth its bytes. */
const MIN_SHARE = 0.01;

/**
 * Whether a picture has colour edges that 4:2:0 would smear, as lettering and drawings have and photographs hardly: looks
 * at how far colours (Cb, Cr of ITU-R BT.601) differ within blocks of 2 by 2, of which 4:2:0 keeps the mean alone.
 */
export function needsFullChroma({ data, width, height, channels }: Pixels): boolean {
  const row = width * channels;
  let sharp = 0;
  let blocks = 0;
  for (let y = 0; y + 1 < height; y += 2) {
    for (let at = y * row, end = at + (width - 1) * channels; at < end; at += 2 * channels) {
      blocks++;
      if (channels === 4 && data[at + 3]! < 128) continue;
      // Along the diagonals, then across: which two of the four differ most does not matter.
      if (differ(data, at, at + row + channels) || differ(data, at + channels, at + row) || differ(data, at, at + channels) || differ(data, at, at + row)) sharp++;
    }
  }
  return sharp > blocks * MIN_SHARE;
}

function differ(data: Buffer, a: number, b: number): boolean {
  const red = data[a]! - data[b]!;
  const green = data[a + 1]! - data[b + 1]!;
  const blue = data[a + 2]! - data[b + 2]!;
  return Math.abs(-0.169 * red - 0.331 * green + 0.5 * blue) > SHARP || Math.abs(0.5 * red - 0.419 * green - 0.081 * blue) > SHARP;
}
