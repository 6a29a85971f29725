"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { toast } from "@/components/ui/toast";
import { restore } from "./life";

/** Restore a deleted post, or remove it for good: the one thing here that can't be undone, so it asks first. */
export function DeletedActions({ postId, name }: { postId: string; /** By which one knows it. */ name: string }) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  async function bringBack() {
    setBusy(true);
    await restore(postId, () => router.refresh());
    setBusy(false);
  }

  async function purge() {
    const outcome = await request("DELETE", `/api/recently-deleted/${postId}`);
    if (outcome.ok) return (toast.success("Deleted for good"), router.refresh());
    toast.error("The post was not deleted", { description: outcome.message });
    return false;
  }

  return (
    <div className="flex gap-1">
      <Button size="sm" aria-label={`Restore “${name}”`} loading={isBusy} onClick={() => void bringBack()}>Restore</Button>
      <Button size="sm" variant="ghost" aria-label={`Delete now “${name}”`} className="text-danger!" onClick={() => setAsking(true)}>Delete now</Button>
      {asking ? (
        <ConfirmLater open onOpenChange={setAsking} title="Delete this post for good?" confirm="Delete for good" danger onConfirm={purge}>
          Its photos, likes and comments are removed at once. This can’t be undone.
        </ConfirmLater>
      ) : null}
    </div>
  );
}
