"use client";
// For the author: what came in, what is served of it, and what was taken out before anybody sees it.
import { useEffect, useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { ReceiptView } from "@/lib/media/types";
import { PhotoReceipt } from "./photo-receipt";

type Props = { photos: string[]; onClose: () => void };
type Answer = { receipts: ReceiptView[] } | { problem: string } | null;

export function PhotoReceipts({ photos, onClose }: Props) {
  const [answer, setAnswer] = useState<Answer>(null);
  const [attempt, setAttempt] = useState(0);
  const names = photos.join(",");

  useEffect(() => {
    let wanted = true;
    void fetchAll(names.split(",")).then((found) => wanted && setAnswer(found));
    return () => void (wanted = false);
  }, [names, attempt]);

  return (
    <Dialog open onOpenChange={onClose} size="lg" title={photos.length > 1 ? "What became of my photos" : "What became of my photo"}>
      {answer === null ? <Skeleton className="h-64 w-full" /> : null}
      {answer && "problem" in answer ? (
        <div role="alert" className="flex flex-col items-start gap-4">
          <p>{answer.problem}</p>
          <Button onClick={() => { setAnswer(null); setAttempt(attempt + 1); }}>Try again</Button>
        </div>
      ) : null}
      {answer && "receipts" in answer ? (
        <div className="flex flex-col gap-8">
          {answer.receipts.map((receipt, i) => (
            <PhotoReceipt key={receipt.media_id} receipt={receipt} title={photos.length > 1 ? `Photo ${i + 1} of ${photos.length}` : null} />
          ))}
        </div>
      ) : null}
    </Dialog>
  );
}

async function fetchAll(photos: string[]): Promise<Answer> {
  const outcomes = await Promise.all(photos.map((id) => request<ReceiptView>("GET", `/api/media/${id}/receipt`)));
  const receipts: ReceiptView[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return { problem: outcome.message };
    receipts.push(outcome.data);
  }
  return { receipts };
}
