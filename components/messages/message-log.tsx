"use client";
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { iconButtonClass } from "@/components/ui/icon-button";
import { ChevronDownIcon } from "@/components/ui/icons";
import { Spinner } from "@/components/ui/spinner";
import { cn } from "@/components/ui/cn";
import { compareIds } from "@/lib/platform/compare-ids";
import { place } from "./log";
import { MessageRow, type RowActs } from "./message-row";
import type { ShownMessage } from "./outgoing";
import { SeenLine } from "./seen-line";
import type { ThreadState, ThreadStore } from "./thread-store";
import { TypingLine } from "./typing-line";
import { useAnchor } from "./use-anchor";

/** Until screen readers have passed over what was drawn, ms. */
const SETTLE_MS = 500;

/** What others may ask of the log. */
export type LogHandle = { toEnd: () => Promise<void>; toMessage: (id: string) => Promise<boolean> };

type Props = {
  handle: Ref<LogHandle>;
  store: ThreadStore;
  state: ThreadState;
  shown: ShownMessage[];
  acts: RowActs;
  selfId: string;
  title: string;
  /** A message that the address names. */
  targetId: string | null;
  /** Whether seeing counts as reading: not while a request is undecided. */
  reads: boolean;
  className?: string;
};

export function MessageLog({ handle, store, state, shown, acts, selfId, title, targetId, reads, className }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const { atEnd, toEnd, toRow } = useAnchor(box, list, state.newer === null);
  // What was unread when one came stays divided until one leaves.
  const [dividedAt] = useState(() => (state.thread.unread_count > 0 ? state.thread.read_id : null));
  const [marked, setMarked] = useState<string | null>(targetId);
  const placed = useMemo(() => place(shown, dividedAt), [shown, dividedAt]);
  const lastOwn = shown.findLast(({ is_mine, isPending, event, is_unsent }) => is_mine && !isPending && !event && !is_unsent)?.id;
  const unseen = state.messages.filter(({ id, is_mine }) => !is_mine && compareIds(id, state.thread.read_id) > 0).length;

  const isCalm = useCalm(`${state.messages[0]?.id} ${state.newer}`, state.loading !== null);

  const rowOf = (id: string) => list.current?.querySelector(`[data-message="${id}"]`) ?? null;

  useLayoutEffect(() => {
    const row = targetId ? rowOf(targetId) : list.current?.querySelector("[data-divider]");
    if (row) toRow(row);
    // Once, when it appears.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useImperativeHandle(handle, () => ({
    toEnd: async () => {
      if (store.state.newer !== null) await store.show(null);
      toEnd();
    },
    toMessage: async (id) => {
      if (!rowOf(id) && !(await store.show(id))) return false;
      // Once it is drawn.
      await new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())));
      const row = rowOf(id);
      if (!row) return false;
      toRow(row);
      setMarked(id);
      return true;
    },
  }));

  useReading({ box, list, store, reads, of: shown });
  const top = useNear(box, state.older !== null && state.loading === null && state.problem?.of !== "older", () => void store.loadOlder());
  const bottom = useNear(box, state.newer !== null && state.loading === null && state.problem?.of !== "newer", () => void store.loadNewer());

  return (
    <div className={cn("relative min-h-0 flex-1", className)}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys walk from message to message */}
      <div
        ref={box}
        role="log"
        aria-label={`Messages with ${title}`}
        aria-live={isCalm ? "polite" : "off"}
        aria-relevant="additions"
        tabIndex={0}
        onKeyDown={(event) => walk(event, list.current!)}
        className="flex h-full flex-col-reverse overflow-x-hidden overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div className="shrink-0">
          <div ref={top} className="flex min-h-3 flex-col items-center justify-center gap-2 px-4 py-1 text-sm text-muted">
            {state.loading === "older" ? <Spinner label="Loading older messages" className="my-3 text-xl" /> : null}
            {state.problem?.of === "older" ? <Trouble message={state.problem.message} again={() => void store.loadOlder()} /> : null}
          </div>
          <ul ref={list} className="flex flex-col px-3 pb-1 md:px-5">
            {placed.map((item) => (
              <MessageRow
                key={item.message.client_id ?? item.message.id}
                {...item}
                kind={state.thread.kind}
                acts={acts}
                selfId={selfId}
                isMarked={item.message.id === marked}
                below={item.message.id === lastOwn ? <SeenLine message={item.message} seen={state.seen} kind={state.thread.kind} others={state.thread.member_count - 1} /> : null}
              />
            ))}
          </ul>
          <TypingLine names={state.typing} />
          <div ref={bottom} className="flex min-h-2 flex-col items-center gap-2 px-4 text-sm text-muted">
            {state.loading === "newer" ? <Spinner label="Loading newer messages" className="my-3 text-xl" /> : null}
            {state.problem?.of === "newer" ? <Trouble message={state.problem.message} again={() => void store.loadNewer()} /> : null}
          </div>
        </div>
      </div>
      {atEnd && state.newer === null ? null : (
        <button type="button" aria-label={unseen > 0 ? `To the newest message, ${unseen} new` : "To the newest message"} title="To the newest message" onClick={() => void (state.newer === null ? toEnd() : store.show(null).then(toEnd))} className={cn(iconButtonClass(), "absolute right-4 bottom-3 border bg-surface shadow-pop")}>
          <ChevronDownIcon />
          {unseen > 0 ? <span aria-hidden="true" className="tabular absolute -top-1.5 -right-1 min-w-5 rounded-full bg-accent px-1.5 text-xs leading-5 font-bold text-on-accent">{unseen > 99 ? "99+" : unseen}</span> : null}
        </button>
      )}
    </div>
  );
}

