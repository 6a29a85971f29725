"use client";
// Says when newer posts are there, without moving what is being looked at.
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { request } from "@/components/interactions/request";
import { ArrowUpIcon } from "@/components/ui/icons";


type Props = { /** The newest post in sight; "0" when there is none. */ since: string; /** Pause between questions, ms. */ every?: number };

export function NewPosts({ since, every = 30_000 }: Props) {
  const [seen, setSeen] = useState({ since, count: 0 });
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const count = seen.since === since ? seen.count : 0;

  useEffect(() => {
    async function ask() {
      if (document.hidden || !navigator.onLine) return;
      const outcome = await request<{ count: number }>("GET", `/api/feed/new?since=${since}`);
      if (outcome.ok) setSeen({ since, count: outcome.data.count });
    }
    const timer = setInterval(ask, every);
    window.addEventListener("focus", ask);
    return () => {
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
      {count > 0 ? (
        <button
          type="button"
          onClick={show}
          disabled={pending}
          className="pointer-events-auto flex h-11 animate-rise items-center gap-2 rounded-full bg-accent px-5 text-sm font-semibold text-on-accent shadow-pop hover:bg-accent-strong"
        >
          <ArrowUpIcon className="size-4" />
          {count > 20 || since === "0" ? "New posts" : `${count} new ${count === 1 ? "post" : "posts"}`}
        </button>
      ) : null}
    </div>
  );
}
