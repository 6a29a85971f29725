"use client";
// Which of the two orders, and for the ranked one how. Each order has its address; choosing one is remembered for all devices.
import Link from "next/link";
import { useState } from "react";
import { later } from "@/components/interactions/later";
import { request } from "@/components/interactions/request";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { SlidersIcon } from "@/components/ui/icons";
import { choiceClass, chosenClass, trackClass } from "@/components/ui/segmented";
import type { FeedChoice, PreferencesView } from "@/lib/feed/types";

const FeedSettings = later(() => import("./feed-settings").then((m) => m.FeedSettings));

const ORDERS = [
  { order: "following", href: "/?feed=following", text: "Following" }, { order: "for_you", href: "/?feed=for-you", text: "For you" },
  { order: "favourites", href: "/?feed=favourites", text: "Favourites" },
] as const;

export function FeedHeader({ order, preferences }: { order: FeedChoice; preferences: PreferencesView }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="flex min-h-15 items-center justify-between px-4 md:mb-2 md:px-0">
      <nav aria-label="Which posts" className={trackClass}>
        {ORDERS.map((one) => (
          <Link
            key={one.order}
            href={one.href}
            prefetch={false}
            aria-current={one.order === order ? "page" : undefined}
            onClick={() => one.order === "favourites" || void request("PATCH", "/api/feed/preferences", { body: { order: one.order } })}
            className={cn(choiceClass, "px-4", one.order === order && chosenClass)}
          >
            {one.text}
          </Link>
        ))}
      </nav>
      {order === "for_you" ? <IconButton label="Feed settings" tone="muted" onClick={() => setOpen(true)} className="-mr-2.5"><SlidersIcon /></IconButton> : null}
      {isOpen ? <FeedSettings gaveUp={close} preferences={preferences} onClose={close} /> : null}
    </div>
  );
}
