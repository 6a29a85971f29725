import type { Metadata } from "sharp";
import type { Removed } from "@/db/schema/media-edit";
import type { Exif, ExifDirectory } from "./exif";

const SERIAL_NUMBERS = [0xa431, 0xa435, 0xc62f];
const NAMES = [0x013b, 0x8298, 0xa430, 0x9c9d];
const WORDS = [0x010e, 0x9286, 0x9c9b, 0x9c9c, 0x9c9e, 0x9c9f];
const SOFTWARE = [0x0131, 0x013c, 0xa436];
const TIMES = [0x0132, 0x9003, 0x9004];
const CAMERA = [0x010f, 0x0110, 0xa434];
const MAKER_NOTE = 0x927c;

const hasAny = (directory: ExifDirectory, tags: number[]) => tags.some((tag) => directory.has(tag));

/** What a file says beside its picture, none of which is served: by name, what matters most first. */
export function listRemoved(exif: Exif | null, meta: Pick<Metadata, "xmp" | "iptc" | "comments" | "gainMap">): Removed[] {
  const xmp = meta.xmp?.toString("latin1") ?? "";
  const both = (tags: number[]) => exif !== null && (hasAny(exif.image, tags) || hasAny(exif.photo, tags));
  const found: Record<Removed, boolean> = {
    location: (exif?.gps.size ?? 0) > 0 || /GPSLatitude|LocationShown|LocationCreated/.test(xmp),
    serial_number: both(SERIAL_NUMBERS) || /SerialNumber/.test(xmp),
    names: both(NAMES) || /dc:creator|dc:rights|OwnerName/.test(xmp),
    thumbnail: exif?.hasThumbnail === true,
    camera: both(CAMERA),
    time: both(TIMES),
    maker_notes: both([MAKER_NOTE]),
    software: both(SOFTWARE) || /CreatorTool/.test(xmp),
    comments: both(WORDS) || (meta.comments?.length ?? 0) > 0,
    xmp: meta.xmp !== undefined,
    iptc: meta.iptc !== undefined,
    gain_map: meta.gainMap !== undefined,
    animation: false,
    frames: false,
    large_movement: false,
    data_tracks: false,
    other: false,
  };
  return (Object.keys(found) as Removed[]).filter((what) => found[what]);
}
