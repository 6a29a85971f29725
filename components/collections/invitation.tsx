"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { CollectionView } from "@/lib/interactions/types";

/** Somebody wants to share a collection with the viewer. */
export function Invitation({ collection: { id, name, owner }, selfId }: { collection: CollectionView; selfId: string }) {
  const [busy, setBusy] = useState<"join" | "decline" | null>(null);
  const [isGone, setGone] = useState(false);
  const router = useRouter();

  async function answer(choice: "join" | "decline") {
    setBusy(choice);
    const outcome = await (choice === "join" ? request("POST", `/api/collections/${id}/join`) : request("DELETE", `/api/collections/${id}/members/${selfId}`));
    setBusy(null);
    if (!outcome.ok && outcome.code !== "not_found") return toast.error("Your answer did not arrive", { description: outcome.message });
    if (!outcome.ok) toast(`${owner.username} no longer asks you`);
    if (outcome.ok && choice === "join") router.push(`/saved/${id}`);
    else setGone(true);
    // The question goes with what asked it.
    router.refresh();
  }

  if (isGone) return null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-surface px-4 py-3">
      <Avatar src={owner.avatar_url} name={owner.full_name || owner.username} />
      <p className="min-w-40 flex-1 text-ui break-words"><b className="font-semibold"><bdi>{owner.username}</bdi></b> wants to share the collection <b className="font-semibold">“<bdi>{name}</bdi>”</b> with you</p>
      <span className="flex gap-2">
        <Button size="sm" variant="primary" aria-label={`Accept “${name}” by ${owner.username}`} loading={busy === "join"} disabled={busy === "decline"} onClick={() => void answer("join")}>Accept</Button>
        <Button size="sm" aria-label={`Decline “${name}” by ${owner.username}`} loading={busy === "decline"} disabled={busy === "join"} onClick={() => void answer("decline")}>Decline</Button>
      </span>
    </li>
  );
}
