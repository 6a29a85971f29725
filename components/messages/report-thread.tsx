"use client";
import { request } from "@/components/interactions/request";
import { AskReason } from "@/components/moderation/ask-reason";
import { toast } from "@/components/ui/toast";

type Props = { threadId: string; onClose: () => void };

/** Tells the moderators of a conversation. */
export function ReportThread({ threadId, onClose }: Props) {
  function sent() {
    toast.success("Thank you. The moderators have your report.", { description: "Nobody in the conversation is told." });
    onClose();
  }

  return (
    <AskReason
      title="Report this conversation"
      question="What is wrong? The moderators can then read the latest messages here. Nobody else learns of it."
      send={(reason, note) => request("POST", `/api/direct/${threadId}/report`, { body: { reason, ...(note ? { note } : {}) } })}
      onSent={sent}
      onClose={onClose}
    />
  );
}
