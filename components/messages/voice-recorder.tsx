"use client";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { SendIcon, TrashIcon } from "@/components/ui/icons";
import { MAX_VOICE_SECONDS, type OutgoingVoice } from "./outgoing";
import { useRecorder } from "./use-recorder";
import { clock } from "./wording";

/** Stands in the place of the field while one speaks: how loud, how long, and what then. */
export function VoiceRecorder({ onDone, onCancel }: { onDone: (voice: OutgoingVoice) => void; onCancel: () => void }) {
  const { phase, seconds, levels, problem, finish, throwAway } = useRecorder(onDone);
  const box = useRef<HTMLDivElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const isRefused = phase === "refused";
  useEffect(() => (isRefused ? close : box).current?.focus({ preventScroll: true }), [isRefused]);
  const cancel = () => {
    throwAway();
    onCancel();
  };
  const left = MAX_VOICE_SECONDS - seconds;
  if (isRefused) {
    return (
      <div role="alert" className="pad-safe-b flex items-center gap-3 border-t bg-paper px-4 py-2.5">
        <p className="min-w-0 flex-1 text-sm text-danger">{problem}</p>
        <Button ref={close} size="sm" onClick={cancel} onKeyDown={(event) => event.key === "Escape" && cancel()}>Close</Button>
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it from any of its buttons
    <div ref={box} role="group" aria-label="Voice note" tabIndex={-1} onKeyDown={(event) => event.key === "Escape" && cancel()} className="pad-safe-b border-t bg-paper focus:outline-none">
      <div className="flex min-h-15 items-center gap-2 px-2">
        <IconButton label="Delete the recording" tone="muted" onClick={cancel}><TrashIcon /></IconButton>
        <span className="flex h-11 min-w-0 flex-1 items-center gap-3 rounded-[1.375rem] bg-sunken px-4">
          <span aria-hidden="true" className="size-2.5 shrink-0 animate-breathe rounded-full bg-danger-fill" />
          <span aria-hidden="true" className="flex h-7 min-w-0 flex-1 items-center justify-end gap-px overflow-hidden">
            {/* oxlint-disable-next-line react/no-array-index-key -- bars have no other name */}
            {levels.map((level, i) => <span key={i} style={{ height: `${Math.max(8, level)}%` }} className="w-0.75 shrink-0 rounded-full bg-accent-vivid" />)}
          </span>
          <span role="timer" className="tabular shrink-0 text-sm">{phase === "asking" ? "Microphone…" : clock(seconds)}</span>
        </span>
        <IconButton label="Send" tone="accent" disabled={phase !== "recording"} onClick={() => void finish()}><SendIcon /></IconButton>
      </div>
      <p role="status" className={left <= 30 ? "px-4 pb-2 text-sm text-muted" : "sr-only"}>{phase === "recording" ? (left <= 30 ? `${Math.ceil(left)} seconds left` : "Recording") : ""}</p>
    </div>
  );
}
