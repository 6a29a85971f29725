"use client";
import { useState } from "react";
import { RichText } from "@/components/posts/rich-text";
import { cn } from "@/components/ui/cn";
import { CoveredAct, CoveredLine } from "@/components/ui/covered-line";
import type { MessageView } from "@/lib/messages/types";
import { isEmojiOnly } from "./log";
import { MessageMedia } from "./message-media";
import type { RowActs } from "./message-row";
import type { ShownMessage } from "./outgoing";
import { SharedCard } from "./shared-card";
import { VoiceNote } from "./voice-note";
import { handleOf } from "./wording";

type Props = { message: ShownMessage; acts: RowActs; isFirst: boolean; isLast: boolean };

/** What somebody said: pictures, a voice note, a card, words. */
export function MessageBody({ message, acts, isFirst, isLast }: Props) {
  const { is_mine: isMine, out, text, voice, shared } = message;
  const [opened, setOpened] = useState(false);
  if (message.is_unsent) return <p className={cn(shape(isMine, isFirst, isLast), "border border-strong/50 text-muted italic")}>Message unsent</p>;
  if (message.is_covered && !opened) {
    return <CoveredLine label="Covered message" text="A word that you hide" className="rounded-lg"><CoveredAct onAct={() => setOpened(true)}>Show</CoveredAct></CoveredLine>;
  }
  const isBig = text !== null && message.reply_to === null && isEmojiOnly(text);
  const hasAbove = message.media.length > 0 || voice !== null || shared !== null || (out?.files.length ?? 0) > 0 || Boolean(out?.voice);
  return (
    <>
      {message.reply_to ? <Quote of={message.reply_to} isMine={isMine} onShow={acts.showQuoted} /> : null}
      <MessageMedia message={message} out={out} onOpen={(at) => acts.openMedia(message, at)} />
      {voice || out?.voice ? <VoiceNote voice={voice} own={out?.voice ?? null} isMine={isMine} name={handleOf(message.sender)} /> : null}
      {shared ? <SharedCard shared={shared} /> : null}
      {text === null ? null : isBig ? (
        <p dir="auto" className={cn("px-1 text-[2.75rem] leading-tight", hasAbove && "mt-1")}>{text}</p>
      ) : (
        <div dir="auto" className={cn(shape(isMine, isFirst, isLast), tone(isMine), hasAbove && "mt-1")}>
          <RichText text={text} mentions={message.isPending ? undefined : message.mentions} />
        </div>
      )}
      {message.is_edited ? <span className="mt-0.5 px-1 text-xs text-muted">edited</span> : null}
    </>
  );
}

const tone = (isMine: boolean) => (isMine ? "bg-accent text-on-accent [&_a]:text-current! [&_a]:decoration-current! selection:bg-on-accent selection:text-accent" : "bg-sunken text-ink");

/** Rounded, and less where a bubble follows another of the same person. */
function shape(isMine: boolean, isFirst: boolean, isLast: boolean): string {
  const near = isMine ? [!isFirst && "rounded-tr-[0.375rem]", !isLast && "rounded-br-[0.375rem]"] : [!isFirst && "rounded-tl-[0.375rem]", !isLast && "rounded-bl-[0.375rem]"];
  return cn("max-w-full rounded-[1.125rem] px-3.5 py-2 text-ui wrap-anywhere whitespace-pre-line", near);
}

type QuoteProps = { of: NonNullable<MessageView["reply_to"]>; isMine: boolean; onShow: (id: string) => void };

/** What it answers; a press leads there. */
function Quote({ of: { id, sender, excerpt, is_gone: isGone }, isMine, onShow }: QuoteProps) {
  const look = cn("mb-1 flex max-w-full flex-col border-strong px-2.5 py-0.5 text-left text-sm text-muted", isMine ? "items-end border-r-2" : "items-start border-l-2");
  const words = (
    <>
      <span className="text-xs font-semibold"><span className="sr-only">Answers </span><bdi>{handleOf(sender)}</bdi></span>
      <bdi className="line-clamp-2 wrap-anywhere">{isGone ? "A message that is gone" : excerpt}</bdi>
    </>
  );
  return isGone ? <p className={look}>{words}</p> : <button type="button" onClick={() => onShow(id)} className={cn(look, "rounded-sm hover:text-ink")}>{words}</button>;
}
