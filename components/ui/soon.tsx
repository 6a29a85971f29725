// <Soon nodes={list()} meanwhile={<ListSkeleton />} />
import { type ReactNode, Suspense } from "react";

/** Nobody takes a page that begins so much later for slow, ms. */
const PATIENCE = 150;

type Props = { nodes: Promise<Awaited<ReactNode>>; meanwhile: ReactNode };

/** What is there soon stands in the page itself, also where no script runs, and nothing flickers; only what takes longer comes after `meanwhile`. */
export async function Soon({ nodes, meanwhile }: Props) {
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(resolve, PATIENCE, "late");
  const first = await Promise.race([nodes.then((node) => ({ node })), late]).finally(() => clearTimeout(timer));
  return first === "late" ? <Suspense fallback={meanwhile}>{nodes}</Suspense> : first.node;
}
