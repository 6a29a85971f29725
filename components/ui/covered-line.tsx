import type { ReactNode } from "react";
import { cn } from "./cn";
import { EyeOffIcon } from "./icons";

type Props = { label: string; text: ReactNode; /** What one can do about it: `CoveredAct`s. */ children: ReactNode; className?: string };

/** Stands where something is that one is asked about before one sees it. */
export function CoveredLine({ label, text, children, className }: Props) {
  return (
    <div role="group" aria-label={label} className={cn("flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-sunken px-3 py-2 text-sm text-muted", className)}>
      {/* One act has room beside it, however long the text. */}
      <span className="flex max-w-[calc(100%-3.5rem)] items-center gap-2"><EyeOffIcon className="size-4 shrink-0" />{text}</span>
      <span className="flex gap-4">{children}</span>
    </div>
  );
}

export function CoveredAct({ onAct, children }: { onAct: () => void; children: ReactNode }) {
  return <button type="button" className="relative rounded-sm font-semibold text-ink before:absolute before:-inset-x-1.5 before:-inset-y-3 hover:underline" onClick={onAct}>{children}</button>;
}
