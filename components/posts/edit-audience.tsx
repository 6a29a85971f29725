"use client";
import { useState } from "react";
import { AudienceField } from "@/components/circles/audience-field";
import type { ChosenAudience, ShownAudience } from "@/components/circles/audience-text";
import { setChange, useChange } from "@/components/interactions/changes";
import { request } from "@/components/interactions/request";
import { useLoaded } from "@/components/interactions/use-loaded";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import type { CircleView } from "@/lib/graph/types";
import type { PostView } from "@/lib/posts/types";
import { audienceKey } from "./audience-mark";

type Props = { postId: string; shown: ShownAudience; isPrivate: boolean; at: number; onClose: () => void };

export function EditAudience({ postId, shown, isPrivate, at, onClose }: Props) {
  const { audience, circles: before } = useChange<ShownAudience>(audienceKey(postId), shown, at);
  const [chosen] = useState<ChosenAudience>({ audience, circleIds: (before ?? []).map(({ id }) => id) });
  const [value, setValue] = useState(chosen);
  // Asked for when the dialog opens: a feed of posts does not carry them.
  const { data, problem, again } = useLoaded<{ circles: CircleView[] }>("/api/circles");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    const refusal = await send(postId, value);
    setBusy(false);
    if (refusal !== null) return setError(refusal);
    toast.success("Who can see it was changed", { action: { label: "Undo", onClick: () => void undo(postId, chosen) } });
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Who can see it"
      description="Whom you leave out loses it at once, and the addresses of its photos stop working."
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button variant="primary" loading={busy} disabled={data === null} onClick={save}>Save</Button>
        </>
      }
    >
      {problem ? <TryAgain problem={problem} onAgain={again} /> : data === null ? <Spinner centred label="Loading your circles" className="p-6 text-2xl text-muted" /> : <AudienceField isPrivate={isPrivate} circles={data.circles} value={value} onChange={setValue} error={error} />}
    </Dialog>
  );
}

/** Returns why it was not changed, or null. */
async function send(postId: string, { audience, circleIds }: ChosenAudience): Promise<string | null> {
  const body = audience === "circles" ? { audience, circle_ids: circleIds } : { audience };
  const outcome = await request<PostView>("PATCH", `/api/posts/${postId}`, { body });
  if (!outcome.ok) return outcome.fields?.circle_ids ?? outcome.message;
  setChange(audienceKey(postId), { audience: outcome.data.audience, circles: outcome.data.circles }, outcome.at);
  return null;
}

async function undo(postId: string, chosen: ChosenAudience) {
  const refusal = await send(postId, chosen);
  if (refusal !== null) toast.error("That was not undone", { description: refusal });
}