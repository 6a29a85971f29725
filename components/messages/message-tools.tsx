"use client";
import { useRef, useState } from "react";
import { later } from "@/components/interactions/later";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { SmilePlusIcon } from "@/components/ui/icons";
import { MenuButton } from "@/components/ui/menu-button";
import type { MessageView } from "@/lib/messages/types";
import { ReplyIcon } from "./message-icons";
import { menuOf } from "./message-menu";
import type { RowActs } from "./message-row";

const ReactionPicker = later(() => import("@/components/interactions/reaction-picker").then((m) => m.ReactionPicker));

const small = "size-9! [&>svg]:size-5!";

/** Over a message where one points at it or walks to it: react, reply, and the rest. */
export function MessageTools({ message, acts }: { message: MessageView; acts: RowActs }) {
  const box = useRef<HTMLDivElement>(null);
  const [picking, setPicking] = useState(false);
  const mine = message.reactions.filter((reaction) => reaction.mine).map(({ emoji }) => emoji);
  return (
    <div
      ref={box}
      className={cn(
        "pointer-events-none absolute -top-7 z-2 flex rounded-full border bg-surface opacity-0 shadow-pop pointer-coarse:hidden",
        "group-hover/row:pointer-events-auto group-hover/row:opacity-100 group-focus-visible/row:opacity-100 has-focus-visible:pointer-events-auto has-focus-visible:opacity-100 has-[[aria-expanded=true]]:opacity-100", picking && "pointer-events-auto! opacity-100!", message.is_mine ? "right-0" : "left-0",
      )}
    >
      {acts.mayWrite ? (
        <>
          <IconButton label="React" tone="muted" className={small} onClick={() => setPicking(true)}><SmilePlusIcon /></IconButton>
          <IconButton label="Reply" tone="muted" className={small} onClick={() => acts.reply(message)}><ReplyIcon /></IconButton>
        </>
      ) : null}
      <MenuButton label="Message options" tone="muted" className={small} items={menuOf(message, acts)} />
      {picking ? <ReactionPicker gaveUp={() => setPicking(false)} anchor={box} mine={mine} onChoose={(emoji) => acts.react(message, emoji, !mine.includes(emoji))} onClose={() => setPicking(false)} /> : null}
    </div>
  );
}
