"use client";
import { useEffect, useId, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { PersonName } from "@/components/posts/person-name";
import { Avatar } from "@/components/ui/avatar";
import { controlClass } from "@/components/ui/field";
import { CheckIcon, CloseIcon, SearchIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { cn } from "@/components/ui/cn";
import type { UserSummary } from "@/lib/profiles/types";

const PAUSE_MS = 200;

type Props = {
  label: string;
  chosen: UserSummary[];
  onChange: (chosen: UserSummary[]) => void;
  /** People who are in it already. */
  without?: readonly string[];
  most: number;
  takesFocus?: boolean;
};

/** Chooses people to whom one may write; whom one knows comes first. */
export function PeopleChooser({ label, chosen, onChange, without = [], most, takesFocus }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState("");
  const [found, setFound] = useState<{ q: string; users: UserSummary[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const outcome = await request<{ users: UserSummary[] }>("GET", `/api/direct/people?${new URLSearchParams({ q })}`);
      if (!isWanted) return;
      setProblem(outcome.ok ? null : outcome.message);
      if (outcome.ok) setFound({ q, users: outcome.data.users });
    }, q === "" ? 0 : PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [q]);

  const isChosen = (user: UserSummary) => chosen.some((one) => one.id === user.id);
  const toggle = (user: UserSummary) => {
    if (isChosen(user)) return onChange(chosen.filter((one) => one.id !== user.id));
    if (chosen.length >= most) return setProblem(`No more than ${most} people can be chosen.`);
    onChange([...chosen, user]);
    setQ("");
    field.current?.focus();
  };
  const offered = found?.users.filter((user) => !without.includes(user.id)) ?? [];
  return (
    <div role="search" aria-label={label} className="flex min-h-0 flex-col">
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">{label}</label>
      <div className="relative">
        <SearchIcon className="pointer-events-none absolute top-3.5 left-3.5 size-5 text-muted" />
        <input ref={field} id={id} type="search" value={q} placeholder="Name or username" maxLength={100} autoComplete="off" autoCapitalize="none" dir="auto" className={`${controlClass} pl-11`} onChange={(event) => setQ(event.target.value.replace(/^@/, ""))} />
        {found?.q !== q && !problem ? <Spinner className="absolute top-3.5 right-3.5 text-muted" /> : null}
      </div>
      {chosen.length > 0 ? (
        <ul aria-label="Chosen" className="mt-2 flex max-h-28 flex-wrap gap-2 overflow-y-auto">
          {chosen.map((user) => (
            <li key={user.id}>
              <button type="button" aria-label={`Remove ${user.username}`} onClick={() => toggle(user)} className="flex min-h-9 max-w-60 items-center gap-2 rounded-full bg-accent-soft pr-2.5 pl-1 text-sm font-semibold text-accent">
                <Avatar src={user.avatar_url} name={user.full_name || user.username} size="xs" />
                <bdi className="truncate">{user.username}</bdi>
                <CloseIcon className="size-4 shrink-0" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <p role="status" className="min-h-6 text-sm text-muted">{problem ?? (found?.q === q && offered.length === 0 ? (q === "" ? "Nobody here yet. Type a name." : "Nobody is called that, or they do not take messages from you.") : "")}</p>
      <ul aria-label="People" className="-mx-2">
        {offered.map((user) => {
          const on = isChosen(user);
          return (
            <li key={user.id}>
              <button type="button" role="checkbox" aria-checked={on} aria-label={user.username} onClick={() => toggle(user)} className="flex min-h-15 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-sunken">
                <Avatar src={user.avatar_url} name={user.full_name || user.username} />
                <span className="min-w-0 flex-1">
                  <PersonName user={user} className="max-w-full text-ui font-semibold" />
                  {user.full_name ? <bdi className="block truncate text-sm text-muted">{user.full_name}</bdi> : null}
                </span>
                <span aria-hidden="true" className={cn("flex size-6 shrink-0 items-center justify-center rounded-full border", on ? "border-accent bg-accent text-on-accent" : "border-strong")}>{on ? <CheckIcon className="size-4" /> : null}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
