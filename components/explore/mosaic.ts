/** Posts per part: four rows of three columns hold nine posts, one of them four cells large; a part is two such blocks. */
export const EXPLORE_PART = 18;

/**
 * Which cells the large post of a block takes: right in the first block of a part, left in the second. Every part fills
 * its rows, so that the next begins with a whole one.
 */
export function largeAt(index: number): "right" | "left" | null {
  const place = index % EXPLORE_PART;
  return place === 1 ? "right" : place === 9 ? "left" : null;
}
