"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { later } from "@/components/interactions/later";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { CheckIcon } from "@/components/ui/icons";
import { toast } from "@/components/ui/toast";
import { AskReason } from "./ask-reason";
import type { ReportSubject } from "./subject";

const BlockPerson = later(() => import("@/components/graph/block-person").then((m) => m.BlockPerson));

const NOUNS = { post: "post", comment: "comment", user: "person" } as const;

type Props = { subject: ReportSubject; onClose: () => void; /** When they were blocked, too, and this is closed: what then becomes of the page. */ onBlocked: (at: number) => void };

/** Tells the moderators, and then offers what one can do oneself. */
export function ReportDialog({ subject, onClose, onBlocked }: Props) {
  const [isSent, setSent] = useState(false);
  if (isSent) return <Sent author={subject.author} onClose={onClose} onBlocked={onBlocked} />;
  return (
    <AskReason
      title={`Report this ${NOUNS[subject.kind]}`}
      question="What is wrong with it? Nobody but the moderators learns of this."
      send={(reason, note) => request("POST", "/api/reports", { body: { subject: subject.kind, id: subject.id, reason, note } })}
      onSent={() => setSent(true)}
      onClose={onClose}
    />
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
