"use client";
import { useEffect, useRef, useState } from "react";
import { setChange, useChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";

const MAX_LENGTH = 2200;

export function EditCaption({ postId, caption, at, onClose }: { postId: string; caption: string; at: number; onClose: () => void }) {
  const current = useChange(`caption:${postId}`, caption, at);
  const [text, setText] = useState(current);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const left = MAX_LENGTH - [...text].length;

  async function save() {
    setBusy(true);
    const outcome = await request<{ caption: string }>("PATCH", `/api/posts/${postId}`, { body: { caption: text } });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.caption ?? outcome.message);
    setChange(`caption:${postId}`, outcome.data.caption, outcome.at);
    toast.success("Caption saved");
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      guard={busy || text !== current}
      title="Edit caption"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={busy} disabled={left < 0} onClick={save}>Save</Button>
        </>
      }
    >
      <TextArea
        ref={field}
        label="Caption"
        dir="auto"
        rows={5}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={error ?? (left < 0 ? `${-left} characters too many` : null)}
        hint={left <= 200 && left >= 0 ? `${left} characters left` : "#hashtags and @names become links."}
      />
    </Dialog>
  );
}
