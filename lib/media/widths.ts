/**
 * The widths to make of a picture: every one smaller than it, and the first that holds it whole, at its own width. So a
 * picture of 500 has "320" and a "640" that is 500 wide, and nothing is enlarged.
 */
export function widthsFor(width: number, all: readonly number[]): number[] {
  const first = all.findIndex((one) => one >= width);
  return first === -1 ? [...all] : all.slice(0, first + 1);
}
