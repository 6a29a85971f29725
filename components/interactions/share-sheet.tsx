"use client";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { ChevronRightIcon, CodeIcon, LinkIcon, QrIcon, RepostIcon, SendIcon, ShareIcon } from "@/components/ui/icons";
import { copyLink } from "./copy-link";
import { later } from "./later";
import { RepostForm } from "./repost-form";
import { request } from "./request";
import { EmbedCode, QrCode } from "./share-codes";
import type { Subject } from "./subject";
import { useRepost } from "./use-repost";
import { askToLogIn } from "./use-setting";

const SendTo = later(() => import("@/components/messages/send-to").then((m) => m.SendTo));

type Part = "ways" | "message" | "repost" | "embed" | "qr";
type Props = { subject: Subject; author: string; onClose: () => void };

const TITLES: Record<Part, string> = { ways: "Share", message: "Send in a message", repost: "Repost", embed: "Embed", qr: "QR code" };

export function ShareSheet({ subject, author, onClose }: Props) {
  const [part, setPart] = useState<Part>("ways");
  const [hasWords, setHasWords] = useState(false);
  const [{ on: reposted }, , takeBack] = useRepost(subject);
  const { url } = subject;
  /** Counts the visitor among those who passed it on; nothing is said when that fails, the link is copied all the same. */
  const note = () => void (subject.signedIn && request("POST", `/api/posts/${subject.id}/share`));

  async function copy() {
    if (await copyLink(url)) note();
    onClose();
  }

  async function hand() {
    try {
      await navigator.share({ url, title: `A post by ${author}` });
      note();
      onClose();
    } catch (error) {
      // Closing the other app's sheet is a choice, not a failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) await copy();
    }
  }

  function repost() {
    if (!subject.signedIn) return askToLogIn(subject);
    if (!reposted) return setPart("repost");
    void takeBack();
    onClose();
  }

  const mayRepost = subject.canRepost || reposted || (!subject.signedIn && subject.canEmbed);
  return (
    <Dialog open onOpenChange={onClose} guard={hasWords} title={TITLES[part]} size="sm">
      {part === "ways" ? (
        <ul className="-mx-2">
          <Way icon={<SendIcon />} text="Send in a message" more onPress={() => (subject.signedIn ? setPart("message") : askToLogIn(subject))} />
          {mayRepost ? <Way icon={<RepostIcon />} text={reposted ? "Take back your repost" : "Repost to your followers"} more={!reposted} onPress={repost} /> : null}
          <Way icon={<LinkIcon />} text="Copy link" onPress={() => void copy()} />
          {typeof navigator.share === "function" ? <Way icon={<ShareIcon />} text="Share with another app" onPress={() => void hand()} /> : null}
          <Way icon={<QrIcon />} text="QR code" more onPress={() => setPart("qr")} />
          {subject.canEmbed ? <Way icon={<CodeIcon />} text="Embed on a website" more onPress={() => setPart("embed")} /> : null}
        </ul>
      ) : null}
      {part === "message" ? <SendTo gaveUp={() => setPart("ways")} shared={{ kind: "post", id: subject.id }} onDone={() => { note(); onClose(); }} onBack={() => { setPart("ways"); setHasWords(false); }} onWords={setHasWords} /> : null}
      {part === "repost" ? <RepostForm subject={subject} author={author} onDone={onClose} onBack={() => { setPart("ways"); setHasWords(false); }} onWords={setHasWords} /> : null}
      {part === "embed" ? <EmbedCode postId={subject.id} copied={note} onBack={() => setPart("ways")} /> : null}
      {part === "qr" ? <QrCode postId={subject.id} url={url} name={`heliograph-${subject.shortcode}`} taken={note} onBack={() => setPart("ways")} /> : null}
    </Dialog>
  );
}

function Way({ icon, text, more, onPress }: { icon: ReactNode; text: string; /** Opens another part. */ more?: boolean; onPress: () => void }) {
  return (
    <li>
      <button type="button" onClick={onPress} className="flex min-h-13 w-full items-center gap-4 rounded-md px-2 text-left text-ui font-medium hover:bg-sunken [&>svg]:shrink-0">
        {icon}
        <span className="min-w-0 flex-1">{text}</span>
        {more ? <ChevronRightIcon className="size-5 text-muted" /> : null}
      </button>
    </li>
  );
}
