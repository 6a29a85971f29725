import type { Geometry, PhotoEdit } from "@/db/schema/media-edit";
import { developer, rowsAround } from "./develop";
import { type Affine, type Size, turnedSize } from "./geometry";
import type { Box, Part, Raster } from "./raster";
import { boxBefore, boxBehind, permute, resamplePart } from "./resample";

/** Where pixels come from: any part of a decoded picture. */
export type PixelSource = Size & { channels: 3 | 4; read(box: Box): Part };

/** Makes a box of the result out of what of the source it needs. */
export type Shape = { size: Size; draw(from: PixelSource, box: Box): Raster; /** Widest box it should be asked for. */ tile: number };

/** Pixels of the result in one strip: with what sharpening and leaning need beside, some 60 MB are held. */
const STRIP_PIXELS = 4_000_000;
/** A square, because what lies behind a leaned strip is nearly the whole picture. */
const LEANED_TILE = 1_024;

/** Quarter turns and mirroring: pixels change places only. */
export function turned(from: Size, geometry: Pick<Geometry, "quarterTurns" | "isMirrored">): Shape {
  return { size: turnedSize(from, geometry), tile: Infinity, draw: (source, box) => permute(source.read(boxBefore(source, geometry, box)), geometry) };
}

/** As seen through `map` (`resample`). */
export function leaned(map: Affine, size: Size): Shape {
  return { size, tile: LEANED_TILE, draw: (source, box) => resamplePart(source.read(boxBehind(map, source, size, box)), map, size, box) };
}

/** The edited picture from the top, a strip of whole rows at a time: to the bit what it would be all at once. */
export function* editedStrips(source: PixelSource, shape: Shape, edit: PhotoEdit, pixels = STRIP_PIXELS): Generator<Uint8Array> {
  const { width, height } = shape.size;
  const develop = developer(edit);
  const around = rowsAround(shape.size, edit);
  const rows = Math.max(1, Math.floor(pixels / width));
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows);
    const first = Math.max(0, top - around);
    const strip = drawn(source, shape, { left: 0, top: first, width, height: Math.min(height, bottom + around) - first });
    develop({ ...strip, top: first, whole: shape.size }, top, bottom);
    const row = width * strip.channels;
    yield strip.data.subarray((top - first) * row, (bottom - first) * row);
  }
}

/** Put together from boxes no wider than the shape wants them. */
function drawn(source: PixelSource, shape: Shape, box: Box): Raster {
  if (box.width <= shape.tile) return shape.draw(source, box);
  const { channels } = source;
  const data = new Uint8Array(box.width * box.height * channels);
  for (let left = 0; left < box.width; left += shape.tile) {
    const tile = shape.draw(source, { ...box, left: box.left + left, width: Math.min(shape.tile, box.width - left) });
    const row = tile.width * channels;
    for (let y = 0; y < tile.height; y++) data.set(tile.data.subarray(y * row, (y + 1) * row), (y * box.width + left) * channels);
  }
  return { data, width: box.width, height: box.height, channels };
}
