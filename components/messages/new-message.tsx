"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { IconLink } from "@/components/ui/icon-button";
import { ArrowLeftIcon } from "@/components/ui/icons";
import { TextField } from "@/components/ui/text-field";
import type { ThreadView } from "@/lib/messages/types";
import type { UserSummary } from "@/lib/profiles/types";
import { PeopleChooser } from "./people-chooser";

/** Besides oneself (the server's limit). */
const MOST = 249;
export const MAX_NAME = 60;

/** Begins a conversation: with one person, the one that there is; with several, a group. */
export function NewMessage() {
  const router = useRouter();
  const [chosen, setChosen] = useState<UserSummary[]>([]);
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<{ message: string; name?: string } | null>(null);
  const isGroup = chosen.length > 1;

  async function open() {
    setBusy(true);
    const outcome = await request<ThreadView>("POST", "/api/direct", { body: { user_ids: chosen.map(({ id }) => id), ...(isGroup && name.trim() ? { name: name.trim() } : {}) } });
    if (outcome.ok) return router.replace(`/direct/${outcome.data.id}`);
    setBusy(false);
    setError({ message: outcome.message, name: outcome.fields?.name });
  }

  return (
    <section aria-labelledby="new-message" className="flex min-w-0 flex-1 flex-col md:h-dvh">
      <header className="flex min-h-15 items-center gap-1 border-b px-1.5">
        <IconLink href="/direct" label="Back" className="lg:hidden"><ArrowLeftIcon /></IconLink>
        <h1 id="new-message" className="min-w-0 flex-1 px-2 text-lg">New message</h1>
        <Button variant="primary" size="sm" className="mr-2" disabled={chosen.length === 0} loading={busy} onClick={() => void open()}>{isGroup ? "Begin group" : "Chat"}</Button>
      </header>
      <div className="mx-auto min-h-0 w-full max-w-xl flex-1 overflow-y-auto px-4 py-4">
        {error && !error.name ? <p role="alert" className="mb-3 text-sm text-danger">{error.message}</p> : null}
        {isGroup ? <TextField label="Name of the group" hint="If you like." dir="auto" maxLength={MAX_NAME} value={name} onChange={(event) => setName(event.target.value)} error={error?.name} className="mb-4" /> : null}
        <PeopleChooser label="To" chosen={chosen} onChange={(now) => { setChosen(now); setError(null); }} most={MOST} takesFocus />
      </div>
    </section>
  );
}
