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
  /** A small copy for the strip; null where the browser could not make one. */
  thumb: Blob | null;
  name: string;
  type: string;
  /** 0 by 0 when this browser can't show the photo: `isShowable`. */
  width: number;
  height: number;
  alt: string;
  shape: CropShape;
  /** The part that is kept; null is all of it. */
  crop: Crop | null;
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
  /** Somebody pressed Share and has not yet heard how it ended; goes on after a reload, too. */
  isWanted: boolean;
  /** What was sent when the answer was lost: it may have been posted all the same. */
  tried: string | null;
};

/** What one types and sets, beside the photos. */
export type DraftWords = Pick<Draft, "caption" | "place" | "audience" | "commentsEnabled" | "hideLikes">;

export const emptyDraft = (): Draft => ({
  key: randomKey(), photos: [], caption: "", place: "", audience: "everyone", commentsEnabled: true, hideLikes: false, isWanted: false, tried: null,
});

/** Whether this browser can show the photo before it is posted. */
export const isShowable = ({ width }: Pick<DraftPhoto, "width">) => width > 0;

/** The largest part of that shape, from the middle. */
export function centredCrop(shape: CropShape, { width, height }: Pick<DraftPhoto, "width" | "height">): Crop | null {
  const ratio = shapeRatio[shape];
  if (ratio === null) return null;
  const across = Math.min(1, (height * ratio) / width);
  const down = Math.min(1, width / ratio / height);
  return { x: (1 - across) / 2, y: (1 - down) / 2, width: across, height: down };
}
