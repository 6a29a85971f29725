"use client";
import { usePathname, useRouter } from "next/navigation";
import { useRef, useTransition } from "react";
import { controlClass } from "@/components/ui/field";
import { SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";

const PAUSE = 250;

/** Searches within a list of people as one types; without JavaScript on Enter. */
export function PeopleSearch({ q, label }: { q: string; label: string }) {
  const router = useRouter();
  const path = usePathname();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [busy, startTransition] = useTransition();
  function type(text: string) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => startTransition(() => router.replace(text.trim() ? `${path}?q=${encodeURIComponent(text.trim())}` : path, { scroll: false })), PAUSE);
  }
  return (
    <form method="get" action={path} role="search" className="relative mb-4" onSubmit={(event) => event.preventDefault()}>
      <SearchIcon className="pointer-events-none absolute top-3.5 left-3.5 size-5 text-muted" />
      <input type="search" name="q" aria-label={label} placeholder={label} defaultValue={q} maxLength={100} autoComplete="off" className={`${controlClass} pl-11`} onChange={(event) => type(event.target.value)} />
      {busy ? <Spinner className="absolute top-3.5 right-3.5" /> : null}
    </form>
  );
}
