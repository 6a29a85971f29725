import type { Variant } from "@/db/schema/media";
import type { EditState } from "./changed-edit";
import { signatureQuery, sourceQuery, uncutQuery, widthQuery } from "./signature";
import { VARIANT_WIDTHS } from "./limits";
import type { CameraView, MediaSource, MediaUrls, MediaView } from "./types";
import { toVideoView, type VideoColumns } from "./video/view";
import { MIN_WIDTH, widthsFor } from "./widths";

/** What an address needs to know of a media row; the columns' own names. */
export type MediaRow = VideoColumns & {
  id: string;
  kind: "image" | "video";
  state: "pending" | "uploaded" | "processing" | "ready" | "failed";
  version: string;
  width: number | null;
  height: number | null;
  duration: number | null;
  alt: string;
  thumbhash: string | null;
  variants: Variant[];
  /** Only when its author shows it. */
  shown_camera: CameraView | null;
};

/** Who will use the addresses. Public ones are the same for everybody; others are signed for one viewer and expire. */
export type MediaAccess = { isPublic: boolean; viewerId: string | null };

const TYPES = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" } as const;
const ESSENTIAL = [320, 640, 1080];

/** One item as API and pages show it. Addresses of an item that is still being processed begin to work when it is ready. */
export function toMediaView(row: MediaRow, access: MediaAccess): MediaView {
  const variants = row.variants.length > 0 ? row.variants : expectedVariants(row);
  const address = addressOf(row, access);
  const urls = urlsOf(variants, address);
  return {
    id: row.id,
    type: row.kind,
    state: row.state,
    width: row.width ?? 0,
    height: row.height ?? 0,
    duration: row.duration,
    alt: row.alt,
    thumbhash: row.thumbhash,
    urls,
    sources: sourcesOf(variants, address),
    ...(row.kind === "video" ? toVideoView(row, urls["1080"], fileAddressOf(row, access)) : {}),
    tags: [],
    camera: row.shown_camera ?? null,
  };
}

/**
 * The address of a ready photo at any width, never wider than it is: made when it is first asked for, then kept. Only we
 * can write such addresses. AVIF ends at 4 megapixels.
 */
export function widthUrl(row: Pick<MediaRow, "id" | "version" | "width">, access: MediaAccess, width: number, ext: Variant["ext"]): string {
  const wanted = Math.max(MIN_WIDTH, Math.min(Math.round(width), row.width ?? width));
  const query = widthQuery(row, { width: wanted, ext }, access.isPublic ? null : access.viewerId);
  return `/media/${row.id}/${row.version}/w.${ext}${query}`;
}

/** Where its author sees a photo as it was brought; nobody else can. */
export const sourceUrl = (row: Pick<MediaRow, "id" | "version">, ownerId: string) => `/media/${row.id}/${row.version}/source.jpg${sourceQuery(row, ownerId)}`;

/**
 * Where its author sees the whole of a video to edit it; nobody else can. What is served is that already when nothing was
 * cut away; else a small copy, null until it has been made.
 */
export function uncutUrl({ id, version, isWhole, isChanging, uncut }: Pick<EditState, "id" | "version" | "isWhole" | "isChanging" | "uncut">, ownerId: string): string | null {
  if (uncut.uncut_version !== null && uncut.uncut_progress === 100) return `/media/${id}/${uncut.uncut_version}/uncut.mp4${uncutQuery({ id, version: uncut.uncut_version }, ownerId)}`;
  // The addresses of a version that is about to be replaced would die while one edits.
  return isWhole && !isChanging ? `/media/${id}/${version}/video.mp4${signatureQuery({ id, version }, ownerId)}` : null;
}

/** Where a member of its conversation hears a voice note. */
export const voiceUrl = (row: Pick<MediaRow, "id" | "version">, viewerId: string): string => `/media/${row.id}/${row.version}/voice.m4a${signatureQuery(row, viewerId)}`;

type Address = (variant: Pick<Variant, "name" | "ext">) => string;

function addressOf(row: Pick<MediaRow, "id" | "version">, access: MediaAccess): Address {
  const address = fileAddressOf(row, access);
  return ({ name, ext }) => address(`${name}.${ext}`);
}

function fileAddressOf(row: Pick<MediaRow, "id" | "version">, access: MediaAccess): (file: string) => string {
  const query = access.isPublic || access.viewerId === null ? "" : signatureQuery(row, access.viewerId);
  return (file) => `/media/${row.id}/${row.version}/${file}${query}`;
}

/** Every required width, pointing at the largest there is where the photo is smaller. */
function urlsOf(variants: Variant[], address: Address): MediaUrls {
  const jpegs = variants.filter((variant) => variant.ext === "jpg");
  const find = (name: string) => jpegs.find((variant) => variant.name === name);
  const required = (name: string) => address(find(name) ?? largestBelow(jpegs, Number(name)) ?? { name, ext: "jpg" });
  const [w1440, original] = [find("1440"), find("original")];
  return {
    "150": required("150"),
    "320": required("320"),
    "640": required("640"),
    "1080": required("1080"),
    ...(w1440 ? { "1440": address(w1440) } : {}),
    ...(original ? { original: address(original) } : {}),
  };
}

const isWidth = (variant: Variant) => variant.name !== "150" && /^\d+$/.test(variant.name);

function largestBelow(jpegs: Variant[], width: number): Variant | undefined {
  return jpegs.filter((variant) => isWidth(variant) && Number(variant.name) <= width).sort((a, b) => b.width - a.width)[0];
}

/** AVIF before WebP before JPEG, each with every width; the square thumbnail is another picture and not among them. */
function sourcesOf(variants: Variant[], address: Address): MediaSource[] {
  return (["avif", "webp", "jpg"] as const).flatMap((ext) => {
    const ofType = variants.filter((variant) => variant.ext === ext && isWidth(variant)).sort((a, b) => a.width - b.width);
    return ofType.length > 0 ? [{ type: TYPES[ext], srcset: ofType.map((variant) => `${address(variant)} ${variant.width}w`).join(", ") }] : [];
  });
}

/** What processing will make of an item whose size is known. */
function expectedVariants(row: MediaRow): Variant[] {
  const width = row.width ?? VARIANT_WIDTHS[3];
  const height = row.height ?? width;
  const names = ["150", ...widthsFor(width, ESSENTIAL).map(String)];
  return names.map((name) => {
    const itsWidth = Math.min(Number(name), width);
    return { name, ext: "jpg", width: itsWidth, height: Math.max(1, Math.round((height * itsWidth) / width)), bytes: 0 };
  });
}
