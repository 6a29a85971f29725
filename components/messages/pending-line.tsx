"use client";
import { useSyncExternalStore } from "react";
import { useOnline } from "@/components/composer/use-online";
import { AlertIcon, ClockIcon } from "@/components/ui/icons";
import { copyWords } from "./message-menu";
import type { RowActs } from "./message-row";
import type { Outgoing } from "./outgoing";

/** Under a message on its way: how far it is, or why it is not. */
export function PendingLine({ out, acts }: { out: Outgoing; acts: RowActs }) {
  const isOnline = useOnline();
  const progress = useSyncExternalStore(acts.progress.subscribe, () => acts.progress.of(out.clientId), () => null);
  const isKept = useSyncExternalStore(acts.progress.subscribe, () => acts.progress.isKept(out.clientId), () => false);
  const word = "min-h-6 rounded-sm font-semibold text-ink hover:underline";
  const copy = out.text ? <button type="button" className={word} onClick={() => void copyWords(out.text)}>Copy</button> : null;
  if (out.state === "failed") {
    return (
      <div role="alert" className="mt-1 flex max-w-full flex-wrap items-center justify-end gap-x-3 text-right text-xs text-danger">
        <span className="flex items-center gap-1"><AlertIcon className="size-4 shrink-0" />{out.reason}</span>
        <span className="flex gap-3">
          <button type="button" className={word} onClick={() => acts.retry(out.clientId)}>Try again</button>
          {copy}
          <button type="button" className={word} onClick={() => acts.discard(out.clientId)}>Delete</button>
        </span>
      </div>
    );
  }
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-3 pr-1 text-xs text-muted">
      <span className="flex items-center gap-1.5"><ClockIcon className="size-3.5 shrink-0" />{!isOnline ? (isKept ? "Waits for a connection" : "Waits while this page is open") : progress === null ? (out.reason ?? "Sending…") : `Sending… ${Math.round(progress * 100)} %`}</span>
      {!isOnline || progress !== null || out.reason ? <>{copy}<button type="button" className={word} onClick={() => acts.discard(out.clientId)}>Take back</button></> : null}
    </div>
  );
}
