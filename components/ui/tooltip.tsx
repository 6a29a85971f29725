"use client";
// <Tooltip text="Like count is hidden"><button>…</button></Tooltip>   For extra words only: names belong in the control itself
// (IconButton already shows its name). Radix with its positioning weighs about 15 kB: load it with dynamic().
import * as Radix from "@radix-ui/react-tooltip";
import type { ReactElement } from "react";

export function Tooltip({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content sideOffset={6} collisionPadding={8} className="z-50 max-w-64 rounded-sm bg-ink px-2.5 py-1.5 text-sm text-paper animate-fade">
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
