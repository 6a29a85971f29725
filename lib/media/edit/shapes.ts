import type { Crop, Geometry } from "@/db/schema/media-edit";
import { type Size, turnedSize, WHOLE } from "./geometry";

/** Shapes a picture can be cut to. */
export const CROP_SHAPES = ["original", "1:1", "4:5", "16:9", "free"] as const;
export type CropShape = (typeof CROP_SHAPES)[number];

/** Smallest side of a crop, as a share of the picture's. */
export const MIN_CROP = 0.05;

/** Width by height; null where any is right. `original` is the turned picture's own. */
export function ratioOf(shape: CropShape, picture: Size, geometry: Pick<Geometry, "quarterTurns">): number | null {
  const turned = turnedSize(picture, geometry);
  return { original: turned.width / turned.height, "1:1": 1, "4:5": 4 / 5, "16:9": 16 / 9, free: null }[shape];
}

/** The largest part of that ratio inside the frame, around the middle of `near`. */
export function largestCrop(ratio: number, frame: Size, near: Crop = WHOLE): Crop {
  const width = Math.min(1, (frame.height * ratio) / frame.width);
  const height = Math.min(1, frame.width / ratio / frame.height);
  const [x, y] = [near.x + near.width / 2 - width / 2, near.y + near.height / 2 - height / 2];
  return { x: between(x, 0, 1 - width), y: between(y, 0, 1 - height), width, height };
}

/** Which shape a crop was made by, as far as one can see. */
export function shapeOfCrop(crop: Crop | null, picture: Size): CropShape {
  if (!crop) return "original";
  const ratio = (crop.width * picture.width) / (crop.height * picture.height);
  return CROP_SHAPES.find((shape) => Math.abs((ratioOf(shape, picture, { quarterTurns: 0 }) ?? 0) / ratio - 1) < 0.01) ?? "free";
}

/** The crop moved by shares of the frame, kept inside. */
export function moveCrop(crop: Crop, dx: number, dy: number): Crop {
  return { ...crop, x: between(crop.x + dx, 0, 1 - crop.width), y: between(crop.y + dy, 0, 1 - crop.height) };
}

export type Handle = { x: -1 | 0 | 1; y: -1 | 0 | 1 };

/**
 * The crop with the side or corner `handle` moved by shares of the frame: the opposite one stays, the ratio (when there is
 * one) is kept, nothing leaves the frame.
 */
export function resizeCrop(crop: Crop, handle: Handle, dx: number, dy: number, ratio: number | null, frame: Size): Crop {
  const room = { width: handle.x < 0 ? crop.x + crop.width : 1 - crop.x, height: handle.y < 0 ? crop.y + crop.height : 1 - crop.y };
  let width = between(crop.width + handle.x * dx, MIN_CROP, room.width);
  let height = between(crop.height + handle.y * dy, MIN_CROP, room.height);
  if (ratio !== null) {
    // Shares of the frame: its own ratio has to be taken out.
    const share = (ratio * frame.height) / frame.width;
    width = handle.x === 0 || (handle.y !== 0 && height * share > width) ? height * share : width;
    width = between(width, MIN_CROP * Math.max(1, share), Math.min(room.width, room.height * share));
    height = width / share;
  }
  return { x: handle.x < 0 ? crop.x + crop.width - width : crop.x, y: handle.y < 0 ? crop.y + crop.height - height : crop.y, width, height };
}

/** The crop scaled about its middle. */
export function scaleCrop(crop: Crop, factor: number): Crop {
  const most = Math.min(1 / crop.width, 1 / crop.height);
  const by = between(factor, MIN_CROP / Math.min(crop.width, crop.height), most);
  const [width, height] = [crop.width * by, crop.height * by];
  return moveCrop({ x: crop.x + (crop.width - width) / 2, y: crop.y + (crop.height - height) / 2, width, height }, 0, 0);
}

/** The crop that shows the same part after one more quarter turn clockwise. */
export const turnCrop = ({ x, y, width, height }: Crop): Crop => ({ x: 1 - y - height, y: x, width: height, height: width });
export const mirrorCrop = (crop: Crop): Crop => ({ ...crop, x: 1 - crop.x - crop.width });

export const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
