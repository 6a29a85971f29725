"use client";
import { useState } from "react";
import { copyLink } from "@/components/interactions/copy-link";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";

type Invite = { url: string | null };

/** The address by which anybody who has it joins; for admins. */
export function InviteLink({ threadId }: { threadId: string }) {
  const path = `/api/direct/${threadId}/invite`;
  const { data, problem, again, set } = useLoaded<Invite>(path);
  const [busy, setBusy] = useState<"make" | "drop" | null>(null);

  async function change(method: "POST" | "DELETE", done: string) {
    setBusy(method === "POST" ? "make" : "drop");
    const outcome = await request<Invite | undefined>(method, path);
    setBusy(null);
    if (!outcome.ok) return toast.error("That was not changed", { description: outcome.message });
    set(() => ({ url: outcome.data?.url ?? null }));
    toast.success(done);
  }

  const url = data?.url ? new URL(data.url, window.location.origin).href : null;
  return (
    <section aria-labelledby="invite">
      <h2 id="invite" className="text-lg">Invite by link</h2>
      <p className="mt-1 text-sm text-muted">Who has the link can join, until you make a new one or switch it off.</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? null : url ? (
          <>
            <code className="w-full rounded-md bg-sunken px-3 py-2 text-sm break-all">{url}</code>
            <Button size="sm" variant="primary" onClick={() => void copyLink(url)}>Copy link</Button>
            <Button size="sm" loading={busy === "make"} disabled={busy === "drop"} onClick={() => void change("POST", "There is a new link. The old one leads nowhere now.")}>New link</Button>
            <Button size="sm" variant="ghost" loading={busy === "drop"} disabled={busy === "make"} onClick={() => void change("DELETE", "The link leads nowhere now")}>Switch off</Button>
          </>
        ) : <Button size="sm" loading={busy === "make"} onClick={() => void change("POST", "The link is ready")}>Make a link</Button>}
      </div>
    </section>
  );
}
