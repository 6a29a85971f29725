// <Video media={item} sizes="…" label="Video by ada" />   Fills its frame, as <Picture>. The poster stands there at once; the
// player comes when the video comes near the screen.
import type { MediaView } from "@/lib/media/types";
import { Picture } from "./picture";
import { VideoFrame } from "./video-frame";

type Props = { media: MediaView; sizes: string; fit?: "cover" | "contain"; priority?: boolean; label: string };

export function Video({ media, sizes, fit = "cover", priority, label }: Props) {
  const { hls_url, mp4_url, duration, has_audio, captions = [] } = media;
  if (!hls_url) return <Picture media={media} sizes={sizes} fit={fit} priority={priority} alt={label} />;
  return (
    <VideoFrame video={{ hls: hls_url, mp4: mp4_url ?? null, seconds: duration ?? 0, hasSound: has_audio ?? false, captions, fit }} label={label}>
      {/* The player beside it bears the name. */}
      <Picture media={media} sizes={sizes} fit={fit} priority={priority} alt="" />
    </VideoFrame>
  );
}
