"use client";
import { useState } from "react";
import { setChange, UNCONFIRMED, useChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { UserView } from "@/lib/graph/types";
import { PersonRow } from "./person-row";
import { type DeclineAnswer, toastDeclined } from "./take-back-decline";

type Answer = "accepted" | "declined" | null;

/** Somebody who asks to follow, and the two answers. Once let in, one can follow them back. */
export function RequestRow({ user }: { user: UserView }) {
  const key = `request:${user.id}`;
  const answer = useChange<Answer>(key, null, 0);
  const [busy, setBusy] = useState<Answer>(null);

  async function give(next: "accepted" | "declined") {
    setBusy(next);
    const outcome = await request<DeclineAnswer>("POST", `/api/follow-requests/${user.id}/${next === "accepted" ? "accept" : "decline"}`);
    setBusy(null);
    // Taken back meanwhile: there is nothing left to answer.
    if (outcome.ok || outcome.code === "not_found") {
      setChange(key, outcome.ok ? next : "declined", UNCONFIRMED);
      if (outcome.ok && next === "declined") toastDeclined(user, outcome.data, () => setChange(key, null, UNCONFIRMED));
      return;
    }
    toast.error("Your answer did not arrive", { description: outcome.message });
  }

  if (answer === "declined") return null;
  if (answer === "accepted") return <PersonRow user={user} note={`${user.username} follows you now`} />;
  return (
    <PersonRow
      user={user}
      action={
        <span className="flex shrink-0 gap-2">
          <Button size="sm" variant="primary" loading={busy === "accepted"} disabled={busy === "declined"} title={`Let ${user.username} follow you`} onClick={() => give("accepted")}>Accept</Button>
          <Button size="sm" loading={busy === "declined"} disabled={busy === "accepted"} title={`Refuse ${user.username}`} onClick={() => give("declined")}>Decline</Button>
        </span>
      }
    />
  );
}
