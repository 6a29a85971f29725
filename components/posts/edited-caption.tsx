"use client";
import type { ReactNode } from "react";
import { useChange } from "@/components/interactions/changes";
import { later } from "@/components/interactions/later";

const RichText = later(() => import("./rich-text").then((m) => m.RichText));

/** Shows the server's caption until its author edits it on this page; only then the text's code is loaded. */
export function EditedCaption({ postId, text, at, className, children }: { postId: string; text: string; at: number; className: string; children: ReactNode }) {
  const current = useChange(`caption:${postId}`, text, at);
  if (current === text) return children;
  return current === "" ? null : <div dir="auto" className={className}><RichText text={current} meanwhile={current} /></div>;
}
