"use client";
import { type FormEvent, useId, useState } from "react";
import { request } from "@/components/interactions/request";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CheckIcon } from "@/components/ui/icons";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";
import { type Reason, REASONS } from "@/lib/moderation/reasons";
import { REASON_WORDS } from "./reason-words";
import type { ReportSubject } from "./subject";

const BlockPerson = later(() => import("@/components/graph/block-person").then((m) => m.BlockPerson));

const NOUNS = { post: "post", comment: "comment", user: "person" } as const;

type Props = { subject: ReportSubject; onClose: () => void; /** When they were blocked, too, and this is closed: what then becomes of the page. */ onBlocked: (at: number) => void };

/** Tells the moderators, and then offers what one can do oneself. */
export function ReportDialog({ subject, onClose, onBlocked }: Props) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState("");
  const [state, setState] = useState<"asking" | "busy" | "sent">("asking");
  const [error, setError] = useState<string | null>(null);
  const form = useId();

  async function send(event: FormEvent) {
    event.preventDefault();
    if (state !== "asking") return;
    if (reason === null) return setError("Choose what is wrong.");
    setState("busy");
    const outcome = await request("POST", "/api/reports", { body: { subject: subject.kind, id: subject.id, reason, note } });
    setState(outcome.ok ? "sent" : "asking");
    setError(outcome.ok ? null : (outcome.fields?.note ?? outcome.message));
  }

  if (state === "sent") return <Sent author={subject.author} onClose={onClose} onBlocked={onBlocked} />;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      guard={note.trim() !== "" || state === "busy"}
      title={`Report this ${NOUNS[subject.kind]}`}
      size="sm"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={state === "busy"}>Report</Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void send(event)}>
        <fieldset>
          <legend className="mb-2 text-ui text-muted">What is wrong with it? Nobody but the moderators learns of this.</legend>
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

function Sent({ author: { id, username }, onClose, onBlocked }: Pick<Props, "onClose" | "onBlocked"> & { author: ReportSubject["author"] }) {
  const [done, setDone] = useState<{ mute?: boolean; block?: number }>({});
  const [isBlocking, setBlocking] = useState(false);

  async function mute() {
    const outcome = await request("POST", `/api/users/${id}/mute`);
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    setDone((now) => ({ ...now, mute: true }));
  }

  function finish() {
    onClose();
    if (done.block !== undefined) onBlocked(done.block);
  }

  return (
    <Dialog open onOpenChange={finish} title="Thank you" size="sm">
      <p role="status" className="flex items-start gap-3 text-ui"><CheckIcon className="mt-0.5 size-5 shrink-0 text-success" />The moderators have your report. {username} is not told.</p>
      <p className="mt-4 text-ui text-muted">You need not see more of them:</p>
      <div className="mt-4 flex flex-col gap-3">
        <Button disabled={done.mute || done.block !== undefined} onClick={() => void mute()}>{done.mute ? `${username} is muted` : `Mute ${username}`}</Button>
        <Button variant="danger" disabled={done.block !== undefined} onClick={() => setBlocking(true)}>{done.block !== undefined ? `${username} is blocked` : `Block ${username}`}</Button>
        <Button variant="ghost" onClick={finish}>Done</Button>
      </div>
      {isBlocking ? <BlockPerson gaveUp={() => setBlocking(false)} user={{ id, username }} onClose={() => setBlocking(false)} onBlocked={(at) => setDone((now) => ({ ...now, block: at }))} /> : null}
    </Dialog>
  );
}
