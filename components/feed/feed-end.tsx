import { LinkButton } from "@/components/ui/link-button";

/** Below the last suggestion. */
export function FeedEnd() {
  return (
    <div className="flex flex-col items-center gap-3 px-6 pt-4 pb-6 text-center">
      <p className="text-ui text-muted">That is all for now.</p>
      <LinkButton href="/explore" size="sm" prefetch={false}>Explore more photos</LinkButton>
    </div>
  );
}
