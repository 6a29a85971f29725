import { EyeIcon } from "@/components/ui/icons";
import { LinkButton } from "@/components/ui/link-button";

/** Says that this is not one's own view, and leads back to it. */
export function ViewAsBar({ username, name }: { username: string; name: string }) {
  return (
    <div role="region" aria-label="View as" className="sticky top-(--bar) z-20 mb-6 flex min-h-14 items-center gap-3 bg-accent-soft px-4 py-1.5 text-ink md:top-0 md:rounded-md">
      <EyeIcon className="size-5 shrink-0 text-accent" />
      <p className="min-w-0 flex-1 text-ui">Your profile as <bdi className="font-semibold break-words">{name}</bdi> sees it</p>
      <LinkButton href={`/${username}`} prefetch={false} size="sm" replace>Leave</LinkButton>
    </div>
  );
}
