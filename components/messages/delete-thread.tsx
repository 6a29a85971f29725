"use client";
import { ConfirmLater } from "@/components/ui/confirm-later";
import type { ThreadView } from "@/lib/messages/types";
import { removeThread } from "./thread-acts";

type Props = { thread: ThreadView; onClose: () => void; onDone: () => void };

/** Asks first: what was said until now does not come back. */
export function DeleteThread({ thread, onClose, onDone }: Props) {
  const remove = async () => {
    if (!(await removeThread(thread))) return false;
    onDone();
  };
  return (
    <ConfirmLater open onOpenChange={onClose} title="Delete this conversation?" confirm="Delete" danger onConfirm={remove}>
      What was said until now is gone for you, for good. {thread.kind === "pair" ? "When one of you writes again, it is back without that. " : ""}Others keep theirs.
    </ConfirmLater>
  );
}
