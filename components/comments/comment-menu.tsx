"use client";
import { EyeIcon, EyeOffIcon, FlagIcon, LinkIcon, MoreIcon, PencilIcon, PinIcon } from "@/components/ui/icons";
import type { MenuItem } from "@/components/ui/menu";
import { LazyMenu } from "@/components/ui/lazy-menu";
import type { Acts } from "./comment-acts";
import type { ShownComment } from "./use-comments";

/** The rest of what can be done with a comment, behind three dots at the end of its line. */
export function CommentMenu({ comment, acts, onEdit, onReport }: { comment: ShownComment; acts: Acts; onEdit: () => void; onReport?: () => void }) {
  const items: MenuItem[] = [{ label: "Copy link", icon: <LinkIcon />, onSelect: () => void acts.link() }];
  if (comment.editable_until !== null) items.unshift({ label: "Edit", icon: <PencilIcon />, onSelect: onEdit });
  if (comment.can_moderate) {
    if (comment.parent_id === null && comment.state === "shown") items.push({ label: comment.is_pinned ? "Unpin" : "Pin", icon: <PinIcon />, onSelect: () => void acts.setPinned(!comment.is_pinned) });
    const isHidden = comment.state === "hidden";
    items.push({ label: isHidden ? "Unhide" : "Hide", icon: isHidden ? <EyeIcon /> : <EyeOffIcon />, onSelect: () => void acts.setHidden(!isHidden) });
  }
  if (onReport) items.push({ label: "Report", icon: <FlagIcon />, onSelect: onReport });
  // Not "More options": that is the post's.
  const label = `Options for the comment by ${comment.user.username}`;
  return (
    <LazyMenu items={items} align="start" aria-label={label} title="Options" className="relative flex size-6 items-center justify-center rounded-full before:absolute before:-inset-2.5 hover:text-ink [&>svg]:size-4.5">
      <MoreIcon />
    </LazyMenu>
  );
}
