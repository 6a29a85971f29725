"use client";
import * as Radix from "@radix-ui/react-dialog";
import { type KeyboardEvent, useState } from "react";
import { VideoFrame } from "@/components/media/video-frame";
import { cn } from "@/components/ui/cn";
import { iconButtonClass, IconButton } from "@/components/ui/icon-button";
import { ChevronLeftIcon, ChevronRightIcon, CloseIcon } from "@/components/ui/icons";
import { useReturnFocus } from "@/components/ui/return-focus";
import type { MediaView } from "@/lib/media/types";
import { SizedImage } from "./message-media";

type Props = { media: MediaView[]; at: number; sender: string; onClose: () => void };

/** The photos and videos of a message on the whole screen, one at a time. */
export function MediaViewer({ media, at: first, sender, onClose }: Props) {
  const [at, setAt] = useState(first);
  const focus = useReturnFocus(true);
  const item = media[at]!;
  const go = (step: number) => setAt((now) => Math.min(media.length - 1, Math.max(0, now + step)));
  const onKeyDown = (event: KeyboardEvent) => event.key === "ArrowLeft" ? go(-1) : event.key === "ArrowRight" ? go(1) : undefined;
  const label = item.alt || `${item.type === "video" ? "Video" : "Photo"} by ${sender}`;
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Content {...focus} aria-describedby={undefined} onKeyDown={onKeyDown} className="pad-safe-t pad-safe-b fixed inset-0 z-60 flex flex-col bg-black text-white focus:outline-none data-[state=open]:animate-fade">
          <header className="flex min-h-14 items-center gap-3 pr-1.5 pl-4">
            <Radix.Title className="min-w-0 flex-1 truncate text-ui font-semibold">{label}</Radix.Title>
            {media.length > 1 ? <span className="tabular text-sm">{`${at + 1} of ${media.length}`}</span> : null}
            <Radix.Close aria-label="Close" title="Close" className={cn(iconButtonClass("photo"), "ring-on-photo")}><CloseIcon /></Radix.Close>
          </header>
          <div className="relative min-h-0 flex-1">
            {item.type === "video" && item.hls_url ? (
              <VideoFrame key={item.id} video={{ hls: item.hls_url, mp4: item.mp4_url ?? null, seconds: item.duration ?? 0, hasSound: item.has_audio ?? false, captions: item.captions ?? [], fit: "contain" }} label={label}>
                <SizedImage media={item} sizes="100vw" fit="contain" />
              </VideoFrame>
            ) : <SizedImage key={item.id} media={item} sizes="100vw" fit="contain" alt={label} />}
            {at > 0 ? <IconButton label="Previous" tone="photo" onClick={() => go(-1)} className="absolute! top-1/2 left-2 -translate-y-1/2"><ChevronLeftIcon /></IconButton> : null}
            {at < media.length - 1 ? <IconButton label="Next" tone="photo" onClick={() => go(1)} className="absolute! top-1/2 right-2 -translate-y-1/2"><ChevronRightIcon /></IconButton> : null}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
