import type { Adjustments, Crop, Geometry, MediaEdit, VideoEdit } from "@/db/schema/media-edit";
import type { FilterName } from "./filters";
import { isNeutral } from "./photo-edit";

/** An edit as the API shows and takes it. */
export type PhotoEditView = {
  kind: "image";
  geometry: { quarter_turns: Geometry["quarterTurns"]; is_mirrored: boolean; straighten: number; crop: Crop | null };
  filter: { name: FilterName; strength: number } | null;
  adjust: Adjustments;
};
export type VideoEditView = { kind: "video"; trim: VideoEdit["trim"]; cover: number | null; is_muted: boolean; crop: Crop | null };
export type EditView = PhotoEditView | VideoEditView;

export function fromEditView(view: EditView): MediaEdit {
  if (view.kind === "video") return { kind: "video", trim: view.trim, cover: view.cover, isMuted: view.is_muted, crop: view.crop };
  const { quarter_turns, is_mirrored, straighten, crop } = view.geometry;
  return { kind: "image", geometry: { quarterTurns: quarter_turns, isMirrored: is_mirrored, straighten, crop }, filter: view.filter, adjust: view.adjust };
}

export function toEditView(edit: MediaEdit): EditView {
  if (edit.kind === "video") return { kind: "video", trim: edit.trim, cover: edit.cover, is_muted: edit.isMuted, crop: edit.crop };
  const { quarterTurns, isMirrored, straighten, crop } = edit.geometry;
  return { kind: "image", geometry: { quarter_turns: quarterTurns, is_mirrored: isMirrored, straighten, crop }, filter: edit.filter as PhotoEditView["filter"], adjust: edit.adjust };
}

/** Whether the file comes out as it was brought. */
export function isNothing(edit: MediaEdit): boolean {
  return edit.kind === "video" ? edit.trim === null && edit.cover === null && !edit.isMuted && edit.crop === null : isNeutral(edit);
}
