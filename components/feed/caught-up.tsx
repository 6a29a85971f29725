import { CheckIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";

/** The end of the feed, which is a good place to be. */
export function CaughtUp() {
  return (
    <div className="flex flex-col items-center gap-3 border-t px-6 pt-10 pb-6 text-center">
      <span aria-hidden="true" className="flex size-12 items-center justify-center rounded-full bg-accent-soft text-accent">
        <CheckIcon />
      </span>
      <p className="text-lg font-semibold">You’re all caught up</p>
      <p className="text-ui text-muted">That was everything from the people you follow.</p>
      <LinkButton href="/explore" size="sm" prefetch={false} className="mt-1">Explore more photos</LinkButton>
    </div>
  );
}
