import type { PhotoEdit } from "@/db/schema/media-edit";
import { editedSize, type Size } from "./edit/geometry";

/** Beyond it an edited picture is made smaller: its pixels are held in memory, twice while it is leaned. */
const MAX_EDITED_PIXELS = 50_000_000;

/** What an edit makes of a picture of this size, in pixels. */
export function fullEditedSize(picture: Size, edit: Pick<PhotoEdit, "geometry">): Size {
  const size = editedSize(picture, edit.geometry);
  return scaledSize(size, Math.min(1, Math.sqrt(MAX_EDITED_PIXELS / (size.width * size.height))));
}

/** In whole pixels, at least one. */
export const scaledSize = ({ width, height }: Size, scale: number): Size => ({ width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
