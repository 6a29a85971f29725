import { CommentButton } from "@/components/interactions/comment-button";
import { LikeButton } from "@/components/interactions/like-button";
import { ReactButton } from "@/components/interactions/react-button";
import { SaveButton } from "@/components/interactions/save-button";
import { ShareButton } from "@/components/interactions/share-button";
import type { Subject } from "@/components/interactions/subject";
import { cn } from "@/components/ui/cn";

export function PostActions({ subject, author, className }: { subject: Subject; author: string; className?: string }) {
  return (
    <div className={cn("-mx-2.5 flex items-center", className)}>
      <LikeButton subject={subject} />
      <ReactButton subject={subject} />
      <CommentButton shortcode={subject.shortcode} />
      <ShareButton subject={subject} author={author} />
      <SaveButton subject={subject} className="ml-auto" />
    </div>
  );
}
