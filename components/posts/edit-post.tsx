"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CaptionField } from "@/components/composer/caption-field";
import { setChange } from "@/components/interactions/changes";
import { CollaboratorsRow } from "@/components/people/collaborators-row";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { TextField } from "@/components/ui/text-field";
import { toast } from "@/components/ui/toast";
import { TryAgain } from "@/components/ui/try-again";
import { MAX_CAPTION } from "@/lib/media/limits";
import { EditItemPart } from "./edit-item";
import { EditStrip } from "./edit-strip";
import { usePostEdit } from "./use-post-edit";

/** Everything of a post that its author can change later: words, place, and what it holds in which order. */
export function EditPost({ postId, onClose }: { postId: string; onClose: () => void }) {
  const router = useRouter();
  const edit = usePostEdit(postId);
  const [chosen, choose] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { draft, problem } = edit;
  const index = draft ? Math.max(0, draft.items.findIndex((item) => item.id === chosen)) : 0;
  const isSending = draft?.items.some((item) => item.replacement?.state === "sending") ?? false;
  const isTooLong = draft !== null && [...draft.caption].length > MAX_CAPTION;

  async function save() {
    setBusy(true);
    const { end, post, at } = await edit.save();
    setBusy(false);
    if (end === "unchanged") return onClose();
    if (end !== "saved" || !post) return;
    setChange(`caption:${postId}`, post.caption, at);
    toast.success("Changes saved", post.media.some((item) => item.change?.what === "replacement" && item.change.problem === null) ? { description: "The new photo appears as soon as it is ready." } : undefined);
    onClose();
    router.refresh();
  }

  // What was on its way when it closed could neither be told nor kept.
  const close = () => isBusy || onClose();

  return (
    <Dialog
      open
      onOpenChange={close}
      guard={isBusy || isSending || edit.isChanged}
      size="lg"
      full
      title="Edit post"
      footer={
        <>
          <Button variant="ghost" disabled={isBusy} onClick={close}>Cancel</Button>
          <Button variant="primary" loading={isBusy} disabled={!draft || isSending || isTooLong} onClick={() => void save()}>Save</Button>
        </>
      }
    >
      {draft === null ? (problem ? <TryAgain problem={problem.message} onAgain={edit.again} /> : <Spinner centred className="p-12 text-2xl text-muted" />) : (
        <div inert={isBusy} className="flex flex-col gap-6">
          {edit.isOvertaken ? (
            <Notice role="alert" title="Changed in the meantime" action={<Button size="sm" onClick={edit.takeTheirs}>Take that version</Button>}>
              This post was changed elsewhere while you were editing. What you typed is still here; Save puts it in place of the other words.
              {edit.gone.length > 0 ? ` ${edit.gone.map((name) => `@${name}`).join(", ")} ${edit.gone.length === 1 ? "was" : "were"} taken off this post meanwhile and ${edit.gone.length === 1 ? "stays" : "stay"} off.` : null}
            </Notice>
          ) : null}
          {problem ? <Notice role="alert" tone="danger" title="Not saved">{problem.message} What you typed is still here.</Notice> : null}
          <EditStrip items={draft.items} chosen={draft.items[index]!.id} onChoose={choose} onMove={edit.move} />
          <EditItemPart
            key={draft.items[index]!.id}
            items={draft.items}
            index={index}
            onChange={(part) => edit.changeItem(draft.items[index]!.id, part)}
            onMove={(to) => edit.move(index, to)}
            onReplace={(file) => void edit.replace(draft.items[index]!.id, file)}
            onDrop={() => edit.drop(draft.items[index]!.id)}
            onRemove={() => edit.change({ items: draft.items.filter((_, at) => at !== index) })}
          />
          <CaptionField value={draft.caption} onChange={(caption) => edit.change({ caption })} />
          <CollaboratorsRow names={draft.collaborators} onChange={(collaborators) => edit.change({ collaborators })} />
          <TextField label="Place" placeholder="Where was it?" autoComplete="off" dir="auto" maxLength={100} value={draft.place} onChange={(event) => edit.change({ place: event.target.value })} />
        </div>
      )}
    </Dialog>
  );
}
