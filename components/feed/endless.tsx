"use client";
// A list whose next parts come rendered from the server as one nears its end. The button does the same for keyboards, and
// after a failure. Going back in the history finds the list as long, and at the same place, as it was left.
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/platform/http/action";
import { Spinner } from "@/components/ui/spinner";
import { useAsBeneath } from "@/components/posts/beneath";
import { keepList, type Part, recallList, restoreAnchor } from "./kept-lists";

type Props<A> = {
  /** Tells this list from others in the memory. */
  name: string;
  /** Cursor of the next part; null when the first is all there is. */
  next: string | null;
  /** Server action that renders the part at the cursor. */
  more: (input: A & { cursor: string }) => Promise<ActionResult<Part>>;
  args: A;
  as?: "ul" | "div";
  className?: string;
  /** Marks the list as that of search results, among which arrow keys walk. */
  results?: boolean;
  /** Below the last part. */
  end?: ReactNode;
  /** The first part. */
  children?: ReactNode;
};

export function Endless<A extends object>({ name, next, more, args, as: List = "ul", className, results, end, children }: Props<A>) {
  const key = `${name}:${next}`;
  useAsBeneath();
  const [parts, setParts] = useState<Part[]>(() => recallList(key)?.parts ?? []);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const [begun, setBegun] = useState(key);
  const list = useRef<HTMLElement>(null);
  // Another first part (a refresh brought newer rows): what was appended belongs to the old one.
  if (begun !== key) {
    setBegun(key);
    setParts([]);
    setState("idle");
  }
  const cursor = parts.length > 0 ? parts.at(-1)!.next : next;

  async function load() {
    if (cursor === null || state === "busy") return;
    setState("busy");
    const result = await more({ ...args, cursor }).catch(() => null);
    if (!result?.ok) return setState("failed");
    setParts((before) => [...before, result.data]);
    setState("idle");
  }

  useLayoutEffect(() => {
    restoreAnchor(key, list.current);
  }, [key]);
  useLayoutEffect(() => {
    const box = list.current;
    return () => keepList(key, parts, box);
  }, [key, parts]);

  const tail = useTail(cursor !== null && state === "idle", load);
  return (
    <>
      <List ref={list as never} data-results={results || undefined} className={className}>
        {children}
        {parts.map((part, i) => <Fragment key={i}>{part.nodes}</Fragment>)}
      </List>
      {cursor === null ? end : (
        <div ref={tail} className="flex min-h-28 flex-col items-center justify-center gap-3 py-6">
          {state === "failed" ? <p role="alert" className="text-sm text-muted">The next part could not be loaded.</p> : null}
          {state === "busy" ? <Spinner label="Loading more" className="text-2xl text-muted" /> : <Button size="sm" onClick={load}>{state === "failed" ? "Try again" : "Load more"}</Button>}
        </div>
      )}
    </>
  );
}

/** Calls `reached` when the end of the list comes within two screens. */
function useTail(active: boolean, reached: () => void) {
  const tail = useRef<HTMLDivElement>(null);
  const call = useRef(reached);
  useEffect(() => {
    call.current = reached;
  });
  useEffect(() => {
    if (!active || !tail.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && call.current(), { rootMargin: "1600px" });
    watch.observe(tail.current);
    return () => watch.disconnect();
  }, [active]);
  return tail;
}
