"use client";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";
import type { Subject } from "./subject";
import { useRepost } from "./use-repost";

const MAX_NOTE = 300;

type Props = { subject: Subject; author: string; onDone: () => void; onBack: () => void; /** Whether words would be lost. */ onWords: (are: boolean) => void };

/** Shows the post to one's followers, with some words of one's own. */
export function RepostForm({ subject, author, onDone, onBack, onWords }: Props) {
  const [, repost, takeBack] = useRepost(subject);
  const [note, setNote] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const left = MAX_NOTE - [...note.trim()].length;

  async function send() {
    setBusy(true);
    const outcome = await repost(note);
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.note ?? outcome.message);
    toast.success("Reposted to your followers", { action: { label: "Undo", onClick: () => void takeBack() } });
    onDone();
  }

  return (
    <>
      <p className="mb-4 text-ui text-muted">Your followers see this post by <b className="font-semibold text-ink"><bdi>{author}</bdi></b> in their feed, with your name above it. It also stands on your profile.</p>
      <TextArea ref={field} label="Note" dir="auto" rows={3} placeholder="Say something about it, if you like" value={note} onChange={(event) => { setNote(event.target.value); onWords(event.target.value.trim() !== ""); }} error={error ?? (left < 0 ? `${-left} characters too many` : null)} hint={left <= 60 && left >= 0 ? `${left} characters left` : undefined} />
      <div className="mt-5 flex justify-end gap-3">
        <Button variant="ghost" disabled={busy} onClick={onBack}>Back</Button>
        <Button variant="primary" loading={busy} disabled={left < 0} onClick={send}>Repost</Button>
      </div>
    </>
  );
}
