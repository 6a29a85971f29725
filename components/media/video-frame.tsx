"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { PlayIcon } from "@/components/ui/icons";
import type { CaptionsView } from "@/lib/media/types";
import type { VideoPlayer as Player } from "./video-player";

export type PlayableVideo = { hls: string; mp4: string | null; seconds: number; hasSound: boolean; captions: CaptionsView[]; fit: "cover" | "contain" };

/** How far outside the screen a video's player is fetched. */
const NEAR = "600px 0px";

/** The poster with a play button; the player replaces the button when it is needed and there. */
export function VideoFrame({ video, label, children }: { video: PlayableVideo; label: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [Loaded, setLoaded] = useState<typeof Player | null>(null);
  const [wanted, setWanted] = useState(false);

  const load = () => void import("./video-player").then((m) => setLoaded(() => m.VideoPlayer), () => {});

  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && (watcher.disconnect(), load()), { rootMargin: NEAR });
    watcher.observe(frame.current!);
    return () => watcher.disconnect();
  }, []);

  function play() {
    setWanted(true);
    load();
  }

  return (
    <div ref={frame} role="group" aria-label={label} className="relative size-full bg-black">
      {children}
      {Loaded ? (
        <Loaded video={video} startNow={wanted} />
      ) : (
        <button type="button" aria-label="Play" onClick={play} className="absolute inset-0 flex items-center justify-center ring-on-photo">
          <PlayBadge />
        </button>
      )}
    </div>
  );
}

export function PlayBadge() {
  return (
    <span className="flex size-16 items-center justify-center rounded-full bg-scrim text-white">
      <PlayIcon className="ml-1 size-7 fill-current" />
    </span>
  );
}
