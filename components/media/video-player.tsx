"use client";
// The player inside a <VideoFrame>: the video over its poster, and the controls over both.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { useVideo } from "./use-video";
import { VideoControls } from "./video-controls";
import { PlayBadge, type PlayableVideo } from "./video-frame";

/** Controls go this long after the last movement while it plays, ms. */
const IDLE_AFTER = 2_600;
/** Seconds that an arrow key goes back or forth. */
const STEP = 5;

/** The browser draws them under the controls: they rise above the bar while it is there. Firefox has no name for them. */
const SUBTITLES =
  "[&::cue]:text-[length:max(1em,0.9375rem)] [&::-webkit-media-text-track-container]:transition-transform group-hover/video:[&::-webkit-media-text-track-container]:-translate-y-16 group-focus-within/video:[&::-webkit-media-text-track-container]:-translate-y-16";

export function VideoPlayer({ video: source, startNow }: { video: PlayableVideo; startNow: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const { state, events, acts } = useVideo(video, source, startNow);
  const [isActive, wake] = useActivity();
  const areControlsShown = isActive || !state.isPlaying;

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    const onButton = (event.target as Element).closest("button") !== null;
    const onBar = (event.target as Element).closest("input") !== null;
    const act = { k: acts.togglePlay, m: acts.toggleSound, c: acts.nextSubtitles, f: () => toggleFullScreen(box.current!, video.current!) }[key.toLowerCase()];
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[key];
    // A button answers to the space bar itself, the bar to its arrows.
    const todo = act ?? (key === " " && !onButton ? acts.togglePlay : step && !onBar ? () => acts.seek(video.current!.currentTime + step) : null);
    // The arrows of a carousel around it must not turn the page.
    if (todo || step) event.stopPropagation();
    if (!todo) return;
    event.preventDefault();
    wake();
    todo();
  }

  function onPress(event: PointerEvent) {
    // A finger first shows the controls; a mouse has seen them on its way.
    if (event.pointerType === "mouse" && event.button === 0) acts.togglePlay();
    wake();
  }

  return (
    <div ref={box} className="group/video absolute inset-0 overflow-hidden" onKeyDown={onKeyDown} onPointerMove={wake} onFocus={wake}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- its author may have brought none */}
      <video
        ref={video}
        {...events}
        playsInline
        muted
        loop={source.seconds < 90}
        preload="metadata"
        crossOrigin="anonymous"
        tabIndex={-1}
        aria-hidden="true"
        onPointerUp={onPress}
        className={cn("absolute inset-0 size-full transition-opacity duration-150", source.fit === "cover" ? "object-cover" : "object-contain", state.hasStarted ? "opacity-100" : "opacity-0", "[:fullscreen>&]:bg-black [:fullscreen>&]:object-contain", SUBTITLES, areControlsShown && "[&::-webkit-media-text-track-container]:-translate-y-16")}
      >
        {source.captions.map(({ language, label, url }) => (
          <track key={language} kind="subtitles" srcLang={language} label={label} src={url} />
        ))}
      </video>
      {state.isPlaying ? null : (
        <button type="button" tabIndex={-1} aria-hidden="true" onClick={acts.togglePlay} className="absolute inset-0 m-auto flex size-16 items-center justify-center rounded-full">
          <PlayBadge />
        </button>
      )}
      {state.isPlaying && state.isWaiting ? (
        <span aria-hidden="true" className="pointer-events-none absolute inset-0 m-auto flex size-16 items-center justify-center rounded-full bg-scrim text-3xl text-white opacity-100 transition-opacity delay-500 starting:opacity-0">
          <Spinner />
        </span>
      ) : null}
      <VideoControls
        state={state}
        acts={acts}
        captions={source.captions}
        hasSound={source.hasSound}
        onFullScreen={() => toggleFullScreen(box.current!, video.current!)}
        onPictureInPicture={() => void togglePictureInPicture(video.current!)}
        isShown={areControlsShown}
      />
    </div>
  );
}

/** Whether somebody has just moved the pointer or touched a key here. */
function useActivity(): [boolean, () => void] {
  const [isActive, setActive] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return [isActive, () => {
    setActive(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setActive(false), IDLE_AFTER);
  }];
}

function toggleFullScreen(box: HTMLElement, video: HTMLVideoElement & { webkitEnterFullscreen?: () => void }): void {
  if (document.fullscreenElement) return void document.exitFullscreen();
  // Phones of Apple's let only the video itself fill the screen.
  if (box.requestFullscreen) void box.requestFullscreen().catch(() => {});
  else video.webkitEnterFullscreen?.();
}

async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  await (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()).catch(() => {});
}
