"use client";
// Brings what is new into the open list: at once near its top, else after a press, without moving what is being looked at.
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { onLive } from "@/components/live/events";
import { ArrowUpIcon } from "@/components/ui/icons";

/** Pixels scrolled down within which the list's top still counts as in sight. */
const NEAR_TOP = 200;

/** `newest`: the first line that is shown; another one means that the list was drawn anew. */
export function LiveNotifications({ newest }: { newest: string | null }) {
  const [waitsAbove, setWaitsAbove] = useState<string | null | undefined>();
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const hasNew = waitsAbove !== undefined && waitsAbove === newest;

  useEffect(() => {
    const draw = () => startTransition(() => router.refresh());
    function hear({ unread_count: unread }: { unread_count: number }) {
      // Read: here, where the lines stay marked until one comes back, or in another tab.
      if (unread === 0) return document.hidden ? draw() : undefined;
      if (window.scrollY < NEAR_TOP) draw();
      else setWaitsAbove(newest);
    }
    const stops = [onLive("notification", hear), onLive("reload", () => window.scrollY < NEAR_TOP && draw())];
    return () => stops.forEach((stop) => stop());
  }, [newest, router]);

  function show() {
    window.scrollTo({ top: 0, behavior: "instant" });
    setWaitsAbove(undefined);
    startTransition(() => router.refresh());
  }

  return (
    <div role="status" className="pointer-events-none sticky top-[calc(var(--bar)+0.75rem+env(safe-area-inset-top,0px))] z-20 flex h-0 justify-center md:top-4">
      {hasNew ? (
        <button
          type="button"
          onClick={show}
          disabled={pending}
          className="pointer-events-auto flex h-11 animate-rise items-center gap-2 rounded-full bg-accent px-5 text-sm font-semibold text-on-accent shadow-pop hover:bg-accent-strong"
        >
          <ArrowUpIcon className="size-4" />
          New notifications
        </button>
      ) : null}
    </div>
  );
}
