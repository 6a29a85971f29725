"use client";
import { audienceText, type ShownAudience } from "@/components/circles/audience-text";
import { useChange } from "@/components/interactions/changes";
import { CirclesIcon, LockIcon, UsersIcon } from "@/components/ui/icons";

type Props = { postId: string; shown: ShownAudience; isOwn: boolean; at: number };

export const audienceKey = (postId: string) => `audience:${postId}`;

/** A small sign of who can see the post; nothing when that is everybody. */
export function AudienceMark({ postId, shown, isOwn, at }: Props) {
  const now = useChange<ShownAudience>(audienceKey(postId), shown, at);
  const text = audienceText(now, isOwn);
  if (text === null) return null;
  const Icon = now.audience === "followers" ? UsersIcon : text === "Only you" ? LockIcon : CirclesIcon;
  return (
    <>
      <span aria-hidden="true">·</span>
      <span className="flex min-w-0 items-center gap-1" title={isOwn ? `Who can see it: ${text}` : `You see it through: ${text}`}>
        <Icon className="size-4 shrink-0" />
        <span className="sr-only">For </span>
        <bdi className="min-w-0 truncate">{text}</bdi>
      </span>
    </>
  );
}
