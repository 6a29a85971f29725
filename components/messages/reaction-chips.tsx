"use client";
import type { MessageView } from "@/lib/messages/types";
import { cn } from "@/components/ui/cn";
import type { RowActs } from "./message-row";

/** The emoji under a message; a press adds one's own or takes it back. */
export function ReactionChips({ message, acts }: { message: MessageView; acts: RowActs }) {
  return (
    <div className={cn("relative z-1 -mt-1 flex max-w-full flex-wrap gap-1 px-1", message.is_mine && "justify-end")}>
      {message.reactions.map(({ emoji, count, mine, names }) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={mine}
          aria-label={`${emoji} ${count}`}
          title={count > names.length ? `${names.join(", ")} and ${count - names.length} more` : names.join(", ")}
          onClick={() => acts.react(message, emoji, !mine)}
          className="tabular flex min-h-7 items-center gap-1 rounded-full border bg-surface px-2 text-sm hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft"
        >
          <span aria-hidden="true">{emoji}</span>
          {count > 1 ? <span aria-hidden="true" className="text-xs font-semibold">{count}</span> : null}
        </button>
      ))}
    </div>
  );
}
