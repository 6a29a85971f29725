"use client";
import { type FormEvent, useId, useState } from "react";
import type { Outcome } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/text-area";
import { type Reason, REASONS } from "@/lib/moderation/reasons";
import { REASON_WORDS } from "./reason-words";

type Props = { title: string; question: string; /** With the note trimmed. */ send: (reason: Reason, note: string) => Promise<Outcome<unknown>>; onSent: () => void; onClose: () => void };

/** Asks what is wrong, and for words if there are any, until it has been taken. */
export function AskReason({ title, question, send, onSent, onClose }: Props) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const form = useId();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (reason === null) return setError("Choose what is wrong.");
    setBusy(true);
    const outcome = await send(reason, note.trim());
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.note ?? outcome.message);
    onSent();
  }

  return (
    <Dialog
      open onOpenChange={onClose} guard={note.trim() !== "" || busy} title={title} size="sm"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={busy}>Report</Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <fieldset>
          <legend className="mb-2 text-ui text-muted">{question}</legend>
          {REASONS.map((one) => (
            <label key={one} className="-mx-2 flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 text-ui hover:bg-sunken">
              <input type="radio" name="reason" value={one} checked={reason === one} onChange={() => { setReason(one); setError(null); }} className="size-5 shrink-0 appearance-none rounded-full border border-strong bg-surface checked:border-6 checked:border-accent" />
              {REASON_WORDS[one]}
            </label>
          ))}
        </fieldset>
        {reason === null ? null : <TextArea label="Anything else they should know" dir="auto" rows={2} maxLength={1_000} value={note} onChange={(event) => setNote(event.target.value)} className="mt-4" />}
        {error ? <p role="alert" className="mt-3 text-sm text-danger">{error}</p> : null}
      </form>
    </Dialog>
  );
}
