"use client";
// For the author: what came in, what is served of it, and what was taken out before anybody sees it.
import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { TryAgain } from "@/components/ui/try-again";
import type { ReceiptView } from "@/lib/media/types";
import { PhotoReceipt } from "./photo-receipt";
import { type ReceiptSubject, receiptsTitle } from "./receipts-title";
import { VideoReceipt } from "./video-receipt";

type Props = { items: ReceiptSubject[]; onClose: () => void };
type Answer = { receipts: ReceiptView[] } | { problem: string } | null;

export function Receipts({ items, onClose }: Props) {
  const [answer, setAnswer] = useState<Answer>(null);
  const [attempt, setAttempt] = useState(0);
  const names = items.map(({ id }) => id).join(",");

  useEffect(() => {
    let wanted = true;
    void fetchAll(names.split(",")).then((found) => wanted && setAnswer(found));
    return () => void (wanted = false);
  }, [names, attempt]);

  return (
    <Dialog open onOpenChange={onClose} size="lg" title={receiptsTitle(items)}>
      {answer === null ? <Skeleton className="h-64 w-full" /> : null}
      {answer && "problem" in answer ? <TryAgain problem={answer.problem} onAgain={() => { setAnswer(null); setAttempt(attempt + 1); }} /> : null}
      {answer && "receipts" in answer ? (
        <div className="flex flex-col gap-8">
          {answer.receipts.map((receipt, i) => (
            <OneReceipt key={receipt.media_id} receipt={receipt} title={items.length > 1 ? `${receipt.kind === "video" ? "Video" : "Photo"} ${i + 1} of ${items.length}` : null} />
          ))}
        </div>
      ) : null}
    </Dialog>
  );
}

function OneReceipt({ receipt, title }: { receipt: ReceiptView; title: string | null }) {
  return receipt.kind === "video" ? <VideoReceipt receipt={receipt} title={title} /> : <PhotoReceipt receipt={receipt} title={title} />;
}

async function fetchAll(ids: string[]): Promise<Answer> {
  const outcomes = await Promise.all(ids.map((id) => request<ReceiptView>("GET", `/api/media/${id}/receipt`)));
  const receipts: ReceiptView[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return { problem: outcome.message };
    receipts.push(outcome.data);
  }
  return { receipts };
}
