"use client";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { SuggestionList, suggestionProps } from "@/components/composer/suggestion-list";
import { isComposing, useSuggestions } from "@/components/composer/use-suggestions";
import { later } from "@/components/interactions/later";
import { cn } from "@/components/ui/cn";
import { IconButton, iconButtonClass } from "@/components/ui/icon-button";
import { CheckIcon, ImageIcon, SendIcon } from "@/components/ui/icons";
import { PHOTO_TYPES, VIDEO_TYPES } from "@/lib/media/limits";
import { AttachmentStrip } from "./attachment-strip";
import { ContextLine } from "./context-line";
import { MicIcon } from "./message-icons";
import type { OutgoingVoice } from "./outgoing";
import { isCoarse, useCoarse } from "./use-coarse";
import { type ComposerProps, quoteOf, useComposer } from "./use-composer";

const VoiceRecorder = later(() => import("./voice-recorder").then((m) => m.VoiceRecorder));

/** Where one writes. Enter sends, with Shift it begins a new line; where one types with fingers, Enter is a new line. */
export function MessageComposer(props: ComposerProps) {
  const { reply, editing, onSend, onLetGo } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [recording, setRecording] = useState(false);
  const isTouch = useCoarse();
  const { text, files, reading, busy, error, left, isReady, type, add, remove, submit } = useComposer(props, field);
  const list = useSuggestions(field, text, type);

  // Where what had the focus is gone. Not into the field where that would bring up a phone's keyboard.
  const takeFocus = () => (isCoarse() ? form.current?.querySelector<HTMLElement>("[data-last]") : field.current)?.focus({ preventScroll: true });
  const wasRecording = useRef(false);
  useEffect(() => {
    if (wasRecording.current && !recording) takeFocus();
    wasRecording.current = recording;
  }, [recording]);

  function onKeyDown(event: KeyboardEvent) {
    list.onKeyDown(event);
    if (event.defaultPrevented) return;
    if (event.key === "Escape" && (reply || editing)) return onLetGo();
    if (event.key !== "Enter" || event.shiftKey || isComposing(event) || isCoarse()) return;
    event.preventDefault();
    void submit();
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || editing) return;
    event.preventDefault();
    void add(pasted);
  }

  if (recording) {
    const end = () => setRecording(false);
    const send = (voice: OutgoingVoice) => {
      end();
      onSend({ text: "", replyTo: reply ? quoteOf(reply) : null, files: [], voice });
      onLetGo();
    };
    return (
      <>
        {reply ? <ContextLine reply={reply} isEditing={false} onLetGo={onLetGo} /> : null}
        <VoiceRecorder gaveUp={end} onCancel={end} onDone={send} />
      </>
    );
  }
  const note = error ?? (left < 0 ? `${-left} characters too many` : left <= 200 ? `${left} characters left` : null);
  return (
    <form ref={form} onSubmit={(event) => { event.preventDefault(); void submit(); }} className="pad-safe-b border-t bg-paper">
      {reply || editing ? <ContextLine reply={reply} isEditing={editing !== null} onLetGo={onLetGo} /> : null}
      <AttachmentStrip files={files} reading={reading} onRemove={remove} onEmpty={() => requestAnimationFrame(takeFocus)} />
      <div className="flex items-end gap-1 px-2 py-2">
        {editing ? null : <FileInput onFiles={(chosen) => void add(chosen)} />}
        <div className="relative min-w-0 flex-1">
          <textarea
            ref={field} id={id} aria-label={editing ? "Edit message" : "Message"} placeholder="Message…" dir="auto" rows={1} value={text} readOnly={busy} enterKeyHint={isTouch ? "enter" : "send"}
            aria-invalid={error !== null || left < 0 || undefined} aria-describedby={note ? `${id}-note` : undefined} {...suggestionProps(id, list)}
            onChange={(event) => (type(event.target.value), list.look())} onClick={list.look} onBlur={list.close} onKeyDown={onKeyDown} onPaste={onPaste}
            className="field-sizing-content block max-h-40 min-h-11 w-full resize-none rounded-[1.375rem] border border-strong bg-surface px-4 py-2.5 text-base placeholder:text-muted md:text-ui"
          />
          <SuggestionList id={id} list={list} above />
        </div>
        {editing || text.trim() !== "" || files.length > 0 || reading > 0 ? (
          // The field keeps the focus, and so a phone its keyboard.
          <button type="submit" data-last aria-label={editing ? "Save" : "Send"} title={editing ? "Save" : "Send"} aria-disabled={!isReady} onPointerDown={(event) => event.preventDefault()} className={cn(iconButtonClass("accent"), "aria-disabled:opacity-45")}>{editing ? <CheckIcon /> : <SendIcon />}</button>
        ) : <IconButton label="Record a voice note" data-last onClick={({ detail }) => detail < 2 && setRecording(true)}><MicIcon /></IconButton>}
      </div>
      {note ? <p id={`${id}-note`} role={error ? "alert" : "status"} className={cn("px-4 pb-2 text-sm", error || left < 0 ? "text-danger" : "text-muted")}>{note}</p> : null}
    </form>
  );
}

function FileInput({ onFiles }: { onFiles: (files: File[]) => void }) {
  return (
    <label title="Add photos or videos" className={cn(iconButtonClass(), "relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent")}>
      <ImageIcon />
      <input
        type="file" multiple aria-label="Add photos or videos" accept={[...PHOTO_TYPES, "image/*", ...VIDEO_TYPES, "video/*", ".mkv"].join(",")} className="sr-only"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </label>
  );
}
