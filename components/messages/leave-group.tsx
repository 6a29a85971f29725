"use client";
import { request } from "@/components/interactions/request";
import { ConfirmLater } from "@/components/ui/confirm-later";
import { toast } from "@/components/ui/toast";
import type { ThreadView } from "@/lib/messages/types";

type Props = { thread: ThreadView; onClose: () => void; onDone: (thread: ThreadView) => void };

/** Asks first: the way back is somebody else's to give. */
export function LeaveGroup({ thread, onClose, onDone }: Props) {
  async function leave() {
    const outcome = await request<ThreadView>("POST", `/api/direct/${thread.id}/leave`);
    if (!outcome.ok) {
      toast.error("You are still in the group", { description: outcome.message });
      return false;
    }
    toast.success("You left the group");
    onDone(outcome.data);
  }
  return (
    <ConfirmLater open onOpenChange={onClose} title="Leave this group?" confirm="Leave" danger onConfirm={leave}>
      You keep what was written until now, and get nothing new. Somebody in it has to add you again.
    </ConfirmLater>
  );
}
