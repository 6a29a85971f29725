import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon } from "@/components/ui/icons";
import type { MessageView } from "@/lib/messages/types";
import { contentInWords, handleOf } from "./wording";

/** Above the field: what one answers, or that one changes something. */
export function ContextLine({ reply, isEditing, onLetGo }: { reply: MessageView | null; isEditing: boolean; onLetGo: () => void }) {
  return (
    <div className="flex items-center gap-2 border-b pr-1 pl-4">
      <p className="min-w-0 flex-1 py-1.5 text-sm">
        <span className="block font-semibold">{isEditing ? "Edit message" : reply!.is_mine ? "Reply to yourself" : <>Reply to <bdi>{handleOf(reply!.sender)}</bdi></>}</span>
        {isEditing ? null : <bdi className="block truncate text-muted">{reply!.text ?? contentInWords(reply!)}</bdi>}
      </p>
      <IconButton label={isEditing ? "Cancel edit" : "Cancel reply"} tone="muted" onClick={onLetGo}><CloseIcon /></IconButton>
    </div>
  );
}
