"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ThreadView } from "@/lib/messages/types";
import { removeFromInbox } from "./inbox-changes";
import { handleOf, isHere } from "./wording";

const BlockPerson = later(() => import("@/components/graph/block-person").then((m) => m.BlockPerson));
const ReportThread = later(() => import("./report-thread").then((m) => m.ReportThread));

type Props = { thread: ThreadView; onAccepted: (thread: ThreadView) => void };

/** In the place of the field: somebody whom one does not know has written, and one decides. */
export function RequestBar({ thread, onAccepted }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState<"accept" | "decline" | null>(null);
  const [asking, setAsking] = useState<"block" | "report" | null>(null);
  const { id, kind, request: asked } = thread;
  const who = asked ? handleOf(asked.from) : "Somebody";

  async function accept() {
    setBusy("accept");
    const outcome = await request<ThreadView>("POST", `/api/direct/${id}/accept`);
    setBusy(null);
    if (!outcome.ok) return toast.error("The request is still there", { description: outcome.message });
    removeFromInbox("requests", id);
    onAccepted(outcome.data);
  }

  async function decline() {
    setBusy("decline");
    const outcome = await request("POST", `/api/direct/${id}/decline`);
    setBusy(null);
    if (!outcome.ok) return toast.error("The request is still there", { description: outcome.message });
    leave();
  }

  function leave() {
    removeFromInbox("requests", id);
    router.replace("/direct/requests");
    router.refresh();
  }

  return (
    <section aria-label="Message request" className="pad-safe-b border-t bg-paper">
      <div className="mx-auto max-w-xl px-4 py-4 text-center">
        <p className="text-ui"><bdi className="font-semibold">{who}</bdi>{kind === "group" ? " added you to this group." : " wants to write to you."}</p>
        <p className="mt-1 text-sm text-muted">{asked && asked.shared_followers > 0 ? `${asked.shared_followers} ${asked.shared_followers === 1 ? "person you follow follows" : "people you follow follow"} them. ` : ""}They do not learn that you have seen this until you accept.</p>
        <div className="mt-3 grid grid-cols-2 justify-center gap-2 sm:flex">
          <Button variant="primary" loading={busy === "accept"} disabled={busy === "decline"} onClick={() => void accept()}>Accept</Button>
          <Button loading={busy === "decline"} disabled={busy === "accept"} onClick={() => void decline()}>Decline</Button>
          {asked && isHere(asked.from) ? <Button variant="ghost" onClick={() => setAsking("block")}>Block</Button> : null}
          <Button variant="ghost" onClick={() => setAsking("report")}>Report</Button>
        </div>
      </div>
      {asking === "block" && asked ? <BlockPerson gaveUp={() => setAsking(null)} user={asked.from} onClose={() => setAsking(null)} onBlocked={leave} /> : null}
      {asking === "report" ? <ReportThread gaveUp={() => setAsking(null)} threadId={id} onClose={() => setAsking(null)} /> : null}
    </section>
  );
}
