import type { MediaView } from "@/lib/media/types";

/** Widest and tallest frame of a post in the feed, as width / height. */
const WIDEST = 1.91;
const TALLEST = 0.8;

/** Shapes that differ less than this fill the frame; a sliver is cropped rather than bars shown. */
const CROP_TOLERANCE = 0.12;

type Size = Pick<MediaView, "width" | "height">;

/** Width / height of a picture; 1 while it is not known. */
export function ratioOf({ width, height }: Size): number {
  return width > 0 && height > 0 ? width / height : 1;
}

/** The frame that all pictures of a post share in the feed: the first one's shape within bounds. */
export function feedRatio(media: Size[]): number {
  return Math.min(WIDEST, Math.max(TALLEST, media[0] ? ratioOf(media[0]) : 1));
}

/** The frame on the post's own page: nothing of the tallest picture is lost. */
export function fullRatio(media: Size[]): number {
  return media.length === 0 ? 1 : Math.min(...media.map(ratioOf));
}

/** Whether a picture fills a frame (cropped at the edges) or is shown whole inside it. */
export function fits(picture: Size, frame: number): "cover" | "contain" {
  return Math.abs(Math.log(ratioOf(picture) / frame)) <= CROP_TOLERANCE ? "cover" : "contain";
}
