"use client";
import { ChevronDownIcon } from "@/components/ui/icons";
import { LazyMenu } from "@/components/ui/lazy-menu";
import type { MenuItem } from "@/components/ui/menu";
import type { Choice } from "./use-comments";

const WORDS: Record<Choice, string> = { relevance: "Most relevant", newest: "Newest first", pending: "Waiting for you", hidden: "Hidden" };

/** In which order comments stand; to the post's author also what waits and what was put away. */
export function CommentChoice({ choice, isOwn, onChoose }: { choice: Choice; isOwn: boolean; onChoose: (choice: Choice) => void }) {
  const item = (one: Choice): MenuItem => ({ label: WORDS[one], checked: one === choice, onSelect: () => onChoose(one) });
  const items: (MenuItem | "line")[] = [item("relevance"), item("newest"), ...(isOwn ? (["line", item("pending"), item("hidden")] as const) : [])];
  return (
    <LazyMenu items={items} align="start" aria-label={`Comments shown: ${WORDS[choice]}`} className="flex min-h-11 items-center gap-1 rounded-sm text-sm font-semibold text-muted hover:text-ink">
      {WORDS[choice]}
      <ChevronDownIcon className="size-4" />
    </LazyMenu>
  );
}
