"use client";
import { useState } from "react";
import { type DeclineAnswer, toastDeclined } from "@/components/graph/take-back-decline";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { UserSummary } from "@/lib/profiles/types";

/** Accept or decline somebody's wish to follow, in place. */
export function RequestAnswer({ user }: { user: Pick<UserSummary, "id" | "username"> }) {
  const [state, setState] = useState<"open" | "accept" | "decline" | "accepted" | "declined">("open");

  async function answer(choice: "accept" | "decline") {
    setState(choice);
    const outcome = await request<DeclineAnswer>("POST", `/api/follow-requests/${user.id}/${choice}`);
    if (outcome.ok) {
      setState(choice === "accept" ? "accepted" : "declined");
      return choice === "decline" ? toastDeclined(user, outcome.data, () => setState("open")) : undefined;
    }
    setState("open");
    toast.error("The request was not answered", { description: outcome.message });
  }

  if (state === "accepted" || state === "declined") {
    return <p role="status" className="mt-1 text-sm text-muted">{state === "accepted" ? `${user.username} follows you now.` : "Request declined."}</p>;
  }
  return (
    <div className="relative z-1 mt-1.5 flex gap-2">
      <Button size="sm" variant="primary" loading={state === "accept"} disabled={state === "decline"} onClick={() => answer("accept")}>Accept</Button>
      <Button size="sm" loading={state === "decline"} disabled={state === "accept"} onClick={() => answer("decline")}>Decline</Button>
    </div>
  );
}
