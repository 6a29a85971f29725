"use client";
import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/platform/http/action";

type Part = { nodes: ReactNode; next: string | null };
type Props<A> = { /** Cursor of the next part; null when the first is all there is. */ next: string | null; more: (input: A & { cursor: string }) => Promise<ActionResult<Part>>; args: A; label: string; /** The first part. */ children: ReactNode };

/** A list of a page with several, which grows only when asked to. Whoever asked goes on with the first that came. */
export function ShowMore<A extends object>({ next, more, args, label, children }: Props<A>) {
  const [begun, setBegun] = useState(next);
  const [parts, setParts] = useState<Part[]>([]);
  const [isBusy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const firstNew = useRef<number | null>(null);
  // Another first part (a refresh): what was appended belongs to the old one.
  if (begun !== next) {
    setBegun(next);
    setParts([]);
  }
  const cursor = parts.length > 0 ? parts.at(-1)!.next : next;

  async function load() {
    if (cursor === null || isBusy) return;
    setBusy(true);
    const result = await more({ ...args, cursor }).catch(() => null);
    setBusy(false);
    if (!result?.ok) return toast.error("The next part could not be loaded", { description: result?.error.message ?? "Check your connection." });
    firstNew.current = list.current?.children.length ?? 0;
    setParts((before) => [...before, result.data]);
  }

  // Only once they are drawn, which may be several frames later: what the server sent may need parts of the program that are not here yet.
  useEffect(() => {
    if (firstNew.current === null) return;
    list.current?.children[firstNew.current]?.querySelector("a")?.focus({ preventScroll: true });
    firstNew.current = null;
  }, [parts]);

  return (
    <>
      <ul ref={list} aria-label={label}>
        {children}
        {parts.map((part, i) => <Fragment key={i}>{part.nodes}</Fragment>)}
      </ul>
      {cursor === null ? null : <Button size="sm" loading={isBusy} onClick={() => void load()} className="mt-3">Show more</Button>}
    </>
  );
}
