// What one sets about a conversation for oneself or for all. Shown at once, put back when it is refused.
import { request } from "@/components/interactions/request";
import { toast } from "@/components/ui/toast";
import type { ThreadView, Vanishing } from "@/lib/messages/types";
import { removeFromInbox, showInInbox } from "./inbox-changes";

export type ThreadPatch = Partial<{ name: string | null; media_id: string | null; is_muted: boolean; is_pinned: boolean; vanishing: Vanishing }>;

export const patchThread = (id: string, change: ThreadPatch) => request<ThreadView>("PATCH", `/api/direct/${id}`, { body: change });

/** Pins or mutes. Answers the conversation as it is now, or null when that was refused. */
export async function setThreadFlags(thread: ThreadView, change: Pick<ThreadPatch, "is_muted" | "is_pinned">): Promise<ThreadView | null> {
  showInInbox({ ...thread, ...change });
  const outcome = await patchThread(thread.id, change);
  showInInbox(outcome.ok ? outcome.data : thread);
  if (outcome.ok) return outcome.data;
  toast.error("That was not changed", { description: outcome.message });
  return null;
}

/** Takes a conversation from one's list, with what was said so far. False when that was refused, or not meant. */
export async function removeThread({ id }: ThreadView): Promise<boolean> {
  const outcome = await request("DELETE", `/api/direct/${id}`);
  if (!outcome.ok) {
    toast.error("The conversation is still there", { description: outcome.message });
    return false;
  }
  removeFromInbox(null, id);
  toast.success("Conversation deleted", { description: "For you. The others keep theirs." });
  return true;
}
