/**
 * Orders what rises with time and is written without leading noughts, ids as decimals and positions in the stream of events alike: below 0 when `a` is the earlier one.
 * The longer is the later, and of two as long the one later in the alphabet.
 */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
