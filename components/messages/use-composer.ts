"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";
import { randomKey } from "@/lib/platform/random-key";
import type { MessageView } from "@/lib/messages/types";
import { keepDraft, readDraft } from "./drafts";
import { MAX_FILES, MAX_TEXT, type NewMessage, type OutgoingFile } from "./outgoing";
import { isCoarse } from "./use-coarse";

/** Others are told at most so often that one writes, ms. */
const TYPING_EVERY_MS = 3_000;

export type ComposerProps = {
  threadId: string;
  selfId: string;
  /** What the next message answers. */
  reply: MessageView | null;
  /** One's own message that is being changed. */
  editing: MessageView | null;
  onSend: (message: NewMessage) => void;
  onEdited: (message: MessageView) => void;
  /** Neither reply nor change any more. */
  onLetGo: () => void;
};

/** What is being written in a conversation: its words, kept on the device, and its files. */
export function useComposer({ threadId, selfId, reply, editing, onSend, onEdited, onLetGo }: ComposerProps, field: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useState("");
  const [files, setFiles] = useState<OutgoingFile[]>([]);
  const [reading, setReading] = useState(0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const toldAt = useRef(0);
  const left = MAX_TEXT - [...text].length;
  const isReady = !busy && reading === 0 && left >= 0 && (editing ? text.trim() !== "" : text.trim() !== "" || files.length > 0);

  useEffect(() => {
    setText(readDraft(selfId, threadId));
    if (!isCoarse()) field.current?.focus({ preventScroll: true });
  }, [selfId, threadId, field]);

  useEffect(() => {
    if (reply || editing) field.current?.focus({ preventScroll: true });
  }, [reply?.id, editing, field]); // oxlint-disable-line react-hooks/exhaustive-deps -- not when others react to it

  // The words of the change lie over those of the draft, which come back.
  useEffect(() => {
    setError(null);
    setText(editing ? (editing.text ?? "") : readDraft(selfId, threadId));
  }, [editing, selfId, threadId]);

  function type(next: string) {
    setText(next);
    setError(null);
    if (editing) return;
    keepDraft(selfId, threadId, next);
    if (next.trim() === "" || Date.now() - toldAt.current < TYPING_EVERY_MS) return;
    toldAt.current = Date.now();
    void request("POST", `/api/direct/${threadId}/typing`);
  }

  async function add(chosen: File[]) {
    const room = MAX_FILES - files.length - reading;
    if (chosen.length > room) toast.error(`A message can have at most ${MAX_FILES} photos and videos`);
    const taken = chosen.slice(0, Math.max(0, room));
    setReading((now) => now + taken.length);
    // Its code is fetched with the first file.
    const inspect = await import("@/components/composer/inspect-file").then((m) => m.inspectFile, () => null);
    for (const file of taken) {
      const found = inspect ? await inspect(file).catch(() => null) : null;
      if (found?.ok) setFiles((now) => [...now, { key: randomKey(), blob: file, type: found.type, width: found.width, height: found.height, duration: found.duration, thumb: found.thumb, mediaId: null }]);
      else toast.error(file.name || "The file was not added", { description: found?.reason ?? "The file could not be read." });
      setReading((now) => now - 1);
    }
  }

  async function submit() {
    if (!isReady) return;
    if (editing) return saveEdit(editing);
    onSend({ text: text.trim(), replyTo: reply ? quoteOf(reply) : null, files, voice: null });
    setText("");
    setFiles([]);
    keepDraft(selfId, threadId, "");
    toldAt.current = 0;
    onLetGo();
    field.current?.focus({ preventScroll: true });
  }

  async function saveEdit(message: MessageView) {
    if (text.trim() === message.text) return onLetGo();
    setBusy(true);
    const outcome = await request<MessageView>("PATCH", `/api/direct/${threadId}/messages/${message.id}`, { body: { text: text.trim() } });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.text ?? outcome.message);
    onEdited(outcome.data);
    onLetGo();
  }

  const remove = (key: string) => setFiles((now) => now.filter((file) => file.key !== key));
  return { text, files, reading, busy, error, left, isReady, type, add, remove, submit };
}

const EXCERPT = 120;

/** How an answered message stands above the answer until the server says so itself. */
export function quoteOf(message: MessageView): NonNullable<MessageView["reply_to"]> {
  const words = message.text ?? (message.voice ? "Voice note" : message.media.length > 0 ? (message.media[0]!.type === "video" ? "Video" : "Photo") : "Shared");
  return { id: message.id, sender: message.sender, excerpt: [...words].slice(0, EXCERPT).join(""), is_gone: message.is_unsent };
}
