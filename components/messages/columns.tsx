"use client";
import { useSelectedLayoutSegment } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** The list and what was chosen from it: side by side where there is room, else one of them. */
export function Columns({ list, children }: { list: ReactNode; children: ReactNode }) {
  const isList = useSelectedLayoutSegment() === null;
  return (
    <div className="flex md:h-dvh">
      <aside aria-label="Conversations" className={cn("min-h-0 w-full flex-col lg:flex lg:w-88 lg:shrink-0 lg:border-r", isList ? "flex" : "hidden")}>{list}</aside>
      <div className={cn("min-w-0 flex-1 lg:flex", isList ? "hidden" : "flex")}>{children}</div>
    </div>
  );
}
