"use client";
// <FindPerson label="Add people">{(user) => <Button …/>}</FindPerson>   Finds people as one types; what one can do with each is the caller's.
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { controlClass } from "@/components/ui/field";
import { SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import type { UserView } from "@/lib/graph/types";
import { PersonLine } from "./person-line";

const PAUSE_MS = 250;
const MOST = 6;

type Props = { label: string; /** Usernames that are not offered, besides one's own. */ without?: string[]; takesFocus?: boolean; children: (user: UserView) => ReactNode };

export function FindPerson({ label, without = [], takesFocus, children }: Props) {
  const id = useId();
  const [found, setFound] = useState<UserView[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const typed = useRef("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
    return () => clearTimeout(timer.current);
  }, [takesFocus]);

  async function find(q: string) {
    setBusy(true);
    const outcome = await request<{ users?: UserView[] }>("GET", `/api/search?type=users&limit=${MOST + 1}&q=${encodeURIComponent(q)}`);
    // An answer that was overtaken by more letters.
    if (typed.current !== q) return;
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.message);
    if (outcome.ok) setFound((outcome.data.users ?? []).filter((user) => !user.viewer?.is_self).slice(0, MOST));
  }

  function type(text: string) {
    typed.current = text.trim().replace(/^@/, "");
    clearTimeout(timer.current);
    if (typed.current !== "") return void (timer.current = setTimeout(() => void find(typed.current), PAUSE_MS));
    setBusy(false);
    setFound(null);
    setProblem(null);
  }

  const offered = found?.filter(({ username }) => !without.includes(username)) ?? [];
  return (
    <div role="search">
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">{label}</label>
      <div className="relative">
        <SearchIcon className="pointer-events-none absolute top-3.5 left-3.5 size-5 text-muted" />
        <input ref={field} id={id} type="search" placeholder="Name or username" maxLength={100} autoComplete="off" autoCapitalize="none" dir="auto" className={`${controlClass} pl-11`} onChange={(event) => type(event.target.value)} />
        {busy ? <Spinner className="absolute top-3.5 right-3.5" /> : null}
      </div>
      <div role="status" className="text-sm text-muted">
        {problem ? <p className="mt-2">{problem}</p> : found && offered.length === 0 ? <p className="mt-2">{found.length > 0 ? "Nobody else is called that." : "Nobody is called that."}</p> : null}
        {offered.length > 0 ? <span className="sr-only">{offered.length === 1 ? "1 person found" : `${offered.length} people found`}</span> : null}
      </div>
      {offered.length > 0 ? (
        <ul aria-label="People found" className="mt-2 rounded-md border px-3 py-1">
          {offered.map((user) => <PersonLine key={user.id} user={user} note={user.full_name}>{children(user)}</PersonLine>)}
        </ul>
      ) : null}
    </div>
  );
}
