import type { Size } from "./geometry";

/** Decoded pixels: 8 bits a channel, encoded; a fourth channel is alpha. */
export type Raster = { data: Uint8Array; width: number; height: number; channels: 3 | 4 };

export type Box = { left: number; top: number; width: number; height: number };

/** Some of a picture's pixels, and where in the whole of it they lie. */
export type Part = Raster & { left: number; top: number; whole: Size };

/** The same over the whole width. */
export type Rows = Omit<Part, "left">;

export const asPart = (raster: Raster): Part => ({ ...raster, left: 0, top: 0, whole: raster });
