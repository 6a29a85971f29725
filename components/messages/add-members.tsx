"use client";
import { useState } from "react";
import { request } from "@/components/interactions/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { UserSummary } from "@/lib/profiles/types";
import { PeopleChooser } from "./people-chooser";

type Props = { threadId: string; /** How many more there may be. */ room: number; without: string[]; onClose: () => void; onDone: () => void };

export function AddMembers({ threadId, room, without, onClose, onDone }: Props) {
  const [chosen, setChosen] = useState<UserSummary[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function add() {
    setBusy(true);
    const outcome = await request("POST", `/api/direct/${threadId}/members`, { body: { user_ids: chosen.map(({ id }) => id) } });
    setBusy(false);
    if (outcome.ok) onDone();
    else setError(outcome.message);
  }

  return (
    <Dialog open onOpenChange={onClose} title="Add people" full footer={<Button variant="primary" disabled={chosen.length === 0} loading={busy} onClick={() => void add()}>Add</Button>}>
      {error ? <p role="alert" className="mb-3 text-sm text-danger">{error}</p> : null}
      <PeopleChooser label="Who is to join?" chosen={chosen} onChange={(now) => { setChosen(now); setError(null); }} without={without} most={room} takesFocus />
    </Dialog>
  );
}
