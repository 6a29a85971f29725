import type { Crop, Geometry } from "@/lib/media/edit/types";
import { frameSize, isGeometryNeutral, type Size, WHOLE } from "@/lib/media/edit/geometry";
import { NO_EDIT } from "@/lib/media/edit/photo-edit";
import { type CropShape, largestCrop, mirrorCrop, ratioOf, turnCrop } from "@/lib/media/edit/shapes";
import type { Work } from "./history";

// What the controls of the editor do to the work.

const withGeometry = (work: Work, change: Partial<Geometry>): Work => ({ ...work, edit: { ...work.edit, geometry: { ...work.edit.geometry, ...change } } });

const isWhole = ({ x, y, width, height }: Crop) => x <= 0 && y <= 0 && width >= 1 && height >= 1;
/** The whole picture is no crop. */
const tidy = (crop: Crop) => (isWhole(crop) ? null : crop);

export const cropped = (work: Work, crop: Crop): Work => withGeometry(work, { crop: tidy(crop) });

/** The largest part of that shape, around where the crop is now. */
export function shaped(work: Work, shape: CropShape, natural: Size): Work {
  const { geometry } = work.edit;
  const ratio = ratioOf(shape, natural, geometry);
  if (ratio === null) return { ...work, shape };
  return { ...cropped(work, largestCrop(ratio, frameSize(natural, geometry), geometry.crop ?? WHOLE)), shape };
}

export const straightened = (work: Work, straighten: number): Work => withGeometry(work, { straighten });

/** Turned by quarters clockwise, as it is seen: mirrored, the picture itself turns the other way. */
export function turned(work: Work, quarters: 1 | 3, natural: Size): Work {
  const { geometry } = work.edit;
  const quarterTurns = ((geometry.quarterTurns + (geometry.isMirrored ? 4 - quarters : quarters)) % 4) as Geometry["quarterTurns"];
  let crop = geometry.crop ?? WHOLE;
  for (let i = 0; i < quarters; i++) crop = turnCrop(crop);
  const next = cropped(withGeometry(work, { quarterTurns }), crop);
  return ["1:1", "original", "free"].includes(work.shape) ? next : shaped(next, work.shape, natural);
}

/** Mirrored as it is seen: what was leaned to one side leans to the other. */
export function mirrored(work: Work): Work {
  const { isMirrored, straighten, crop } = work.edit.geometry;
  return withGeometry(work, { isMirrored: !isMirrored, straighten: straighten === 0 ? 0 : -straighten, crop: crop && mirrorCrop(crop) });
}

export const untouched: Work = { edit: NO_EDIT, shape: "original" };

export const isUntouched = ({ edit }: Work) => isGeometryNeutral(edit.geometry) && edit.filter === null && Object.values(edit.adjust).every((value) => value === 0);

/** Brings one photo's work to the work of another, of that size. */
export type Carry = (onto: Work, natural: Size) => Work;

/** The work of one photo carried to another: its colours and its shape; how a photo is turned and where it is cut is its own. */
export function carried(from: Work, onto: Work, natural: Size): Work {
  const coloured = { ...onto, edit: { ...from.edit, geometry: onto.edit.geometry } };
  return from.shape === "free" || natural.width === 0 ? coloured : shaped(coloured, from.shape, natural);
}
