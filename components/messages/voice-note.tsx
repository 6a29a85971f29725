"use client";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { PauseIcon, PlayIcon } from "@/components/ui/icons";
import { useObjectUrl } from "@/components/ui/use-object-url";
import type { VoiceView } from "@/lib/messages/types";
import type { OutgoingVoice } from "./outgoing";
import { clock } from "./wording";

const RATES = [1, 1.5, 2] as const;
const STEP_S = 5;
/** One is heard at a time. */
let playing: HTMLAudioElement | null = null;

type Props = { voice: VoiceView | null; /** As this device recorded it, until the server has prepared it. */ own: OutgoingVoice | null; isMine: boolean; name: string };

export function VoiceNote({ voice, own, isMine, name }: Props) {
  const local = useObjectUrl(voice?.state === "ready" ? null : (own?.blob ?? null));
  const source = voice?.state === "ready" ? voice.url : local;
  const duration = voice?.duration || own?.duration || 0;
  const waveform = voice?.waveform.length ? voice.waveform : (own?.waveform ?? []);
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState({ isPlaying: false, at: 0, rate: 0, hasFailed: false });
  const set = (change: Partial<typeof state>) => setState((now) => ({ ...now, ...change }));

  useEffect(() => {
    const own = audio.current;
    return () => void (playing === own && (playing = null));
  }, []);

  function toggle() {
    const player = audio.current;
    if (!player) return;
    if (!player.paused) return player.pause();
    if (playing !== player) playing?.pause();
    playing = player;
    player.playbackRate = RATES[state.rate]!;
    player.play().catch(() => set({ hasFailed: true, isPlaying: false }));
  }

  function seek(seconds: number) {
    const to = Math.min(duration, Math.max(0, seconds));
    if (audio.current) audio.current.currentTime = to;
    set({ at: to });
  }

  function turn() {
    const rate = (state.rate + 1) % RATES.length;
    if (audio.current) audio.current.playbackRate = RATES[rate]!;
    set({ rate });
  }

  if (voice?.state === "failed") return <p className="rounded-lg border border-dashed border-strong/60 px-3.5 py-2.5 text-sm text-muted">This voice note could not be prepared.</p>;
  return (
    <div role="group" aria-label={`Voice note by ${name}, ${clock(duration)}`} className={cn("flex w-72 max-w-full items-center gap-2 rounded-[1.125rem] py-1.5 pr-3 pl-1.5", isMine ? "bg-accent text-on-accent" : "bg-sunken text-ink")}>
      <button type="button" aria-label={state.isPlaying ? "Pause" : "Play"} disabled={source === null} onClick={toggle} className={cn("flex size-11 shrink-0 items-center justify-center rounded-full disabled:opacity-50", isMine ? "bg-on-accent/20" : "bg-raised")}>
        {state.isPlaying ? <PauseIcon className="size-5 fill-current" /> : <PlayIcon className="ml-0.5 size-5 fill-current" />}
      </button>
      <span className="min-w-0 flex-1">
        <Wave waveform={waveform} at={state.at} duration={duration} onSeek={seek} />
        <span className="flex items-center justify-between text-xs">
          <span className="tabular">{state.hasFailed ? "Cannot be played here" : clock(state.isPlaying || state.at > 0 ? state.at : duration)}</span>
          <button type="button" aria-label={`Speed ${RATES[state.rate]} times`} title="Speed" onClick={turn} className="tabular min-h-6 min-w-9 rounded-full font-semibold">{`${RATES[state.rate]}×`}</button>
        </span>
      </span>
      {source ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what somebody said into their phone has no text
        <audio
          ref={audio} src={source} preload="none" onPlay={() => set({ isPlaying: true, hasFailed: false })} onPause={() => set({ isPlaying: false })} onEnded={() => set({ isPlaying: false, at: 0 })}
          onTimeUpdate={(event) => set({ at: event.currentTarget.currentTime })} onError={() => set({ hasFailed: true, isPlaying: false })}
        />
      ) : null}
    </div>
  );
}

type WaveProps = { waveform: number[]; at: number; duration: number; onSeek: (seconds: number) => void };

/** How loud it is over its time, and how far it was heard; a slider. */
function Wave({ waveform, at, duration, onSeek }: WaveProps) {
  const bars = waveform.length > 0 ? waveform : Array.from({ length: 64 }, () => 8);
  const heard = duration > 0 ? at / duration : 0;
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek(((event.clientX - left) / width) * duration);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + STEP_S, ArrowUp: at + STEP_S, ArrowLeft: at - STEP_S, ArrowDown: at - STEP_S, Home: 0, End: duration }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(to);
  };
  return (
    <span
      role="slider" tabIndex={0} aria-label="Position" aria-valuemin={0} aria-valuemax={Math.round(duration)} aria-valuenow={Math.round(at)} aria-valuetext={`${clock(at)} of ${clock(duration)}`}
      onPointerDown={point} onPointerMove={(event) => event.buttons === 1 && point(event)} onKeyDown={onKeyDown} className="flex h-8 cursor-pointer touch-none items-center gap-px rounded-sm"
    >
      {/* oxlint-disable-next-line react/no-array-index-key -- bars have no other name */}
      {bars.map((loudness, i) => <span key={i} aria-hidden="true" style={{ height: `${Math.max(8, loudness)}%` }} className={cn("min-w-px flex-1 rounded-full bg-current", i / bars.length >= heard && "opacity-40")} />)}
    </span>
  );
}
