"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

const WORDS = { block: ["Block", "Unblock"], mute: ["Mute", "Unmute"] } as const;

/** Unblocks or unmutes, and does it again if that was a slip: the line stays until the page is left. */
export function TakeBack({ kind, userId, username }: { kind: "block" | "mute"; userId: string; username: string }) {
  const [on, setOn] = useState(true);
  const [busy, setBusy] = useState(false);
  const label = WORDS[kind][on ? 1 : 0];

  async function press() {
    setBusy(true);
    const outcome = await request(on ? "DELETE" : "POST", `/api/users/${userId}/${kind}`);
    setBusy(false);
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    setOn(!on);
    toast.success(`${username} is ${on ? "no longer " : ""}${kind === "block" ? "blocked" : "muted"}`);
  }

  return <Button size="sm" loading={busy} title={`${label} ${username}`} onClick={press}>{label}</Button>;
}
