"use client";
// The frame of a card or tile. It vanishes from every list at once when its post is deleted or its author blocked on this page.
import type { CSSProperties, ReactNode } from "react";
import { useChange } from "@/components/interactions/changes";

type Props = { as?: "article" | "li"; postId: string; authorId: string; label?: string; className?: string; style?: CSSProperties; children: ReactNode };

export function PostShell({ as: Frame = "article", postId, authorId, label, className, style, children }: Props) {
  const deleted = useChange(`gone:post:${postId}`, false, 0);
  const blocked = useChange(`gone:author:${authorId}`, false, 0);
  if (deleted || blocked) return null;
  return <Frame aria-label={label} data-item={postId} className={className} style={style}>{children}</Frame>;
}
