"use client";
import { type FormEvent, useId, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";
import { type Reason, REASONS } from "@/lib/moderation/reasons";
import { REASON_WORDS } from "@/components/moderation/reason-words";

type Props = { threadId: string; onClose: () => void };

/** Tells the moderators of a conversation. */
export function ReportThread({ threadId, onClose }: Props) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const form = useId();

  async function send(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (reason === null) return setError("Choose what is wrong.");
    setBusy(true);
    const outcome = await request("POST", `/api/direct/${threadId}/report`, { body: { reason, ...(note.trim() ? { note: note.trim() } : {}) } });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.fields?.note ?? outcome.message);
    toast.success("Thank you. The moderators have your report.", { description: "Nobody in the conversation is told." });
    onClose();
  }

  return (
    <Dialog
      open onOpenChange={onClose} guard={note.trim() !== "" || busy} title="Report this conversation" size="sm"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={busy}>Report</Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void send(event)}>
        <fieldset>
          <legend className="mb-2 text-ui text-muted">What is wrong? The moderators can then read the latest messages here. Nobody else learns of it.</legend>
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
