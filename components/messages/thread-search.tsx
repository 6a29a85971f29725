"use client";
import { useEffect, useRef, useState } from "react";
import { request } from "@/components/interactions/request";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon } from "@/components/ui/icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { Spinner } from "@/components/ui/spinner";
import type { MessageView } from "@/lib/messages/types";
import { controlClass } from "@/components/ui/field";
import { handleOf } from "./wording";

const PAUSE_MS = 250;

type Props = { threadId: string; onFound: (id: string) => void; onClose: () => void };

/** Finds words in one conversation; a press on one that was found leads there. */
export function ThreadSearch({ threadId, onFound, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [found, setFound] = useState<MessageView[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    field.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);

  async function find(q: string) {
    setBusy(true);
    const outcome = await request<{ messages: MessageView[] }>("GET", `/api/direct/search?${new URLSearchParams({ q, thread_id: threadId, limit: "20" })}`);
    if (typed.current !== q) return;
    setBusy(false);
    setProblem(outcome.ok ? null : outcome.message);
    if (outcome.ok) setFound(outcome.data.messages);
  }

  function type(text: string) {
    typed.current = text.trim();
    clearTimeout(timer.current);
    if (typed.current === "") {
      // No answer is waited for any more.
      setBusy(false);
      setProblem(null);
      return setFound(null);
    }
    timer.current = setTimeout(() => void find(typed.current), PAUSE_MS);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from the field and from what was found
    <div role="search" aria-label="This conversation" className="border-t px-2 py-2" onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <div className="relative flex items-center gap-1">
        <input ref={field} type="search" aria-label="Search in this conversation" placeholder="Search in this conversation" maxLength={100} autoComplete="off" dir="auto" className={controlClass} onChange={(event) => type(event.target.value)} />
        {busy ? <Spinner className="absolute right-16 text-muted" /> : null}
        <IconButton label="Close search" tone="muted" onClick={onClose}><CloseIcon /></IconButton>
      </div>
      <p role="status" className="px-2 text-sm text-muted">{problem ?? (found?.length === 0 ? "Nothing here says that." : "")}</p>
      {found && found.length > 0 ? (
        <ul aria-label="Messages found" className="mt-1 max-h-72 overflow-y-auto overscroll-contain">
          {found.map((message) => (
            <li key={message.id}>
              <button type="button" onClick={() => onFound(message.id)} className="flex min-h-12 w-full flex-col rounded-md px-2 py-1.5 text-left hover:bg-sunken">
                <span className="flex w-full items-baseline gap-2 text-sm"><bdi className="truncate font-semibold">{message.is_mine ? "You" : handleOf(message.sender)}</bdi><RelativeTime value={message.created_at} className="shrink-0 text-muted" /></span>
                <bdi className="line-clamp-2 text-sm wrap-anywhere text-muted">{message.text}</bdi>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
