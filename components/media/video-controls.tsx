import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { FullScreenIcon, PauseIcon, PictureInPictureIcon, PlayIcon, SilentIcon, SoundIcon, SubtitlesIcon } from "@/components/ui/icons";
import type { CaptionsView } from "@/lib/media/types";
import type { VideoState } from "./use-video";

type Acts = { togglePlay: () => void; toggleSound: () => void; seek: (to: number) => void; nextSpeed: () => void; nextSubtitles: () => void };
type Props = { state: VideoState; acts: Acts; captions: CaptionsView[]; hasSound: boolean; isShown: boolean; onFullScreen: () => void; onPictureInPicture: () => void };

/** The bar over the lower edge. Hidden while it plays and nobody moves, never from keyboard and assistive technology. */
export function VideoControls({ state, acts, captions, hasSound, isShown, onFullScreen, onPictureInPicture }: Props) {
  const { isPlaying, isMuted, time, seconds, speed, subtitles } = state;
  const shown = captions.find(({ language }) => language === subtitles);
  return (
    <div className={cn("@container absolute inset-x-0 bottom-0 bg-linear-to-t from-black/75 to-transparent px-1.5 pt-8 text-white transition-opacity duration-200 focus-within:opacity-100", isShown ? "opacity-100" : "opacity-0 group-hover/video:opacity-100")}>
      <SeekBar time={time} seconds={seconds} onSeek={acts.seek} />
      <div className="-mt-1 flex items-center pb-0.5">
        <Control label={isPlaying ? "Pause" : "Play"} onClick={acts.togglePlay}>{isPlaying ? <PauseIcon className="fill-current" /> : <PlayIcon className="fill-current" />}</Control>
        {hasSound ? <Control label={isMuted ? "Turn sound on" : "Turn sound off"} onClick={acts.toggleSound}>{isMuted ? <SilentIcon /> : <SoundIcon />}</Control> : null}
        {/* On the narrowest screens the buttons need the room. */}
        <span aria-hidden="true" className="tabular hidden px-1.5 text-xs font-semibold whitespace-nowrap @min-[22rem]:inline">{`${clock(time)} / ${clock(seconds)}`}</span>
        <span className="flex-1" />
        {captions.length > 0 ? <Control label={shown ? `Subtitles: ${shown.label}` : "Subtitles off"} onClick={acts.nextSubtitles}><SubtitlesIcon className={shown ? undefined : "opacity-60"} /></Control> : null}
        <Control label={`Speed ${speed}×`} onClick={acts.nextSpeed}><span className="tabular text-xs font-bold">{`${speed}×`}</span></Control>
        {"pictureInPictureEnabled" in document && document.pictureInPictureEnabled ? <Control label="Picture in picture" onClick={onPictureInPicture}><PictureInPictureIcon /></Control> : null}
        <Control label="Full screen" onClick={onFullScreen}><FullScreenIcon /></Control>
      </div>
    </div>
  );
}

function SeekBar({ time, seconds, onSeek }: { time: number; seconds: number; onSeek: (to: number) => void }) {
  const share = seconds > 0 ? Math.min(1, time / seconds) : 0;
  return (
    <label className="relative mx-2 flex h-6 items-center">
      <span className="sr-only">Seek</span>
      <span aria-hidden="true" className="pointer-events-none absolute inset-x-0 h-1 overflow-hidden rounded-full bg-white/35">
        <span className="block h-full origin-left bg-white" style={{ transform: `scaleX(${share})` }} />
      </span>
      <input
        type="range"
        min={0}
        max={seconds || 1}
        step={0.1}
        value={Math.min(time, seconds || 1)}
        onChange={(event) => onSeek(event.target.valueAsNumber)}
        aria-valuetext={`${clock(time)} of ${clock(seconds)}`}
        className="relative h-11 w-full cursor-pointer touch-none appearance-none bg-transparent ring-on-photo [&::-moz-range-thumb]:size-3.5 [&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-white [&::-webkit-slider-thumb]:size-3.5 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-white"
      />
    </label>
  );
}

function Control({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick} className="inline-flex size-11 shrink-0 items-center justify-center rounded-full ring-on-photo hover:bg-white/15 [&>svg]:size-5">
      {children}
    </button>
  );
}

/** 75.4 → "1:15". */
function clock(seconds: number): string {
  const whole = Math.floor(Number.isFinite(seconds) ? seconds : 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
