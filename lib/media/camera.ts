import type { Exif, ExifDirectory } from "./exif";

/** What the camera wrote of a photo; null where it wrote nothing sensible. `taken_at` in ISO 8601, places in degrees. */
export type CameraFacts = {
  camera: string | null;
  lens: string | null;
  exposure_seconds: number | null;
  f_number: number | null;
  iso: number | null;
  focal_length: number | null;
  taken_at: string | null;
  place: { latitude: number; longitude: number } | null;
};

const MAKE = 0x010f;
const MODEL = 0x0110;
const EXPOSURE_TIME = 0x829a;
const F_NUMBER = 0x829d;
const SENSITIVITY = 0x8827;
const TAKEN = 0x9003;
const TAKEN_OFFSET = 0x9011;
const FOCAL_LENGTH = 0x920a;
const LENS_MODEL = 0xa434;

const MAX_NAME = 80;

export function cameraFacts({ image, photo, gps }: Exif): CameraFacts {
  return {
    camera: cameraName(textOf(image, MAKE), textOf(image, MODEL)),
    lens: textOf(photo, LENS_MODEL),
    exposure_seconds: numberOf(photo, EXPOSURE_TIME, 1e-6, 86_400),
    f_number: numberOf(photo, F_NUMBER, 0.3, 512),
    iso: whole(numberOf(photo, SENSITIVITY, 1, 10_000_000)),
    focal_length: numberOf(photo, FOCAL_LENGTH, 0.1, 50_000),
    taken_at: takenAt(textOf(photo, TAKEN), textOf(photo, TAKEN_OFFSET)),
    place: placeOf(gps),
  };
}

/** Without control characters, and null when only the placeholders of empty fields are left. */
function textOf(directory: ExifDirectory, tag: number): string | null {
  const value = directory.get(tag);
  if (typeof value !== "string") return null;
  const text = value.split("\0")[0]!.replace(/[\p{C}\u{FFFD}]/gu, "").replace(/\s+/gu, " ").trim().slice(0, MAX_NAME);
  return /[\p{L}\p{N}]/u.test(text) ? text : null;
}

function numberOf(directory: ExifDirectory, tag: number, low: number, high: number): number | null {
  const value = directory.get(tag)?.[0];
  return typeof value === "number" && value >= low && value <= high ? value : null;
}

const whole = (value: number | null) => value && Math.round(value);

/** "FUJIFILM X-T5", but not "Canon Canon EOS R6" nor "NIKON CORPORATION NIKON Z 8". */
function cameraName(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make;
  const brand = make.replace(/[ ,.]*\b(corporation|corp|co|ltd|inc|gmbh|ag|imaging|optical|company)\b\.?/gi, "").trim() || make;
  const isNamed = model.toLowerCase().startsWith(brand.split(" ")[0]!.toLowerCase());
  return (isNamed ? model : `${brand} ${model}`).slice(0, MAX_NAME);
}

/** The camera's clock; without its offset from UTC (before Exif 2.31 there was none) it is taken for UTC. */
function takenAt(text: string | null, offset: string | null): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text ?? "");
  if (!match || Number(match[1]) < 1900) return null;
  const [, year, month, day, hour, minute, second] = match;
  const zone = /^[+-]\d\d:\d\d$/.test(offset ?? "") ? offset : "Z";
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

const [LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE] = [1, 2, 3, 4];

function placeOf(gps: ExifDirectory): CameraFacts["place"] {
  const latitude = degrees(gps.get(LATITUDE), gps.get(LATITUDE_REF), 90);
  const longitude = degrees(gps.get(LONGITUDE), gps.get(LONGITUDE_REF), 180);
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

function degrees(parts: number[] | string | undefined, side: number[] | string | undefined, limit: number): number | null {
  if (!Array.isArray(parts) || typeof side !== "string") return null;
  const value = parts.slice(0, 3).reduce((sum, part, i) => sum + part / 60 ** i, 0) * (/^[SW]/i.test(side) ? -1 : 1);
  return Math.abs(value) <= limit ? Math.round(value * 1e6) / 1e6 : null;
}
