export type { Adjustments, Crop, Geometry, MediaEdit, PhotoEdit, VideoEdit } from "@/db/schema/media-edit";
