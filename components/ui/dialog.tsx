"use client";
// A modal dialog: centred on wide screens, a sheet from the bottom on phones ("full" fills the phone's screen).
//   <Dialog open={open} onOpenChange={setOpen} title="Edit profile" description="…" footer={<Button>Save</Button>}>…</Dialog>
// Focus is held, Escape and the scrim close it, focus returns. `hideTitle` keeps the title for assistive technology only.
// Load it only when wanted (Radix weighs about 12 kB):
//   const Dialog = dynamic(() => import("@/components/ui/dialog").then((m) => m.Dialog));   {open ? <Dialog open …/> : null}
import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { iconButtonClass } from "./icon-button";
import { CloseIcon } from "./icons";
import { useReturnFocus } from "./return-focus";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  hideTitle?: boolean;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  size?: "sm" | "md" | "lg" | "xl";
  /** Fills the screen on phones. */
  full?: boolean;
  /** Keeps Escape and the scrim from closing it, while something would be lost. */
  guard?: boolean;
  className?: string;
};

const widths = { sm: "md:max-w-sm", md: "md:max-w-lg", lg: "md:max-w-2xl", xl: "md:max-w-5xl" } as const;

export const scrimClass = "fixed inset-0 z-50 bg-scrim data-[state=open]:animate-fade";

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, hideTitle, description, footer, children, size = "md", full, guard, className } = props;
  const focus = useReturnFocus(open);
  const hold = guard ? (event: Event) => event.preventDefault() : undefined;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          onEscapeKeyDown={hold}
          onInteractOutside={hold}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed z-50 flex flex-col bg-surface shadow-pop focus:outline-none",
            full ? "inset-0 pad-safe-t" : "inset-x-0 bottom-0 max-h-[90dvh] rounded-t-xl max-md:data-[state=open]:animate-sheet",
            "pad-safe-b md:inset-auto md:top-1/2 md:left-1/2 md:max-h-[86dvh] md:w-[calc(100%-3rem)] md:-translate-1/2 md:rounded-lg md:data-[state=open]:animate-fade",
            widths[size],
            className,
          )}
        >
          <header className={cn("flex items-center gap-2 pr-2", hideTitle ? "absolute top-1 right-0 z-10" : "min-h-15 border-b pl-5")}>
            <Radix.Title className={hideTitle ? "sr-only" : "flex-1 truncate text-lg"}>{title}</Radix.Title>
            <Radix.Close aria-label="Close" title="Close" className={iconButtonClass("muted")}>
              <CloseIcon />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-5">
            {description ? <Radix.Description className="mb-4 text-ui text-muted">{description}</Radix.Description> : null}
            {children}
          </div>
          {footer ? <footer className="flex justify-end gap-3 border-t px-5 py-3">{footer}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
