"use client";
import Link from "next/link";
import { memo, type ReactNode, useState } from "react";
import { later } from "@/components/interactions/later";
import { useHold } from "@/components/interactions/use-hold";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import type { MessageView, ThreadView } from "@/lib/messages/types";
import type { Placed } from "./log";
import { MessageBody } from "./message-body";
import { MessageTools } from "./message-tools";
import type { ShownMessage } from "./outgoing";
import { PendingLine } from "./pending-line";
import { ReactionChips } from "./reaction-chips";
import { useCoarse } from "./use-coarse";
import { useZone } from "./use-zone";
import { eventInWords, handleOf, isHere, momentInWords } from "./wording";

const MessageSheet = later(() => import("./message-sheet").then((m) => m.MessageSheet));

/** What one can do with a message. */
export type RowActs = {
  react: (message: MessageView, emoji: string, on: boolean) => void;
  reply: (message: MessageView) => void;
  edit: (message: MessageView) => void;
  unsend: (message: MessageView) => void;
  report: () => void;
  showQuoted: (id: string) => void;
  openMedia: (message: MessageView, at: number) => void;
  retry: (clientId: string) => void;
  discard: (clientId: string) => void;
  /** Of a message on its way: how much of its files has arrived, 0..1; whether the device has it. */
  progress: { subscribe: (listener: () => void) => () => void; of: (clientId: string) => number | null; isKept: (clientId: string) => boolean };
  /** The viewer may write here. */
  mayWrite: boolean;
};

type Props = Placed<ShownMessage> & { kind: ThreadView["kind"]; acts: RowActs; selfId: string; isMarked: boolean; /** Stands under the message. */ below: ReactNode };

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, hasTime, hasDivider, selfId } = props;
  const zone = useZone();
  const isTouch = useCoarse();
  // The tools come when the pointer or the keyboard first does, and stay: a menu of theirs may be open.
  const [hasTools, setTools] = useState(false);
  const wake = () => isTouch || setTools(true);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what is wanted is reached from here by the tools
    <li data-message={message.id} tabIndex={-1} onPointerEnter={wake} onFocus={wake} className={cn("group/row flex flex-col rounded-md focus-visible:outline-offset-0", props.isFirst ? "pt-2.5" : "pt-0.5")}>
      {hasDivider ? (
        <p data-divider className="my-2 flex items-center gap-3 text-xs font-semibold text-accent before:h-px before:flex-1 before:bg-accent/40 after:h-px after:flex-1 after:bg-accent/40">New messages</p>
      ) : null}
      {hasTime ? <p className="py-2 text-center text-xs text-muted"><time dateTime={message.created_at} suppressHydrationWarning>{momentInWords(message.created_at, zone)}</time></p> : null}
      {message.event ? <p className="px-8 py-1 text-center text-sm break-words text-muted">{eventInWords(message.event, message.sender, message.is_mine, selfId)}</p> : <Said {...props} isTouch={isTouch} hasTools={hasTools} />}
    </li>
  );
});

/** The message itself with whoever wrote it, what others put under it, and what one can do with it. */
function Said({ message, isFirst, isLast, kind, acts, isMarked, below, isTouch, hasTools }: Props & { isTouch: boolean; hasTools: boolean }) {
  const { is_mine: isMine, sender, isPending, is_unsent: isUnsent } = message;
  const [sheet, setSheet] = useState(false);
  const canAct = !isPending && !isUnsent;
  const hold = useHold(isTouch && canAct ? () => setSheet(true) : undefined);
  const zone = useZone();
  return (
    <div className={cn("flex items-end gap-2", isMine && "flex-row-reverse")}>
      {isMine ? null : !isLast ? <span className="w-8 shrink-0" /> : isHere(sender) ? (
        <Link href={`/${sender.username}`} prefetch={false} tabIndex={-1} aria-hidden="true" className="mb-0.5 flex rounded-full"><Avatar src={sender.avatar_url} name={sender.full_name || sender.username} size="sm" /></Link>
      ) : <Avatar src={null} name="" size="sm" className="mb-0.5" />}
      <div className={cn("relative flex max-w-[min(80%,30rem)] min-w-0 flex-col", isMine ? "items-end" : "items-start")}>
        {kind === "group" && !isMine && isFirst ? <p aria-hidden="true" className="mb-0.5 max-w-full truncate pl-3 text-xs text-muted"><bdi>{handleOf(sender)}</bdi></p> : null}
        <div {...hold} title={momentInWords(message.created_at, zone)} suppressHydrationWarning className={cn("flex max-w-full flex-col rounded-lg pointer-coarse:select-none", isMine ? "items-end" : "items-start", isPending && "opacity-70", isMarked && "outline-2 outline-offset-2 outline-accent")}>
          <span className="sr-only">{`${isMine ? "You" : handleOf(sender)}: `}</span>
          <MessageBody message={message} acts={acts} isFirst={isFirst} isLast={isLast} />
        </div>
        {message.reactions.length > 0 ? <ReactionChips message={message} acts={acts} /> : null}
        {isPending && message.out ? <PendingLine out={message.out} acts={acts} /> : null}
        {hasTools && canAct ? <MessageTools message={message} acts={acts} /> : null}
        {isTouch && canAct ? <button type="button" className="sr-only" aria-haspopup="dialog" onClick={() => setSheet(true)}>Message options</button> : null}
        {below}
      </div>
      {sheet ? <MessageSheet gaveUp={() => setSheet(false)} message={message} acts={acts} onClose={() => setSheet(false)} /> : null}
    </div>
  );
}
