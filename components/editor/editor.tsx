"use client";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { RedoIcon, UndoIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { EditorPanel, type EditorTab } from "./editor-panel";
import { EditorShell } from "./editor-shell";
import { EditorStage } from "./editor-stage";
import { useHistory, type Work } from "./history";
import { type Carry, isUntouched, untouched } from "./moves";
import type { Picture } from "./picture";
import { usePicture } from "./use-picture";

export type EditorProps = {
  /** The photo; a smaller copy needs the size of the whole. */
  source: Blob | string;
  natural?: { width: number; height: number };
  label: string;
  work: Work;
  /** What one should know before one begins. */
  note?: string;
  done: string;
  /** Answers false when it did not work and the editor should stay. */
  onDone: (work: Work) => void | Promise<boolean | void>;
  /** Where there are other photos to carry the colours and the shape to. */
  onApplyToAll?: (carry: Carry) => void;
  onClose: () => void;
};

/** Full-screen: the photo large, and beside or beneath it what can be done to it. */
export function Editor(props: EditorProps) {
  const { source, natural, label, onClose } = props;
  const { picture, problem } = usePicture(source, natural);
  const [isDirty, setDirty] = useState(false);
  return (
    <EditorShell title={`Edit ${label}`} what="photo" isDirty={isDirty} onClose={onClose}>
      {(leave) => (picture ? <Bench {...props} picture={picture} onDirty={setDirty} onLeave={leave} /> : <Waiting problem={problem} onClose={onClose} />)}
    </EditorShell>
  );
}

function Waiting({ problem, onClose }: { problem: string | null; onClose: () => void }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-6 p-8 text-center">
      {problem ? <p role="alert" className="max-w-sm text-ui text-muted">{problem}</p> : <Spinner />}
      <Button onClick={onClose}>Close</Button>
    </div>
  );
}

function Bench({ picture, label, work: start, note, done, onDone, onApplyToAll, onDirty, onLeave, onClose }: EditorProps & { picture: Picture; onDirty: (isDirty: boolean) => void; onLeave: () => void }) {
  const { work, canUndo, canRedo, change, undo, redo } = useHistory(start);
  const [tab, setTab] = useState<EditorTab>("crop");
  const [isComparing, compare] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const touch = (to: Work, tag: string) => (change(to, tag), onDirty(true));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    (event.shiftKey ? redo : undo)();
  };
  async function finish() {
    setBusy(true);
    const outcome = await onDone(work);
    setBusy(false);
    if (outcome !== false) onClose();
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <header className="flex min-h-14 items-center gap-1 border-b px-2">
        <Button variant="ghost" size="sm" onClick={onLeave}>Cancel</Button>
        <span className="mx-auto flex">
          <IconButton label="Undo" disabled={!canUndo} onClick={undo}><UndoIcon /></IconButton>
          <IconButton label="Redo" disabled={!canRedo} onClick={redo}><RedoIcon /></IconButton>
          <Button variant="ghost" size="sm" disabled={isUntouched(work)} onClick={() => touch(untouched, "reset")}>Reset</Button>
        </span>
        <Button variant="primary" size="sm" loading={isBusy} onClick={finish}>{done}</Button>
      </header>
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <EditorStage picture={picture} work={work} label={label} isCropping={tab === "crop"} isComparing={isComparing} onCompare={compare} onChange={touch} />
        <EditorPanel picture={picture} work={work} tab={tab} onTab={setTab} isComparing={isComparing} onCompare={compare} onChange={touch} onApplyToAll={onApplyToAll} note={note} />
      </div>
    </div>
  );
}
