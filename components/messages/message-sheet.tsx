"use client";
import { Dialog } from "@/components/ui/dialog";
import type { MenuItem } from "@/components/ui/menu";
import { cn } from "@/components/ui/cn";
import { QUICK_EMOJI } from "@/lib/interactions/emoji";
import type { MessageView } from "@/lib/messages/types";
import { ReplyIcon } from "./message-icons";
import { menuOf } from "./message-menu";
import type { RowActs } from "./message-row";

type Props = { message: MessageView; acts: RowActs; onClose: () => void };

/** What a finger that rests on a message opens. */
export function MessageSheet({ message, acts, onClose }: Props) {
  const reply: MenuItem[] = acts.mayWrite ? [{ label: "Reply", icon: <ReplyIcon />, onSelect: () => acts.reply(message) }] : [];
  const mine = message.reactions.filter((reaction) => reaction.mine).map(({ emoji }) => emoji);
  return (
    <Dialog open onOpenChange={onClose} title="Message options" hideTitle size="sm">
      {acts.mayWrite ? (
        <div className="-mx-1 mb-3 flex justify-between pr-9">
          {QUICK_EMOJI.slice(0, 6).map((emoji) => (
            <button key={emoji} type="button" aria-label={`React with ${emoji}`} aria-pressed={mine.includes(emoji)} onClick={() => { acts.react(message, emoji, !mine.includes(emoji)); onClose(); }} className="flex size-11 items-center justify-center rounded-full text-2xl active:scale-90 aria-pressed:bg-accent-soft">{emoji}</button>
          ))}
        </div>
      ) : null}
      <ul className="-mx-2">
        {[...reply, ...menuOf(message, acts)].map(({ label, icon, danger, onSelect }) => (
          <li key={label}>
            <button type="button" onClick={() => { onClose(); onSelect?.(); }} className={cn("flex min-h-13 w-full items-center gap-4 rounded-md px-2 text-left text-ui font-medium hover:bg-sunken [&>svg]:size-5", danger && "text-danger")}>
              {icon}
              {label}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
