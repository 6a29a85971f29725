/**
 * What may be brought, for the composer, the server and `/api/limits` alike. Safe to import in the browser.
 * Bytes are counted in full; a megapixel is a million pixels.
 */
export const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif", "image/heic", "image/heif"] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

export const MAX_PHOTO_BYTES = 30 * 1024 * 1024;
export const MAX_PHOTO_PIXELS = 100_000_000;
/** Nothing we write can be longer than a JPEG's 65,535. */
export const MAX_PHOTO_SIDE = 65_535;

export const MAX_AVATAR_BYTES = MAX_PHOTO_BYTES;

export const MIN_POST_ITEMS = 1;
export const MAX_POST_ITEMS = 20;
export const MAX_CAPTION = 2_200;
export const MAX_ALT = 1_000;

/** Seconds that an upload address is valid. */
export const UPLOAD_EXPIRES_IN = 300;

/** Widths of the derived sizes; 150 is a square. */
export const VARIANT_WIDTHS = [150, 320, 640, 1080, 1440] as const;

/** The type a client declares, in the form we use; `null` when it is no photo type we take. */
export function photoType(declared: string): PhotoType | null {
  const type = declared.split(";")[0]!.trim().toLowerCase().replace(/^image\/(jpg|pjpeg)$/, "image/jpeg").replace(/^(image\/hei[cf])-sequence$/, "$1");
  return (PHOTO_TYPES as readonly string[]).includes(type) ? (type as PhotoType) : null;
}
