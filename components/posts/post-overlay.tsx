"use client";
// A dialog whose opening and closing are steps in the history: "back" closes it, closing goes back. It fills the screen of phones.
import * as Radix from "@radix-ui/react-dialog";
import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { scrimClass } from "@/components/ui/dialog";
import { iconButtonClass } from "@/components/ui/icon-button";
import { ArrowLeftIcon, CloseIcon } from "@/components/ui/icons";
import { useReturnFocus } from "@/components/ui/return-focus";
import { isBeneath } from "./beneath";

export function PostOverlay({ path, title, children }: { /** Address at which it is open. */ path: string; title: string; children: ReactNode }) {
  const router = useRouter();
  // The slot keeps what it last showed when one goes on to a page that does not fill it.
  const isOpen = usePathname() === path;
  const focus = useReturnFocus(isOpen);
  if (!isOpen) return null;
  return (
    <Radix.Root open onOpenChange={(open) => open || router.back()}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            focus.onOpenAutoFocus();
            // To the dialog itself, unless the address asks for the comment field or names a comment.
            event.preventDefault();
            if (window.location.hash !== "#comment" && !new URLSearchParams(window.location.search).has("comment")) (event.currentTarget as HTMLElement).focus();
          }}
          onClickCapture={(event) => {
            // Next's router does not get from an intercepted address to the page it lies over; that page is one step back.
            const link = (event.target as Element).closest("a");
            if (!link || !isBeneath(link.href) || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            router.back();
          }}
          onCloseAutoFocus={focus.onCloseAutoFocus}
          onEscapeKeyDown={(event) => {
            // The reactions to choose from lie in the browser's own top layer, of which Radix knows nothing.
            const window = document.querySelector<HTMLElement>(":popover-open");
            if (!window) return;
            event.preventDefault();
            window.hidePopover();
          }}
          className={cn(
            "fixed inset-0 z-50 overflow-y-auto overscroll-contain bg-paper focus:outline-none data-[state=open]:animate-fade",
            "md:inset-auto md:top-1/2 md:left-1/2 md:max-h-[92dvh] md:w-[calc(100%-7rem)] md:max-w-[37rem] md:-translate-1/2 md:rounded-lg",
            "lg:w-max lg:max-w-[calc(100%-8rem)] lg:overflow-hidden",
          )}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <div className="pad-safe-t sticky top-0 z-20 flex h-bar items-center border-b bg-paper px-1.5 md:hidden">
            <Radix.Close aria-label="Back" title="Back" className={iconButtonClass()}><ArrowLeftIcon /></Radix.Close>
            <span aria-hidden="true" className="ml-1 text-lg font-semibold">Post</span>
          </div>
          {children}
        </Radix.Content>
        <Radix.Close aria-label="Close" title="Close" className={cn(iconButtonClass("photo"), "fixed! top-3 right-3 z-50 max-md:hidden")}><CloseIcon /></Radix.Close>
      </Radix.Portal>
    </Radix.Root>
  );
}
