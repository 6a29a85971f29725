export type { Crop } from "@/db/schema/media";

/** Addresses of one picture by width; see API.md, Shapes. The required keys always work, also for small pictures. */
export type MediaUrls = { "150": string; "320": string; "640": string; "1080": string; "1440"?: string; original?: string };

/** One file of a `<picture>` source set. */
export type MediaSource = { type: "image/avif" | "image/webp" | "image/jpeg"; srcset: string };

/** One item of a post. `width` and `height` are those of the oriented, cropped picture in pixels. */
export type MediaView = {
  id: string;
  type: "image" | "video";
  state: "pending" | "uploaded" | "processing" | "ready" | "failed";
  width: number;
  height: number;
  duration: number | null;
  alt: string;
  /** Base64 of the ThumbHash. */
  thumbhash: string | null;
  urls: MediaUrls;
  /** Best first, for `<picture>`; the last is JPEG. */
  sources: MediaSource[];
};
