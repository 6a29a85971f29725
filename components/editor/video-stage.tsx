import { type RefObject, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Crop } from "@/lib/media/edit/types";
import { CropFrame } from "./crop-frame";
import type { Span } from "./trim-strip";
import { containedIn, useSize } from "./use-size";
import type { VideoFile } from "./video-file";

type Props = { ref: RefObject<HTMLVideoElement | null>; file: VideoFile; label: string; span: Span; isMuted: boolean; crop: Crop | null; ratio: number | null; onCrop: (crop: Crop) => void };

/** The video, with the kept part in a frame when it is cropped; plays the kept span over and over. */
export function VideoStage({ ref, file, label, span, isMuted, crop, ratio, onCrop }: Props) {
  const [place, room] = useSize<HTMLDivElement>();
  const [isPlaying, setPlaying] = useState(false);
  const box = useMemo(() => containedIn({ width: room.width - 48, height: room.height - 48 }, file.size), [room, file.size]);
  const back = () => {
    const video = ref.current;
    if (video && !video.paused && (video.currentTime >= span.end || video.currentTime < span.start - 0.2)) video.currentTime = span.start;
  };
  const toggle = () => {
    const video = ref.current!;
    if (!video.paused) return video.pause();
    if (video.currentTime >= span.end - 0.05 || video.currentTime < span.start) video.currentTime = span.start;
    void video.play().catch(() => {});
  };
  return (
    <div ref={place} className="relative flex min-h-0 min-w-0 flex-1 items-center justify-center overflow-hidden bg-sunken select-none">
      <div className="relative" style={{ width: box.width, height: box.height }}>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- the author's own file, before it can have any */}
        <video
          ref={ref}
          src={file.url}
          muted={isMuted}
          playsInline
          aria-label={label}
          className="block size-full"
          onTimeUpdate={back}
          onEnded={back}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
        />
        {crop ? <CropFrame crop={crop} frame={file.size} box={box} ratio={ratio} onChange={onCrop} /> : null}
      </div>
      <Button size="sm" className="absolute bottom-3" onClick={toggle}>{isPlaying ? "Pause" : "Play"}</Button>
    </div>
  );
}
