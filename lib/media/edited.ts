import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Crop, MediaEdit, PhotoEdit } from "@/db/schema/media-edit";
import { type Affine, applyAffine, editedSize, type Size, sourceRegion, toSource } from "./edit/geometry";
import { isNeutral, justCrop } from "./edit/photo-edit";
import type { Box } from "./edit/raster";
import { editedStrips, leaned, turned } from "./edit/strips";
import { editedGamut, part, readSource, type Source } from "./pixels";
import { RawFile } from "./raw-file";
import { p3Profile } from "./tagged";
import { writeTiffInParts } from "./tiff";
import { MAX_HEIGHT } from "./widths";

type Brought = { path: string; dir: string; crop: Crop | null; edit?: MediaEdit | null };

/**
 * The picture that everything is derived from: as it was brought, or as its author edited it. An edited one is rendered
 * into `dir`, no larger than the largest file that will be asked of it, and from there on is a picture like any other.
 */
export async function openSource({ path, dir, crop, edit }: Brought, maxWidth = Infinity, maxHeight = maxWidth === Infinity ? Infinity : MAX_HEIGHT): Promise<Source> {
  if (edit?.kind !== "image" || isNeutral(edit)) return readSource(path, crop, dir);
  const plain = justCrop(edit);
  if (plain) return readSource(path, plain, dir);
  const whole = await readSource(path, null, dir);
  const rendered = await render(whole, edit, { maxWidth, maxHeight }, dir);
  return { ...(await readSource(rendered, null, dir)), full: editedSize(whole.turned, edit.geometry), brought: whole.brought };
}

/** Applies an edit to the upright picture and writes the result as an uncompressed TIFF, strip by strip. Work grows with the width. */
async function render(source: Source, edit: PhotoEdit, { maxWidth, maxHeight }: { maxWidth: number; maxHeight: number }, dir: string): Promise<string> {
  const [path, pixelsPath] = [join(dir, "edited.tif"), join(dir, "edited.v")];
  const full = editedSize(source.turned, edit.geometry);
  const width = Math.min(full.width, maxWidth, (maxHeight * full.width) / full.height);
  const all = scaledSize(source.turned, width / full.width);
  const { box, shapeOf } = edit.geometry.straighten === 0 ? cut(source, edit, all) : lean(source, edit, all, scaledSize(full, width / full.width));
  const pixels = await RawFile.of(part(source, all, box), pixelsPath);
  try {
    const shape = shapeOf(pixels);
    const head = { ...shape.size, channels: pixels.channels, icc: editedGamut(source) === "p3" ? await p3Profile() : null };
    await writeTiffInParts(path, head, () => editedStrips(pixels, shape, edit));
  } finally {
    pixels.close();
    await rm(pixelsPath);
  }
  return path;
}

/** Upright pixels change places only: none is mixed with its neighbours. */
function cut(source: Source, { geometry }: PhotoEdit, all: Size) {
  const { x, y, width, height } = sourceRegion(source.turned, geometry);
  const left = Math.min(Math.round(x * all.width), all.width - 1);
  const top = Math.min(Math.round(y * all.height), all.height - 1);
  const box = { left, top, width: fit(width * all.width, all.width - left), height: fit(height * all.height, all.height - top) };
  return { box, shapeOf: (pixels: Size) => turned(pixels, geometry) };
}

const fit = (length: number, room: number) => Math.min(Math.max(1, Math.round(length)), room);

/** In whole pixels, at least one. */
const scaledSize = ({ width, height }: Size, scale: number): Size => ({ width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });

/** Only the part that is needed is decoded: the box around the result's corners, with what interpolation looks at beside. */
function lean(source: Source, { geometry }: PhotoEdit, all: Size, size: Size) {
  const map = toSource(source.turned, geometry);
  const box = boxAround(map, all);
  const [a, b, c, d, e, f] = map;
  const [sx, sy] = [all.width / box.width, all.height / box.height];
  const inBox: Affine = [a * sx, b * sx, c * sx - box.left / box.width, d * sy, e * sy, f * sy - box.top / box.height];
  return { box, shapeOf: () => leaned(inBox, size) };
}

function boxAround(map: Affine, all: Size): Box {
  const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([u, v]) => applyAffine(map, u!, v!));
  const span = (values: number[], length: number) => {
    const low = Math.max(0, Math.floor(Math.min(...values) * length) - 2);
    return [low, Math.min(length, Math.ceil(Math.max(...values) * length) + 2) - low] as const;
  };
  const [left, width] = span(corners.map(([x]) => x), all.width);
  const [top, height] = span(corners.map(([, y]) => y), all.height);
  return { left, top, width, height };
}
