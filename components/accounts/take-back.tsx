"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

export type Distance = "block" | "mute" | "restrict" | "favourite";

const WORDS = {
  block: ["Block", "Unblock", "blocked"], mute: ["Mute", "Unmute", "muted"], restrict: ["Restrict", "Unrestrict", "restricted"], favourite: ["Add back", "Remove", "a favourite"],
} as const;

type Props = { kind: Distance; userId: string; username: string; /** What the POST says, to set again what was there. */ again?: object };

/** Unblocks, unmutes and so on, and does it again if that was a slip: the line stays until the page is left. */
export function TakeBack({ kind, userId, username, again }: Props) {
  const [on, setOn] = useState(true);
  const [busy, setBusy] = useState(false);
  const label = WORDS[kind][on ? 1 : 0];

  async function press() {
    setBusy(true);
    const outcome = await request(on ? "DELETE" : "POST", `/api/users/${userId}/${kind}`, on ? {} : { body: again });
    setBusy(false);
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    setOn(!on);
    toast.success(`${username} is ${on ? "no longer " : ""}${WORDS[kind][2]}`);
  }

  return <Button size="sm" loading={busy} title={`${label} ${username}`} onClick={press}>{label}</Button>;
}
