// <PersonName user={post.user} />   A username that keeps its own direction, with the badge of verified people.
import { cn } from "@/components/ui/cn";
import { VerifiedIcon } from "@/components/ui/icons";

type Props = { user: { username: string; is_verified: boolean }; className?: string };

export function PersonName({ user, className }: Props) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1", className)}>
      <bdi className="truncate">{user.username}</bdi>
      {user.is_verified ? (
        <>
          <VerifiedIcon className="size-4 shrink-0 text-accent" />
          <span className="sr-only">Verified</span>
        </>
      ) : null}
    </span>
  );
}
