import type { Crop, Geometry } from "@/db/schema/media-edit";

export type Size = { width: number; height: number };

/** `x' = a·x + b·y + c`, `y' = d·x + e·y + f`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const NO_GEOMETRY: Geometry = { quarterTurns: 0, isMirrored: false, straighten: 0, crop: null };
export const WHOLE: Crop = { x: 0, y: 0, width: 1, height: 1 };

/** Furthest that a picture can be straightened, degrees. */
export const MAX_STRAIGHTEN = 45;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The picture's size after its quarter turns. */
export function turnedSize({ width, height }: Size, { quarterTurns }: Pick<Geometry, "quarterTurns">): Size {
  return quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/**
 * How much a picture leaning by `degrees` must be enlarged to cover a frame of its own shape, so that no empty corner
 * shows. The frame's corner, leaned back, must lie inside: `w·cos + h·sin <= zoom·w` and the same for `h`.
 */
export function coverZoom({ width, height }: Size, degrees: number): number {
  const angle = Math.abs(radians(degrees));
  return Math.cos(angle) + Math.sin(angle) * Math.max(width / height, height / width);
}

/** Turned and straightened, not yet cropped, in pixels of the picture that was brought (not rounded). */
export function frameSize(picture: Size, geometry: Geometry): Size {
  const turned = turnedSize(picture, geometry);
  const zoom = coverZoom(turned, geometry.straighten);
  return { width: turned.width / zoom, height: turned.height / zoom };
}

/** What comes out, in whole pixels: as many as the kept part has in the picture that was brought. */
export function editedSize(picture: Size, geometry: Geometry): Size {
  const frame = frameSize(picture, geometry);
  const { width, height } = geometry.crop ?? WHOLE;
  return { width: Math.max(1, Math.round(frame.width * width)), height: Math.max(1, Math.round(frame.height * height)) };
}

const after = (outer: Affine, inner: Affine): Affine => {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f];
};

const MIRROR: Affine = [-1, 0, 1, 0, 1, 0];
/** Where a point of the turned picture was before, by number of quarters. */
const UNTURN: readonly Affine[] = [[1, 0, 0, 0, 1, 0], [0, 1, 0, -1, 0, 1], [-1, 0, 1, 0, -1, 1], [0, -1, 1, 1, 0, 0]];

/**
 * Where each point of the result comes from: both sides 0..1 from the left upper corner, of the result and of the upright
 * picture that was brought. The shader and the server sample by this one map.
 */
export function toSource(picture: Size, geometry: Geometry): Affine {
  const turned = turnedSize(picture, geometry);
  const frame = frameSize(picture, geometry);
  const crop = geometry.crop ?? WHOLE;
  const [cos, sin] = [Math.cos(radians(geometry.straighten)), Math.sin(radians(geometry.straighten))];
  // From the middle, in pixels; then leaned back, because the picture was leaned clockwise.
  const inFrame: Affine = [crop.width * frame.width, 0, (crop.x - 0.5) * frame.width, 0, crop.height * frame.height, (crop.y - 0.5) * frame.height];
  const leaned = after([cos / turned.width, sin / turned.width, 0.5, -sin / turned.height, cos / turned.height, 0.5], inFrame);
  return after(UNTURN[geometry.quarterTurns]!, geometry.isMirrored ? after(MIRROR, leaned) : leaned);
}

export const applyAffine = ([a, b, c, d, e, f]: Affine, x: number, y: number): [number, number] => [a * x + b * y + c, d * x + e * y + f];

/** The part of the upright picture that is needed when it is not leaned: then the map only swaps and mirrors sides. */
export function sourceRegion(picture: Size, geometry: Geometry): Crop {
  const map = toSource(picture, { ...geometry, straighten: 0 });
  const [[x1, y1], [x2, y2]] = [applyAffine(map, 0, 0), applyAffine(map, 1, 1)];
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}

export const isGeometryNeutral = ({ quarterTurns, isMirrored, straighten, crop }: Geometry) =>
  quarterTurns === 0 && !isMirrored && straighten === 0 && (crop === null || (crop.x === 0 && crop.y === 0 && crop.width === 1 && crop.height === 1));
