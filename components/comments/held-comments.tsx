import { servedAt } from "@/components/interactions/served-at";
import { EmptyState } from "@/components/ui/empty-state";
import { IconLink } from "@/components/ui/icon-button";
import { ArrowLeftIcon, CheckIcon, EyeOffIcon } from "@/components/ui/icons";
import { SegmentedLinks } from "@/components/ui/segmented";
import type { HeldState } from "@/lib/comments/types";
import { listWaiting } from "@/lib/comments/waiting";
import { encodeCursor } from "@/lib/platform/pagination/pagination";
import type { Viewer } from "@/lib/platform/viewer/viewer";
import { WaitingComments } from "./waiting-comments";

const ADDRESS = "/notifications/comments";

const WORDS = {
  pending: {
    label: "Comments that wait", intro: "Comments by people you restrict. Only they and you see them until you approve.",
    empty: <EmptyState icon={<CheckIcon />} title="Nothing waits for you" />,
  },
  hidden: {
    label: "Hidden comments", intro: "Hidden by you, or for a word that you hide. Their writers are not told.",
    empty: <EmptyState icon={<EyeOffIcon />} title="No hidden comments" />,
  },
} as const;

/** Comments on all of one's posts that others do not see: one place to decide on them. */
export async function HeldComments({ viewer, state }: { viewer: Viewer; state: HeldState }) {
  const { items, nextCursor } = await listWaiting(viewer, { limit: 20, cursor: null, state });
  const { label, intro, empty } = WORDS[state];
  return (
    <div className="mx-auto w-full max-w-column pt-3 pb-16 md:px-6 md:pt-8">
      <header className="mb-5 flex min-h-11 items-center gap-1 px-1.5 md:-ml-2.5 md:px-0">
        <IconLink href="/notifications" prefetch={false} label="Back to notifications"><ArrowLeftIcon className="rtl:-scale-x-100" /></IconLink>
        <h1 className="min-w-0 flex-1 text-xl md:text-2xl">Comments to decide on</h1>
      </header>
      <div className="flex flex-col gap-4 px-4 md:px-0">
        <SegmentedLinks label="Which comments" className="self-start" items={[{ href: ADDRESS, text: "Waiting for you", current: state === "pending" }, { href: `${ADDRESS}?state=hidden`, text: "Hidden", current: state === "hidden" }]} />
        <p className="text-ui text-muted">{intro}</p>
      </div>
      <div className="mt-5">
        <WaitingComments key={state} state={state} label={label} comments={items} next={nextCursor && encodeCursor(nextCursor)} at={servedAt()} empty={empty} />
      </div>
    </div>
  );
}
