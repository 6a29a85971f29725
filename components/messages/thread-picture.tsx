import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { UsersIcon } from "@/components/ui/icons";
import type { ThreadView } from "@/lib/messages/types";

type Props = { thread: Pick<ThreadView, "kind" | "people" | "picture_url" | "presence">; size?: "sm" | "md" | "xl"; className?: string };

const sides = { sm: "size-8", md: "size-12", xl: "size-24" } as const;

/** The face of a conversation: the other's, a group's picture, or two of its people. */
export function ThreadPicture({ thread: { kind, people, picture_url: picture, presence }, size = "md", className }: Props) {
  const [first, second] = people;
  return (
    <span className={cn("relative inline-flex shrink-0", sides[size], className)}>
      {picture ? (
        <img src={picture} alt="" className="size-full rounded-full bg-sunken object-cover" />
      ) : kind === "pair" || (first && !second) ? (
        <Avatar src={first?.avatar_url} name={first ? first.full_name || first.username : "?"} size={size} className="size-full!" />
      ) : first && second ? (
        <>
          <Avatar src={second.avatar_url} name={second.full_name || second.username} className="absolute! top-0 right-0 size-[70%]!" />
          <Avatar src={first.avatar_url} name={first.full_name || first.username} className="absolute! bottom-0 left-0 size-[70%]! ring-2 ring-paper" />
        </>
      ) : <span className="flex size-full items-center justify-center rounded-full bg-sunken text-muted"><UsersIcon className="size-1/2" /></span>}
      {presence?.is_active ? <span className="absolute right-0 bottom-0 size-3 rounded-full bg-success ring-2 ring-paper"><span className="sr-only">Active now</span></span> : null}
    </span>
  );
}
