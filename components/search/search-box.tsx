"use client";
// The search field and the results below it. Searches as one types, through the page's own address, so that "back", a reload and a
// copied link give the same results. Works as a plain form before the script is there. Arrow keys walk through the results.
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon, SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { RecentSearches } from "./recent-searches";
import { rememberSearch } from "./remembered";

const PAUSE = 180;

type Props = { q: string; type: string; viewerId: string | null; children: ReactNode };

export function SearchBox({ q, type, viewerId, children }: Props) {
  const [text, setText] = useState(q);
  const [served, setServed] = useState(q);
  const [pending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const router = useRouter();
  const path = usePathname();
  // The address changed otherwise than by typing: "back", or a recent search.
  if (served !== q) {
    setServed(q);
    if (document.activeElement !== field.current) setText(q);
  }

  const address = (value: string) => `${path}?${new URLSearchParams({ ...(value.trim() ? { q: value.trim() } : {}), ...(type === "users" ? {} : { type }) })}`;
  const search = (value: string) => startTransition(() => router.replace(address(value), { scroll: false }));
  useEffect(() => {
    // Where there is a keyboard; on phones it would cover the page unasked.
    if (window.matchMedia("(pointer: fine)").matches && field.current?.value === "") field.current.focus();
    return () => clearTimeout(timer.current);
  }, []);

  function change(value: string, pause = PAUSE) {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(value), pause);
  }

  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...(results.current?.querySelectorAll<HTMLElement>("[data-results] > li") ?? [])].flatMap((row) => row.querySelector<HTMLElement>("a[href]:not([tabindex='-1'])") ?? []);
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape" && at >= 0) field.current?.focus();
    if (!step || links.length === 0 || (at < 0 && document.activeElement !== field.current)) return;
    event.preventDefault();
    (at + step < 0 ? field.current : links[Math.min(at + step, links.length - 1)])?.focus();
  }

  const keep = (event: MouseEvent) => {
    if ((event.target as Element).closest("[data-results] a")) rememberSearch(viewerId, text);
  };

  return (
    <div onKeyDown={walk}>
      <form
        role="search"
        action={path}
        className="px-4 md:px-0"
        onSubmit={(event) => {
          event.preventDefault();
          rememberSearch(viewerId, text);
          change(text, 0);
        }}
      >
        <div className="relative">
          <SearchIcon className="pointer-events-none absolute top-3.5 left-4 size-5 text-muted" />
          <input
            ref={field}
            name="q"
            type="search"
            aria-label="Search"
            placeholder="People, tags and places"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={100}
            dir="auto"
            value={text}
            onChange={(event) => change(event.target.value)}
            className="h-12 w-full rounded-full bg-sunken pr-13 pl-12 text-base text-ink placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
          />
          {type === "users" ? null : <input type="hidden" name="type" value={type} />}
          {pending ? <Spinner className="absolute top-3.5 right-4 text-lg text-muted" /> : text ? (
            <IconButton label="Clear" tone="muted" className="absolute top-0.5 right-1" onClick={() => { change("", 0); field.current?.focus(); }}>
              <CloseIcon />
            </IconButton>
          ) : null}
        </div>
      </form>
      {text.trim() === "" && q === "" ? <RecentSearches viewerId={viewerId} choose={(value) => change(value, 0)} /> : null}
      <div ref={results} onClickCapture={keep} aria-busy={pending} className={cn("transition-opacity", pending && text.trim() !== q && "opacity-60")}>{children}</div>
    </div>
  );
}
