"use client";
// Three lines of a long text and a button for the rest. The button is there from the start and lies over the third line's end,
// so that nothing moves; it goes when the text turns out to fit.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";

export function Clamp({ className, children }: { className?: string; children: ReactNode }) {
  const text = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"cut" | "whole">("cut");
  useEffect(() => {
    const box = text.current;
    if (box && box.scrollHeight <= box.clientHeight + 1) setState("whole");
  }, []);
  return (
    <div className="relative">
      <div ref={text} dir="auto" className={cn(className, state === "cut" && "line-clamp-3")}>{children}</div>
      {state === "cut" ? (
        <button
          type="button"
          onClick={() => setState("whole")}
          className="absolute right-0 bottom-0 bg-linear-to-r from-transparent to-paper to-[1.75rem] pl-9 font-semibold text-muted before:absolute before:-inset-3 before:left-0 hover:text-ink"
        >
          more
        </button>
      ) : null}
    </div>
  );
}
