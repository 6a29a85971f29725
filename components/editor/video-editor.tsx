"use client";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented";
import { Spinner } from "@/components/ui/spinner";
import { Switch } from "@/components/ui/switch";
import { NO_GEOMETRY, WHOLE } from "@/lib/media/edit/geometry";
import { type CropShape, largestCrop, ratioOf } from "@/lib/media/edit/shapes";
import type { VideoEdit } from "@/lib/media/edit/types";
import { clock } from "./clock";
import { EditorShell } from "./editor-shell";
import { CoverStrip, TrimStrip } from "./trim-strip";
import { useVideoFile, type VideoFile } from "./video-file";
import { VideoStage } from "./video-stage";

export type VideoWork = { edit: VideoEdit; shape: CropShape };
export type VideoEditorProps = {
  source: Blob | string;
  label: string;
  work: VideoWork;
  /** What one should know before one ends. */
  note?: string;
  done?: string;
  /** Answers false when it did not work and the editor should stay. */
  onDone: (work: VideoWork) => void | Promise<boolean | void>;
  onClose: () => void;
};

const shapes: { value: CropShape; text: string }[] = [{ value: "original", text: "Original" }, { value: "1:1", text: "1:1" }, { value: "4:5", text: "4:5" }, { value: "16:9", text: "16:9" }];

/** Where a video is trimmed, given a cover, a shape and silence. Nothing is encoded here: the server does what is written down. */
export function VideoEditor(props: VideoEditorProps) {
  const { file, problem } = useVideoFile(props.source);
  const [isDirty, setDirty] = useState(false);
  return (
    <EditorShell title={`Edit ${props.label}`} what="video" isDirty={isDirty} onClose={props.onClose}>
      {(leave) => (
        file && !problem ? <Bench {...props} file={file} onDirty={() => setDirty(true)} onLeave={leave} /> : (
          <div className="flex flex-1 flex-col items-center justify-center gap-6 p-8 text-center">
            {problem ? <p role="alert" className="max-w-sm text-ui text-muted">{problem}</p> : <Spinner />}
            <Button onClick={props.onClose}>Close</Button>
          </div>
        )
      )}
    </EditorShell>
  );
}

function Bench({ file, label, work: start, note, done = "Done", onDone, onClose, onDirty, onLeave }: VideoEditorProps & { file: VideoFile; onDirty: () => void; onLeave: () => void }) {
  const [work, setWork] = useState(start);
  const video = useRef<HTMLVideoElement>(null);
  const [isBusy, setBusy] = useState(false);
  const { edit, shape } = work;
  const span = edit.trim ?? { start: 0, end: file.seconds };
  const change = (part: Partial<VideoEdit>) => (setWork((now) => ({ ...now, edit: { ...now.edit, ...part } })), onDirty());
  const show = (time: number) => {
    video.current?.pause();
    if (video.current) video.current.currentTime = time;
  };
  function trim(to: typeof span) {
    show(to.start === span.start ? to.end : to.start);
    const isWhole = to.start <= 0 && to.end >= file.seconds - 0.05;
    // A cover outside the kept part would be shown by nobody.
    const cover = edit.cover !== null && (edit.cover < to.start || edit.cover > to.end) ? null : edit.cover;
    change({ trim: isWhole ? null : to, cover });
  }
  async function finish() {
    setBusy(true);
    const outcome = await onDone(work);
    setBusy(false);
    if (outcome !== false) onClose();
  }
  function reshape(to: CropShape) {
    const ratio = to === "original" ? null : ratioOf(to, file.size, NO_GEOMETRY);
    setWork({ shape: to, edit: { ...edit, crop: ratio === null ? null : largestCrop(ratio, file.size, edit.crop ?? WHOLE) } });
    onDirty();
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-14 items-center justify-between gap-1 border-b px-2">
        <Button variant="ghost" size="sm" onClick={onLeave}>Cancel</Button>
        <Button variant="primary" size="sm" loading={isBusy} onClick={finish}>{done}</Button>
      </header>
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <VideoStage ref={video} file={file} label={label} span={span} isMuted={edit.isMuted} crop={edit.crop} ratio={ratioOf(shape, file.size, NO_GEOMETRY)} onCrop={(crop) => change({ crop })} />
        <div className="flex h-[min(23rem,55dvh)] shrink-0 flex-col gap-5 *:shrink-0 overflow-y-auto overscroll-contain border-t px-6 py-4 md:h-auto md:w-96 md:border-t-0 md:border-l">
          <section aria-label="Trim" className="flex flex-col gap-2">
            <p className="flex justify-between text-sm font-semibold">Trim <span className="tabular font-normal text-muted">{clock(span.start)} – {clock(span.end)}</span></p>
            <TrimStrip file={file} span={span} onSpan={trim} />
          </section>
          <section aria-label="Cover" className="flex flex-col gap-2">
            <p className="flex justify-between text-sm font-semibold">Cover <span className="tabular font-normal text-muted">{clock(edit.cover ?? span.start)}</span></p>
            <CoverStrip file={file} span={span} cover={edit.cover ?? span.start} onCover={(cover) => (show(cover), change({ cover }))} />
          </section>
          <SegmentedControl label="Shape" name="video-shape" isTight className="mx-auto" options={shapes} value={shape} onChange={reshape} />
          <Switch label="Without sound" checked={edit.isMuted} onChange={(event) => change({ isMuted: event.target.checked })} />
          {note ? <p className="text-sm text-muted">{note}</p> : null}
        </div>
      </div>
    </div>
  );
}
