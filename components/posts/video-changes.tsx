import type { MediaView } from "@/lib/media/types";
import { VideoChange } from "./video-change";

/** Beneath the author's own post: what is being made anew of it. Nothing for anybody else. */
export function VideoChanges({ media }: { media: MediaView[] }) {
  const isOne = media.filter(({ type }) => type === "video").length === 1;
  return media.map(({ id, change }, at) => (change ? <VideoChange key={id} mediaId={id} name={isOne ? "your video" : `item ${at + 1}`} change={change} /> : null));
}
