"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import type { ThreadView } from "@/lib/messages/types";

/** Joins the group of an invite link. */
export function JoinGroup({ token }: { token: string }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  async function join() {
    setBusy(true);
    const outcome = await request<ThreadView>("POST", `/api/direct/invites/${encodeURIComponent(token)}`);
    if (outcome.ok) return router.replace(`/direct/${outcome.data.id}`);
    setBusy(false);
    setError(outcome.message);
  }
  return (
    <>
      <Button variant="primary" size="lg" loading={busy} onClick={() => void join()}>Join group</Button>
      {error ? <p role="alert" className="mt-3 text-sm text-danger">{error}</p> : null}
    </>
  );
}
