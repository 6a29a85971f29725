import Link from "next/link";
import { ChevronRightIcon, CommentIcon } from "@/components/ui/icons";
import { countWaiting } from "@/lib/comments/waiting";
import type { Viewer } from "@/lib/platform/viewer/viewer";

/** Above the notifications: comments of people one restricts, of which no notification tells. */
export async function WaitingNotice({ viewer }: { viewer: Viewer }) {
  const count = await countWaiting(viewer);
  if (count === 0) return null;
  return (
    <Link href="/notifications/comments" className="mb-4 flex min-h-14 items-center gap-3 border-y px-4 py-2.5 hover:bg-sunken md:-mx-3 md:rounded-md md:border md:px-3">
      <span aria-hidden="true" className="flex size-11 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent"><CommentIcon className="size-5" /></span>
      <span className="min-w-0 flex-1 text-ui font-semibold">{count === 1 ? "1 comment waits" : `${count > 99 ? "99+" : count} comments wait`} for your word</span>
      <ChevronRightIcon className="size-5 shrink-0 text-muted rtl:-scale-x-100" />
    </Link>
  );
}
