"use client";
// The emoji under a post. Pressing one joins in or takes it back; the last opens who they are.
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { compactCount } from "@/components/ui/count";
import { UsersIcon } from "@/components/ui/icons";
import { later } from "./later";
import type { Subject } from "./subject";
import { useReactions } from "./use-reactions";
import { askToLogIn } from "./use-setting";

const ReactorsDialog = later(() => import("./reactors-dialog").then((m) => m.ReactorsDialog));

const SHOWN = 8;

export function Reactions({ subject }: { subject: Subject }) {
  const [reactions, setReaction] = useReactions(subject);
  const [open, setOpen] = useState(false);
  if (reactions.length === 0) return null;
  // One's own among the rest are not hidden by a crowd of others.
  const shown = reactions.filter((one, at) => at < SHOWN || one.mine);
  const isTold = reactions.some((one) => one.count !== null);
  return (
    <ul aria-label="Reactions" className="mb-1 flex flex-wrap items-center gap-x-1.5">
      {shown.map(({ emoji, count, mine }) => (
        <li key={emoji}>
          <button
            type="button"
            aria-pressed={mine}
            aria-label={count === null ? emoji : `${emoji} ${count}`}
            onClick={() => (subject.signedIn ? setReaction(emoji, !mine) : askToLogIn(subject))}
            className={cn(
              "tabular flex min-h-11 items-center rounded-full border-y-6 border-transparent bg-clip-padding px-2.5 text-sm font-semibold transition-colors",
              mine ? "bg-accent-soft text-ink inset-ring inset-ring-accent" : "bg-sunken text-muted hover:text-ink",
            )}
          >
            <span aria-hidden="true" className="text-base leading-none">{emoji}</span>
            {count === null ? null : <span className="ml-1.5">{compactCount(count)}</span>}
          </button>
        </li>
      ))}
      {isTold ? (
        <li>
          <button type="button" aria-haspopup="dialog" aria-label="Who reacted" title="Who reacted" onClick={() => setOpen(true)} className="flex size-11 items-center justify-center rounded-full text-muted hover:text-ink">
            {reactions.length > shown.length ? <span className="text-sm font-semibold">{`+${reactions.length - shown.length}`}</span> : <UsersIcon className="size-4.5" />}
          </button>
        </li>
      ) : null}
      {open ? <ReactorsDialog gaveUp={() => setOpen(false)} postId={subject.id} reactions={reactions} onClose={() => setOpen(false)} /> : null}
    </ul>
  );
}
