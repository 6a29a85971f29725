"use client";
// Says when newer posts are there, without moving what is being looked at.
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { request } from "@/components/interactions/request";
import { isLive, onLive } from "@/components/live/events";
import { ArrowUpIcon } from "@/components/ui/icons";

/** A new post is told to all who would have it at once; how many there are they ask within this, ms, not all at once. */
const SPREAD = 4_000;

type Props = { /** The newest post in sight; "0" when there is none. */ since: string; /** Pause between questions, ms. */ every?: number };

export function NewPosts({ since, every = 30_000 }: Props) {
  // null: some, it is not known yet how many.
  const [seen, setSeen] = useState<{ since: string; count: number | null }>({ since, count: 0 });
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const count = seen.since === since ? seen.count : 0;

  useEffect(() => {
    let asked = false;
    async function ask() {
      if (document.hidden || !navigator.onLine) return;
      asked = true;
      const outcome = await request<{ count: number }>("GET", `/api/feed/new?since=${since}`);
      if (outcome.ok) setSeen({ since, count: outcome.data.count });
    }
    let counting: ReturnType<typeof setTimeout> | undefined;
    function hear({ newest_id }: { newest_id: string }) {
      if (BigInt(newest_id) <= BigInt(since)) return;
      setSeen((now) => (now.since === since && now.count !== 0 ? now : { since, count: null }));
      clearTimeout(counting);
      counting = setTimeout(askAgain, Math.random() * SPREAD);
    }
    // What is told while nobody looks is asked for when somebody does.
    const askAgain = () => void (asked = false, ask());
    const timer = setInterval(() => !(asked && isLive()) && void ask(), every);
    const stops = [onLive("feed", hear), onLive("reload", askAgain), () => clearTimeout(counting)];
    window.addEventListener("focus", ask);
    return () => {
      stops.forEach((stop) => stop());
      clearInterval(timer);
      window.removeEventListener("focus", ask);
    };
  }, [since, every]);

  function show() {
    window.scrollTo({ top: 0, behavior: "instant" });
    startTransition(() => router.refresh());
  }

  return (
    <div role="status" className="pointer-events-none sticky top-[calc(var(--bar)+0.75rem+env(safe-area-inset-top,0px))] z-20 flex h-0 justify-center md:top-4">
      {count === 0 ? null : (
        <button
          type="button"
          onClick={show}
          disabled={pending}
          className="pointer-events-auto flex h-11 animate-rise items-center gap-2 rounded-full bg-accent px-5 text-sm font-semibold text-on-accent shadow-pop hover:bg-accent-strong"
        >
          <ArrowUpIcon className="size-4" />
          {count === null || count > 20 || since === "0" ? "New posts" : `${count} new ${count === 1 ? "post" : "posts"}`}
        </button>
      )}
    </div>
  );
}
