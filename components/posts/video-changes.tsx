import type { MediaView } from "@/lib/media/types";
import { ReplacementNote } from "./replacement-note";
import { VideoChange } from "./video-change";

/** Beneath the author's own post: what is being made anew of it, or replaced. Nothing for anybody else. */
export function VideoChanges({ postId, media }: { postId: string; media: MediaView[] }) {
  const isOne = media.filter(({ type }) => type === "video").length === 1;
  return media.map(({ id, type, change }, at) => {
    if (!change) return null;
    if (change.what === "replacement") return <ReplacementNote key={id} postId={postId} mediaId={id} name={media.length > 1 ? `${type === "video" ? "video" : "photo"} ${at + 1}` : type === "video" ? "video" : "photo"} change={change} />;
    return <VideoChange key={id} mediaId={id} name={isOne ? "your video" : `item ${at + 1}`} change={change} />;
  });
}
