"use client";
// The frame of a card or tile. It vanishes from every list at once when its post is deleted or its author blocked on this page.
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { useChange } from "@/components/interactions/changes";
import { watchSeen } from "./seen-reports";

type Props = {
  as?: "article" | "li";
  postId: string;
  authorId: string;
  /** When it was rendered (served-at.ts): what is rendered after it went is there again. */
  at: number;
  label?: string;
  className?: string;
  style?: CSSProperties;
  /** Tells the server when it was looked at. */
  reportsSeen?: boolean;
  children: ReactNode;
};

export function PostShell({ as: Frame = "article", postId, authorId, at, label, className, style, reportsSeen = false, children }: Props) {
  const deleted = useChange(`gone:post:${postId}`, false, at);
  const blocked = useChange(`gone:author:${authorId}`, false, at);
  const isGone = deleted || blocked;
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    if (reportsSeen && !isGone && frame.current) return watchSeen(frame.current, postId);
  }, [reportsSeen, isGone, postId]);
  if (isGone) return null;
  return <Frame ref={frame as never} aria-label={label} data-item={postId} className={className} style={style}>{children}</Frame>;
}
