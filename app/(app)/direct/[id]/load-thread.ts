import "server-only";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { isId } from "@/lib/platform/ids";
import { getViewer } from "@/lib/platform/viewer/viewer";
import { getThread } from "@/lib/messages/queries";
import type { ThreadView } from "@/lib/messages/types";

/** The conversation of an address and who reads it, or the page for what is not there or not theirs. */
export const loadThread = cache(async (id: string, rest = "") => {
  const viewer = await getViewer();
  if (!viewer) redirect(`/login?next=${encodeURIComponent(`/direct/${id}${rest}`)}`);
  const thread: ThreadView | null = isId(id) ? await getThread(viewer, id) : null;
  if (!thread) notFound();
  return { viewer, thread };
});
