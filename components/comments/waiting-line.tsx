"use client";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Clamp } from "@/components/posts/clamp";
import { PersonName } from "@/components/posts/person-name";
import { RichText } from "@/components/posts/rich-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { EyeOffIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { actsOn, type CommentList } from "./comment-acts";
import type { WaitingComment } from "./use-waiting";

type Props = { comment: WaitingComment; list: CommentList; /** Told when it was deleted. */ onGone: () => void };

/** The post's own page counts its comments; here nothing does. */
const uncounted = () => {};

export function WaitingLine({ comment, list, onGone }: Props) {
  const { id, user, post, state } = comment;
  const acts = actsOn(comment, list, { onCount: uncounted, shortcode: post.shortcode });
  const line = useRef<HTMLLIElement>(null);
  const [busy, setBusy] = useState<"show" | "delete" | null>(null);
  // The keyboard goes on with the next one once this is gone.
  const beside = useRef<HTMLElement | null>(null);
  useEffect(() => () => {
    if (document.activeElement === document.body) beside.current?.focus({ preventScroll: true });
  }, []);

  async function decide(what: "show" | "delete") {
    const { nextElementSibling: after, previousElementSibling: before } = line.current!;
    beside.current = (after ?? before ?? line.current!.closest("section")) as HTMLElement | null;
    setBusy(what);
    await (what === "delete" ? acts.remove() : state === "pending" ? acts.approve() : acts.setHidden(false));
    setBusy(null);
    if (what === "delete") onGone();
  }

  const [show, name] = [state === "pending" ? "Approve" : "Unhide", `comment by ${user.username}`];
  return (
    <li ref={line} tabIndex={-1} className="flex gap-3 px-4 py-4 focus-visible:-outline-offset-2 md:px-0">
      <Link href={`/${user.username}`} prefetch={false} tabIndex={-1} aria-hidden="true" className="mt-0.5 flex self-start rounded-full">
        <Avatar src={user.avatar_url} name={user.full_name || user.username} size="sm" />
      </Link>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 items-baseline gap-1.5 text-sm">
          <Link href={`/${user.username}`} prefetch={false} className="relative min-w-0 rounded-sm font-semibold before:absolute before:-inset-y-1.5 before:inset-x-0 hover:underline"><PersonName user={user} className="max-w-full" /></Link>
          <RelativeTime value={comment.created_at} className="shrink-0 text-muted" />
          {comment.parent_id === null ? null : <span className="shrink-0 text-muted">reply</span>}
          {comment.is_edited ? <span className="shrink-0 text-muted">edited</span> : null}
        </div>
        <Words isCovered={state === "hidden"}>
          <Clamp className="text-ui break-words whitespace-pre-line"><RichText text={comment.content} mentions={comment.mentions} /></Clamp>
        </Words>
        <div className="mt-1.5 flex gap-2">
          <Button size="sm" variant={state === "pending" ? "primary" : "secondary"} aria-label={`${show}: ${name}`} loading={busy === "show"} disabled={busy === "delete"} onClick={() => void decide("show")}>{show}</Button>
          <Button size="sm" aria-label={`Delete: ${name}`} loading={busy === "delete"} disabled={busy === "show"} onClick={() => void decide("delete")}>Delete</Button>
        </div>
      </div>
      <Link href={`/p/${post.shortcode}?comment=${id}`} prefetch={false} scroll={false} className="shrink-0 self-start rounded-sm">
        {post.thumbnail_url ? (
          <img src={post.thumbnail_url} alt={post.alt || "Your post"} width={44} height={44} loading="lazy" decoding="async" className="size-11 rounded-sm bg-sunken object-cover" />
        ) : <span className="flex size-11 items-center justify-center rounded-sm bg-sunken text-muted"><EyeOffIcon className="size-5" /><span className="sr-only">Covered post</span></span>}
      </Link>
    </li>
  );
}

/** Words that one put away are read only when one wants to. */
function Words({ isCovered, children }: { isCovered: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  if (!isCovered || opened) return children;
  return (
    <p className="flex items-center gap-1.5 text-ui text-muted">
      <EyeOffIcon className="size-4 shrink-0" />Hidden comment
      <button type="button" className="relative ml-2 rounded-sm font-semibold text-ink before:absolute before:-inset-x-3 before:-inset-y-2.5 hover:underline" onClick={() => setOpened(true)}>Show</button>
    </p>
  );
}
