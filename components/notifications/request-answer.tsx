"use client";
import { useState } from "react";
import { type DeclineAnswer, toastDeclined } from "@/components/graph/take-back-decline";
import { setChange, UNCONFIRMED, useChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { UserSummary } from "@/lib/profiles/types";

type Props = { user: Pick<UserSummary, "id" | "username">; /** Of the notification. */ id: string };
type Answer = "accept" | "decline";

const SAID = { accept: (name: string) => `${name} follows you now.`, decline: () => "Request declined.", gone: (name: string) => `${name} no longer asks.` };

/** Accept or decline somebody's wish to follow, in place. */
export function RequestAnswer({ user, id }: Props) {
  // Known beyond this line: the list is drawn anew at any moment, perhaps as it was just before.
  const key = `request-notice:${id}`;
  const given = useChange<Answer | "gone" | null>(key, null, 0);
  const [busy, setBusy] = useState<Answer | null>(null);

  async function answer(choice: Answer) {
    setBusy(choice);
    const outcome = await request<DeclineAnswer>("POST", `/api/follow-requests/${user.id}/${choice}`);
    setBusy(null);
    // Taken back meanwhile, or answered elsewhere.
    if (!outcome.ok && outcome.code === "not_found") return setChange(key, "gone", UNCONFIRMED);
    if (outcome.ok) {
      setChange(key, choice, UNCONFIRMED);
      return choice === "decline" ? toastDeclined(user, outcome.data, () => setChange(key, null, UNCONFIRMED)) : undefined;
    }
    toast.error("The request was not answered", { description: outcome.message });
  }

  if (given) return <p role="status" className="mt-1 text-sm text-muted">{SAID[given](user.username)}</p>;
  return (
    <div className="relative z-1 mt-1.5 flex gap-2">
      <Button size="sm" variant="primary" loading={busy === "accept"} disabled={busy === "decline"} onClick={() => answer("accept")}>Accept</Button>
      <Button size="sm" loading={busy === "decline"} disabled={busy === "accept"} onClick={() => answer("decline")}>Decline</Button>
    </div>
  );
}
