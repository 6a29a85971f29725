import { join } from "node:path";
import type { Crop, MediaEdit, PhotoEdit } from "@/db/schema/media-edit";
import { develop, type Raster } from "./edit/develop";
import { type Affine, applyAffine, editedSize, type Size, sourceRegion, toSource } from "./edit/geometry";
import { permute, resample } from "./edit/resample";
import { fullEditedSize, scaledSize } from "./edited-size";
import { isNeutral, justCrop } from "./edit/photo-edit";
import { decodePart, editedGamut, readSource, type Source } from "./pixels";
import { p3Profile } from "./tagged";
import { writeTiff } from "./tiff";
import { MAX_HEIGHT } from "./widths";

type Box = { left: number; top: number; width: number; height: number };

type Brought = { path: string; dir: string; crop: Crop | null; edit?: MediaEdit | null };

/**
 * The picture that everything is derived from: as it was brought, or as its author edited it. An edited one is rendered
 * into `dir`, no wider than the widest file that will be asked of it, and from there on is a picture like any other.
 */
export async function openSource({ path, dir, crop, edit }: Brought, maxWidth = Infinity): Promise<Source> {
  if (edit?.kind !== "image" || isNeutral(edit)) return readSource(path, crop, dir);
  const plain = justCrop(edit);
  if (plain) return readSource(path, plain, dir);
  const whole = await readSource(path, null, dir);
  const rendered = join(dir, "edited.tif");
  await render(whole, edit, maxWidth, rendered);
  return { ...(await readSource(rendered, null, dir)), full: fullEditedSize(whole.turned, edit), brought: whole.brought };
}

/** Applies an edit to the whole upright picture and writes the result as an uncompressed TIFF. Work grows with the width. */
async function render(source: Source, edit: PhotoEdit, maxWidth: number, path: string): Promise<void> {
  const full = fullEditedSize(source.turned, edit);
  const natural = editedSize(source.turned, edit.geometry);
  const width = Math.min(full.width, maxWidth, (MAX_HEIGHT * full.width) / full.height);
  const raster = edit.geometry.straighten === 0 ? await cut(source, edit, width / natural.width) : await lean(source, edit, width / natural.width);
  develop(raster, edit);
  await writeTiff(path, { ...raster, data: Buffer.from(raster.data.buffer, raster.data.byteOffset, raster.data.byteLength), stride: raster.width * raster.channels, icc: editedGamut(source) === "p3" ? await p3Profile() : null });
}

/** Upright pixels change places only: none is mixed with its neighbours. */
async function cut(source: Source, { geometry }: PhotoEdit, scale: number): Promise<Raster> {
  const all = scaledSize(source.turned, scale);
  const { x, y, width, height } = sourceRegion(source.turned, geometry);
  const left = Math.min(Math.round(x * all.width), all.width - 1);
  const top = Math.min(Math.round(y * all.height), all.height - 1);
  const box = { left, top, width: fit(width * all.width, all.width - left), height: fit(height * all.height, all.height - top) };
  return permute(await decodePart(source, all, box), geometry);
}

const fit = (length: number, room: number) => Math.min(Math.max(1, Math.round(length)), room);

/** Only the part that is needed is decoded: the box around the result's corners, with what interpolation looks at beside. */
async function lean(source: Source, { geometry }: PhotoEdit, scale: number): Promise<Raster> {
  const all = scaledSize(source.turned, scale);
  const map = toSource(source.turned, geometry);
  const box = boxAround(map, all);
  const [a, b, c, d, e, f] = map;
  const [sx, sy] = [all.width / box.width, all.height / box.height];
  const inBox: Affine = [a * sx, b * sx, c * sx - box.left / box.width, d * sy, e * sy, f * sy - box.top / box.height];
  return resample(await decodePart(source, all, box), inBox, scaledSize(editedSize(source.turned, geometry), scale));
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
