"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ThreadView } from "@/lib/messages/types";

/** Opens the conversation with somebody. */
export function MessageButton({ userId, signedIn }: { userId: string; signedIn: boolean }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function open() {
    if (!signedIn) return window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`);
    setBusy(true);
    const outcome = await request<ThreadView>("POST", "/api/direct", { body: { user_ids: [userId] } });
    if (outcome.ok) return router.push(`/direct/${outcome.data.id}`);
    setBusy(false);
    toast.error("The conversation could not be opened", { description: outcome.fields?.user_ids ?? outcome.message });
  }
  return <Button full loading={busy} onClick={() => void open()}>Message</Button>;
}
