import type { PostView } from "./types";

/** A post as it stands beside what is about it. */
export type PostSketch = { id: string; shortcode: string; /** Empty for a covered post. */ thumbnail_url: string; alt: string };

export const toSketch = ({ id, shortcode, cover, thumbnail_url, media }: Pick<PostView, "id" | "shortcode" | "thumbnail_url" | "media" | "cover">): PostSketch => ({
  id, shortcode, ...(cover ? { thumbnail_url: "", alt: "" } : { thumbnail_url, alt: media[0]?.alt ?? "" }),
});
