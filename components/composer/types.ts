import { randomKey } from "@/lib/platform/random-key";
import type { Crop } from "@/lib/media/types";

/** Shapes a photo can be given. */
export const CROP_SHAPES = ["original", "1:1", "4:5", "16:9"] as const;
export type CropShape = (typeof CROP_SHAPES)[number];

/** Width by height of a shape; null keeps the photo's own. */
export const shapeRatio: Record<CropShape, number | null> = { original: null, "1:1": 1, "4:5": 4 / 5, "16:9": 16 / 9 };

export type Upload =
  | { state: "waiting" }
  /** `progress` 0..1 of the bytes that have really left. */
  | { state: "sending"; progress: number }
  | { state: "done"; mediaId: string }
  | { state: "failed"; reason: string; canRetry: boolean };

/** One photo of the draft. The file itself is kept with it, on the device, so that a reload loses nothing. */
export type DraftPhoto = {
  key: string;
  file: Blob;
  name: string;
  type: string;
  width: number;
  height: number;
  alt: string;
  shape: CropShape;
  /** The part that is kept; null is all of it. */
  crop: Crop | null;
  /** Where and how far the cropper was moved, to open it again as it was left. */
  view: { x: number; y: number; zoom: number };
  upload: Upload;
};

export type Draft = {
  /** Becomes the Idempotency-Key: however often the draft is sent, it is posted once. */
  key: string;
  photos: DraftPhoto[];
  caption: string;
  place: string;
  audience: "everyone" | "followers";
  commentsEnabled: boolean;
  hideLikes: boolean;
};

export const emptyDraft = (): Draft => ({
  key: randomKey(), photos: [], caption: "", place: "", audience: "everyone", commentsEnabled: true, hideLikes: false,
});
