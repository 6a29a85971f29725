import { type RefObject, type SyntheticEvent, useEffect, useRef, useState } from "react";
import type { PlayableVideo } from "./video-frame";
import { mayAutoplay, rememberVideo, takeStage, videoChoices } from "./video-memory";
import { attachSource } from "./video-source";

/** Share of the video that must be on screen for it to play by itself. */
const ENOUGH = 2 / 3;

export type VideoState = { isPlaying: boolean; isMuted: boolean; hasStarted: boolean; isWaiting: boolean; time: number; seconds: number; speed: number; subtitles: string | null };

/** The state of a video element, and what can be done with it. */
export function useVideo(ref: RefObject<HTMLVideoElement | null>, source: PlayableVideo, startNow: boolean) {
  const [state, setState] = useState<VideoState>({ isPlaying: false, isMuted: true, hasStarted: false, isWaiting: false, time: 0, seconds: source.seconds, speed: 1, subtitles: null });
  const change = (part: Partial<VideoState>) => setState((before) => ({ ...before, ...part }));
  const attach = useRef(() => {});

  useEffect(() => {
    const video = ref.current!;
    const { sound, speed, subtitles } = videoChoices();
    video.muted = !sound;
    video.defaultPlaybackRate = video.playbackRate = speed;
    change({ isMuted: !sound, speed, subtitles: showSubtitles(video, subtitles) });
    let detach: (() => void) | undefined;
    attach.current = () => void (detach ??= attachSource(video, source));
    if (startNow || mayAutoplay()) attach.current();
    const leave = playWhenSeen(video, startNow);
    return () => {
      leave();
      video.pause();
      detach?.();
    };
    // Addresses of one video are signed anew with each rendering; they mean the same file.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const events = {
    onPlay: ({ currentTarget }: Of) => (takeStage(currentTarget), change({ isPlaying: true })),
    onPlaying: () => change({ hasStarted: true, isWaiting: false }),
    onPause: () => change({ isPlaying: false }),
    onWaiting: () => change({ isWaiting: true }),
    // They may come when the page has already let the video go: what they are of is in the event.
    onTimeUpdate: ({ currentTarget: { currentTime } }: Of) => change({ time: currentTime }),
    onDurationChange: ({ currentTarget: { duration } }: Of) => Number.isFinite(duration) && change({ seconds: duration }),
    onVolumeChange: ({ currentTarget: { muted } }: Of) => change({ isMuted: muted }),
    onRateChange: ({ currentTarget: { playbackRate } }: Of) => change({ speed: playbackRate }),
  };
  return { state, events, acts: actsOn(ref, source, change, () => attach.current()) };
}

type Of = SyntheticEvent<HTMLVideoElement>;

const SPEEDS = [1, 1.25, 1.5, 2, 0.5, 0.75];

function actsOn(ref: RefObject<HTMLVideoElement | null>, source: PlayableVideo, change: (part: Partial<VideoState>) => void, attach: () => void) {
  const video = () => ref.current!;
  return {
    togglePlay() {
      attach();
      if (video().paused) return start(video());
      video().dataset.paused = "true";
      stop(video());
    },
    toggleSound() {
      video().muted = !video().muted;
      rememberVideo({ sound: !video().muted });
    },
    seek(to: number) {
      video().currentTime = Math.max(0, Math.min(to, (video().duration || source.seconds) - 0.05));
      change({ time: video().currentTime });
    },
    nextSpeed() {
      const next = SPEEDS[(SPEEDS.indexOf(video().playbackRate) + 1) % SPEEDS.length]!;
      video().playbackRate = next;
      rememberVideo({ speed: next });
    },
    /** From none to each language and back to none. */
    nextSubtitles() {
      const languages = [null, ...source.captions.map(({ language }) => language)];
      const shown = Array.from(video().textTracks).find(({ mode }) => mode === "showing")?.language ?? null;
      const next = languages[(languages.indexOf(shown) + 1) % languages.length] ?? null;
      rememberVideo({ subtitles: next });
      change({ subtitles: showSubtitles(video(), next) });
    },
  };
}

/** Shows the subtitles of a language, none for `null` or when there are none. Answers what is shown. */
function showSubtitles(video: HTMLVideoElement, language: string | null): string | null {
  let shown: string | null = null;
  for (const track of Array.from(video.textTracks)) {
    track.mode = track.language === language ? "showing" : "disabled";
    if (track.language === language) shown = language;
  }
  return shown;
}

/** Plays; without sound where the browser wants a gesture first. */
function start(video: HTMLVideoElement): void {
  delete video.dataset.paused;
  video.dataset.wanted = "true";
  void video.play().catch((error: DOMException) => {
    if (error.name !== "NotAllowedError" || video.muted) return;
    video.muted = true;
    void video.play().catch(() => {});
  });
}

function stop(video: HTMLVideoElement): void {
  delete video.dataset.wanted;
  video.pause();
}

/** Plays while enough of it is on screen and the tab is in front, unless its viewer has paused it. */
function playWhenSeen(video: HTMLVideoElement, startNow: boolean): () => void {
  let isSeen = startNow;
  const auto = mayAutoplay();
  const settle = () => {
    const apart = document.pictureInPictureElement;
    if (!isSeen || document.hidden) return apart === video ? undefined : stop(video);
    // Somebody watches another one in a window of its own.
    if (apart && apart !== video) return;
    if (!auto || video.dataset.paused === "true") return;
    // Chosen for another one since this one was put on the page.
    if (video.paused) video.muted = !videoChoices().sound;
    start(video);
  };
  const watcher = new IntersectionObserver(([entry]) => {
    isSeen = (entry?.intersectionRatio ?? 0) >= ENOUGH - 0.01;
    settle();
  }, { threshold: [0, ENOUGH - 0.01, 1] });
  watcher.observe(video);
  document.addEventListener("visibilitychange", settle);
  video.addEventListener("leavepictureinpicture", settle);
  // A source that comes later (hls.js has to be fetched first) undoes that it plays.
  const resume = () => void (video.dataset.wanted && video.paused && start(video));
  video.addEventListener("loadedmetadata", resume);
  if (startNow) start(video);
  return () => {
    watcher.disconnect();
    document.removeEventListener("visibilitychange", settle);
    video.removeEventListener("leavepictureinpicture", settle);
    video.removeEventListener("loadedmetadata", resume);
  };
}
