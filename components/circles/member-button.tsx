"use client";
import { setChange, UNCONFIRMED, useChange } from "@/components/interactions/changes";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

type Props = { circleId: string; user: { id: string; username: string }; isIn: boolean; /** After it was changed. */ onChanged?: () => void };

/** Puts somebody into a circle and takes them out; the line stays, so that a slip is taken back where it was made. */
export function MemberButton({ circleId, user, isIn, onChanged }: Props) {
  const key = `circle:${circleId}:${user.id}`;
  const now = useChange(key, isIn, 0);
  const [busy, setBusy] = useState(false);
  const label = now ? "Remove" : "Add";

  async function press() {
    setBusy(true);
    const outcome = await request(now ? "DELETE" : "PUT", `/api/circles/${circleId}/members/${user.id}`);
    setBusy(false);
    if (!outcome.ok) return toast.error(now ? `${user.username} is still in it` : `${user.username} was not added`, { description: outcome.message });
    setChange(key, !now, UNCONFIRMED);
    onChanged?.();
  }

  return <Button size="sm" variant={now ? "secondary" : "primary"} loading={busy} title={now ? `Take ${user.username} out` : `Put ${user.username} in`} onClick={press}>{label}</Button>;
}
