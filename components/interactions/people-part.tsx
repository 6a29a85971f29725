"use client";
import { type ReactNode, useEffect, useState } from "react";
import { Endless } from "@/components/feed/endless";
import type { Part } from "@/components/feed/kept-lists";
import { Loading, PersonSkeleton } from "@/components/ui/skeleton";
import { TryAgain } from "@/components/ui/try-again";
import type { ActionResult } from "@/lib/platform/http/action";

type Props<A> = { name: string; /** Renders a part of the list; without a cursor the first. */ load: (input: A & { cursor?: string }) => Promise<ActionResult<Part>>; args: A };

/** An endless list of people in a dialog, whose first part is fetched when it opens. Another list needs another `key`. */
export function PeoplePart<A extends object>({ name, load, args }: Props<A>): ReactNode {
  const [first, setFirst] = useState<Part | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    if (first === null) void load(args).then((result) => wanted && setFirst(result.ok ? result.data : "failed"), () => wanted && setFirst("failed"));
    return () => {
      wanted = false;
    };
    // The arguments belong to the key.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [first]);
  if (first === null) return <Loading label="Loading people"><PersonSkeleton /><PersonSkeleton /><PersonSkeleton /></Loading>;
  if (first === "failed") return <TryAgain problem="The list could not be loaded." onAgain={() => setFirst(null)} />;
  return <Endless name={name} next={first.next} more={load} args={args}>{first.nodes}</Endless>;
}
