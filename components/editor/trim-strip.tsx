import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { MIN_VIDEO_SECONDS } from "@/lib/media/limits";
import { clock } from "./clock";
import type { VideoFile } from "./video-file";

export type Span = { start: number; end: number };

/** Shortest part that can be kept by the handles, seconds. */
const LEAST = Math.max(0.5, MIN_VIDEO_SECONDS);
const STEP = 0.1;

type Props = { file: VideoFile; span: Span; onSpan: (span: Span) => void };

/** The video as a strip of its frames with a handle at each end; two native ranges lie over it. */
export function TrimStrip({ file, span, onSpan }: Props) {
  const { seconds } = file;
  const least = Math.min(LEAST, seconds);
  const percent = (time: number) => `${(time / seconds) * 100}%`;
  return (
    <Strip file={file}>
      <span className="absolute inset-y-0 left-0 rounded-l-sm bg-scrim" style={{ width: percent(span.start) }} />
      <span className="absolute inset-y-0 right-0 rounded-r-sm bg-scrim" style={{ width: percent(seconds - span.end) }} />
      <span className="absolute inset-y-0 rounded-sm inset-ring-3 inset-ring-accent-vivid" style={{ left: percent(span.start), right: percent(seconds - span.end) }} />
      <StripRange label="Start" max={seconds} value={span.start} onChange={(value) => onSpan({ ...span, start: Math.min(value, span.end - least) })} />
      <StripRange label="End" max={seconds} value={span.end} onChange={(value) => onSpan({ ...span, end: Math.max(value, span.start + least) })} />
    </Strip>
  );
}

/** Which frame stands for the video while it does not play. */
export function CoverStrip({ file, span, cover, onCover }: { file: VideoFile; span: Span; cover: number; onCover: (cover: number) => void }) {
  return (
    <Strip file={file}>
      <StripRange label="Cover" max={file.seconds} value={cover} onChange={(value) => onCover(Math.min(Math.max(value, span.start), span.end))} />
    </Strip>
  );
}

function Strip({ file, children }: { file: VideoFile; children: ReactNode }) {
  return (
    <div className="relative h-14">
      <div aria-hidden className="flex h-full overflow-hidden rounded-sm bg-sunken">
        {file.frames.map((frame, index) => <img key={index} src={frame} alt="" draggable={false} className="h-full min-w-0 flex-1 object-cover" />)}
      </div>
      {children}
    </div>
  );
}

function StripRange({ label, max, value, onChange }: { label: string; max: number; value: number; onChange: (value: number) => void }) {
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={clock(value)}
      min={0}
      max={max}
      step={STEP}
      value={value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      className={cn("strip-range absolute inset-y-0 -inset-x-2.5 w-[calc(100%+1.25rem)]")}
    />
  );
}