/** Pages that are loaded above or below, and another part that is gone to, are not read out: only what comes at the end while one is there. */
function useCalm(part: string, isLoading: boolean): boolean {
  const [settled, setSettled] = useState(part);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(part), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [part]);
  return settled === part && !isLoading;
}

function Trouble({ message, again }: { message: string; again: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 py-2 text-center">
      <p>{message}</p>
      <Button size="sm" onClick={again}>Try again</Button>
    </div>
  );
}

/** Calls `reached` when the element comes within a screen of what is seen. */
function useNear(box: React.RefObject<HTMLElement | null>, active: boolean, reached: () => void) {
  const mark = useRef<HTMLDivElement>(null);
  const call = useRef(reached);
  useEffect(() => void (call.current = reached));
  useEffect(() => {
    if (!active || !mark.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && call.current(), { root: box.current, rootMargin: "600px 0px" });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [active, box]);
  return mark;
}

type Reading = { box: React.RefObject<HTMLElement | null>; list: React.RefObject<HTMLElement | null>; store: ThreadStore; reads: boolean; of: unknown };

/** Tells the server how far one has read: to the last message whose beginning is in sight, in a tab that is looked at. */
function useReading({ box, list, store, reads, of }: Reading): void {
  useEffect(() => {
    if (!reads) return;
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (document.hidden) return;
        const edge = box.current!.getBoundingClientRect().bottom;
        const row = [...list.current!.querySelectorAll<HTMLElement>("[data-message]")].findLast((one) => !one.dataset.message!.startsWith("out-") && one.getBoundingClientRect().top < edge - 8);
        if (row) void store.read(row.dataset.message!);
      });
    };
    look();
    const outer = box.current!;
    outer.addEventListener("scroll", look, { passive: true });
    document.addEventListener("visibilitychange", look);
    return () => {
      cancelAnimationFrame(frame);
      outer.removeEventListener("scroll", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [box, list, store, reads, of]);
}

/** Arrow keys walk from message to message; what can be done with one is reached by Tab from there. */
function walk(event: KeyboardEvent<HTMLElement>, list: HTMLElement): void {
  if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.altKey || event.ctrlKey || event.metaKey) return;
  const target = event.target as HTMLElement;
  if (target.closest("input, textarea, [role='slider'], [role='menu'], [popover]")) return;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-message]")];
  const at = rows.indexOf(target.closest<HTMLElement>("[data-message]")!);
  const next = at < 0 ? (event.key === "ArrowUp" ? rows.at(-1) : undefined) : rows[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
